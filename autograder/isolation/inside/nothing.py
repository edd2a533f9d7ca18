"""Whether a function that gave None could have given anything else."""

from __future__ import annotations

import dis
import types
from typing import Any

_LONGEST = 100_000  # bytes of code


def has_return(function: Any) -> bool:
    """Whether some `return` of a function gives a value other than None; True where it cannot be told.

    Example:

    >>> has_return(lambda: 1), has_return(lambda: None)
    (True, False)
    """
    if type(function) is not types.FunctionType or len(function.__code__.co_code) > _LONGEST:
        return True
    last: dis.Instruction | None = None
    for one in dis.get_instructions(function.__code__):
        # a `return` without a value, and the end of a function, are the constant None, returned
        if one.opname == "RETURN_CONST" and one.argval is not None:
            return True
        # where it is jumped to, as in `return x if … else None`, another value may have come
        is_none = last is not None and last.opname == "LOAD_CONST" and last.argval is None and not one.is_jump_target
        if one.opname == "RETURN_VALUE" and not is_none:
            return True
        last = one
    return False
