"""What was at hand where an exception came up: the two sides of a product, the names and keys that there are.

All of it is looked up where the exception was raised, and nothing of the submission is called for it: names, entries of
plain dicts and lists, and attributes that stand in an object itself. Shapes of what stands between are worked out.
Whatever cannot be told so is not told.
"""

from __future__ import annotations

import builtins
import difflib
import itertools
import re
import types
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from autograder.isolation.inside.expressions import Scope, expression_at
from autograder.isolation.inside.loading import innermost
from autograder.isolation.inside.operands import nothing_in, operation_in_graph, operation_of

_NAMES, _LONGEST_NAME, _KEYS = 400, 40, 12
# what TensorFlow says of an exception in a function that it was compiling
_FRAME = re.compile(r'^ *File "([^"\n]{1,200})", line (\d{1,7}), in (\S+)[ *]*\n *([^\n]*)\n', re.MULTILINE)
_MESSAGE = re.compile(r"\s*(\w+): ")
# what a function without a name is called there
_NAMELESS = "None"
_UNDEFINED = re.compile(r"name '(\w+)' is not defined")
_LONGEST_TEXT = 20_000
# how much alike two names are, of 1: `sigmoid` and `divmod` are 0.62, `predict` and `dict` 0.73, `prnt` and `print` 0.9
_ALIKE, _ALMOST = 0.6, 0.75
# what modules have, and nobody meant: `tf.gradients` is of no use in a submission, and `np.test` tests NumPy
_NOT_MEANT = {"gradients", "test"}
# what somebody may have meant: no constants, no exceptions
_BUILT_IN = [name for name in vars(builtins) if name.islower() and not name.startswith("_")]


def more_of(
    error: BaseException, sources: set[str], names: Sequence[str], modules: Mapping[str, types.ModuleType]
) -> dict[str, Any]:
    """What is known of an exception besides its message; {} for nothing.

    Args:
        error: The exception.
        sources: Files and cells that code of the submission may come from.
        names: Global names of the submission.
        modules: The modules among them, such as that of `np`.
    """
    try:
        return _in_graph(error, sources, names, modules) or _more_of(error, sources, names, modules)
    except BaseException:
        # what a submission holds may misbehave when it is looked at: then the exception alone is told
        return {}


def _more_of(
    error: BaseException, sources: set[str], names: Sequence[str], modules: Mapping[str, types.ModuleType]
) -> dict[str, Any]:
    trace, is_own = innermost(error, sources)
    if trace is None:
        return {}
    if type(error) is NameError and is_own:
        near = _near_name(error.name, [*trace.tb_frame.f_locals, *names], modules)
        return {"kind": "name", "name": error.name, "near": near}
    expression = expression_at(trace)
    if expression is None:
        return {}
    module = getattr(error, "obj", None) if type(error) is AttributeError else None
    if type(module) is types.ModuleType and isinstance(error, AttributeError):
        text = expression.text_of(expression.node)
        return {"kind": "attribute", "name": text, "near": _near(error.name, vars(module))}
    scope = Scope(trace)
    if isinstance(error, (AttributeError, TypeError)) and "'NoneType' object" in str(error)[:_LONGEST_TEXT]:
        nothing = nothing_in(expression, scope)
        if nothing is not None:
            return {"kind": "nothing", "name": nothing[0], "maker": nothing[1].maker}
    if type(error) is KeyError and is_own:
        found = expression.entry(scope)
        if found is None:
            return {}
        text, mapping, key = found
        keys = [one[:_LONGEST_NAME] for one in itertools.islice(mapping, _KEYS) if type(one) is str]
        return {"kind": "key", "name": text, "key": repr(key)[:_LONGEST_NAME], "keys": keys}
    operation = operation_of(error, expression, scope)
    return operation.record() if operation is not None else {}


def _in_graph(
    error: BaseException, sources: set[str], names: Sequence[str], modules: Mapping[str, types.ModuleType]
) -> dict[str, Any]:
    """Where an exception came up in a function that TensorFlow was compiling, and what it said."""
    text = str(error)[:_LONGEST_TEXT]
    frames = list(_FRAME.finditer(text)) if text.startswith("in user code:") else []
    own = [frame for frame in frames if frame[1] in sources]
    found = _MESSAGE.match(text, frames[-1].end()) if own else None
    if found is None:
        return {}
    code = own[-1][4].strip()[:200]
    function = "" if own[-1][3] == _NAMELESS else own[-1][3]
    place = {"part": own[-1][1], "line": int(own[-1][2]), "function": function, "code": code}
    rest = " ".join(text[found.end() :].split())
    operation, undefined = operation_in_graph(code, rest), _UNDEFINED.match(rest)
    more: dict[str, Any] = {"kind": "graph", "error": found[1], "text": rest[:500]}
    if operation is not None:
        more = operation.record()
    elif undefined is not None:
        more = {"kind": "name", "name": undefined[1], "near": _near_name(undefined[1], names, modules)}
    return more | {"where": place}


def _near_name(name: str | None, own: Iterable[str], modules: Mapping[str, types.ModuleType]) -> str:
    """What was meant by a name that is not there.

    That is the submission's own name that hardly differs, what a module has under this very name (`np.exp` for `exp`),
    an own name that looks like it, or one of Python's that hardly differs.
    """
    several = list(own)
    return (
        _near(name, several, _ALMOST)
        or _of_module(name, modules)
        or _near(name, several)
        or _near(name, _BUILT_IN, _ALMOST)
    )


def _of_module(name: str | None, modules: Mapping[str, types.ModuleType]) -> str:
    """A name with that of the module before it that has it, or ""."""
    if name is None or not 1 < len(name) <= _LONGEST_NAME or name in _NOT_MEANT:
        return ""
    for alias, module in modules.items():
        if len(alias) <= _LONGEST_NAME and not isinstance(vars(module).get(name), (types.ModuleType, types.NoneType)):
            return f"{alias}.{name}"
    return ""


def _near(name: str | None, names: Iterable[str], alike: float = _ALIKE) -> str:
    """The name that looks most like one that is not there, or ""."""
    if name is None or not 1 < len(name) <= _LONGEST_NAME:
        return ""
    known = (one for one in names if type(one) is str and len(one) <= _LONGEST_NAME and not one.startswith("__"))
    several = list(itertools.islice((one for one in dict.fromkeys(known) if one != name), _NAMES))
    return next(iter(difflib.get_close_matches(name, several, n=1, cutoff=alike)), "")
