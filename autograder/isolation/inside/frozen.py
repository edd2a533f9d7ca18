"""Which line changes what a function is given: it is called once more with arguments that cannot be changed."""

from __future__ import annotations

import contextlib
import copy
import inspect
from collections.abc import Callable
from typing import Any, NoReturn

import numpy as np

_MOST_NAMES = 50


def names_of(function: Any) -> list[str]:
    """Names of a function's parameters, by position; [] where they cannot be told.

    Example:

    >>> names_of(lambda X, params, *rest: None)
    ['X', 'params']
    """
    try:
        parameters = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        return []
    by_position = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return [one.name for one in parameters if one.kind in by_position][:_MOST_NAMES]


class ReadOnly(ValueError):
    """Something that was given is changed."""


def change_in(function: Callable[..., Any], arguments: tuple[Any, ...]) -> BaseException | None:
    """What a function raises where it changes an argument, or something in one; None where it does not come to that.

    Example:

    >>> str(change_in(lambda losses: losses.append(1), ([],)))
    'read-only'
    """
    with contextlib.redirect_stdout(_Nowhere()):  # type: ignore[type-var]
        try:
            function(*map(_frozen, arguments))
        except BaseException as error:
            is_change = isinstance(error, ReadOnly) or (type(error) is ValueError and "read-only" in str(error))
            return error if is_change else None
    return None


def _frozen(value: Any) -> Any:
    kind = type(value)
    if kind is np.ndarray:
        value.flags.writeable = False
    if kind is dict:
        return _Dict({key: _frozen(item) for key, item in value.items()})
    if kind is list:
        return _List(map(_frozen, value))
    return tuple(map(_frozen, value)) if kind is tuple else value


def _refuse(*_: Any, **__: Any) -> NoReturn:
    raise ReadOnly("read-only")


class _Dict(dict[Any, Any]):
    """A dict that cannot be changed; its copies can."""

    __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refuse  # type: ignore

    def __copy__(self) -> dict[Any, Any]:
        return dict(self)

    def __deepcopy__(self, memo: Any) -> dict[Any, Any]:
        return {key: copy.deepcopy(item, memo) for key, item in self.items()}


class _List(list[Any]):
    """A list that cannot be changed; its copies can."""

    __setitem__ = __delitem__ = __iadd__ = __imul__ = append = clear = extend = _refuse  # type: ignore
    insert = pop = remove = reverse = sort = _refuse  # type: ignore[assignment]

    def __copy__(self) -> list[Any]:
        return list(self)

    def __deepcopy__(self, memo: Any) -> list[Any]:
        return [copy.deepcopy(item, memo) for item in self]


class _Nowhere:
    """Where what is printed is not kept: the function has printed it before."""

    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        pass
