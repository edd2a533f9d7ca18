"""What a test's code reads: which functions of a submission it may ask is told by its names."""

from __future__ import annotations

import types
from collections.abc import Callable
from typing import Any


def names_in(function: Callable[..., Any]) -> frozenset[str]:
    """The names of attributes that a function reads, those in functions of its file that it uses included.

    Example:

    >>> sorted(names_in(lambda student: student.forward(1)))
    ['forward']
    """
    found: set[str] = set()
    waiting, seen = [function.__code__], {function.__code__}
    around = function.__globals__
    while waiting:
        code = waiting.pop()
        found.update(code.co_names)
        inner = [constant for constant in code.co_consts if isinstance(constant, types.CodeType)]
        used = [around[name] for name in code.co_names if name in around]
        inner += [one.__code__ for one in used if isinstance(one, types.FunctionType) and one.__globals__ is around]
        for one in inner:
            if one not in seen:
                seen.add(one)
                waiting.append(one)
    return frozenset(found)
