"""Calls that a question does not allow: `keras.Model.fit` where the training loop is to be written.

Each is replaced, before the submission is loaded, by a function that looks at what the current question allows. This
is for honest submissions, who are told what to do instead; one that digs out the original has its answers judged by
what they are, as always.
"""

from __future__ import annotations

import functools
import importlib
import sys
from collections.abc import Callable
from typing import Any


class ForbiddenCall(RuntimeError):
    """A call that the current question does not allow."""


class Forbidden:
    """The calls of an assignment that some question forbids; a module that is not loaded is not loaded for this."""

    def __init__(self, names: list[str]) -> None:
        self.now: list[str] = []  # those that the current question forbids
        for name in names:
            owner, _, attribute = name.rpartition(".")
            holder = _find(owner)
            if holder is not None:
                setattr(holder, attribute, self._guarded(name, getattr(holder, attribute)))

    def _guarded(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def guarded(*arguments: Any, **options: Any) -> Any:
            if name in self.now:
                raise ForbiddenCall(f"{name} is not allowed here: write what it does yourself")
            return function(*arguments, **options)

        return guarded


def _find(path: str) -> Any:
    """The object of a dotted name, of a module that is loaded; None otherwise."""
    if path.partition(".")[0] not in sys.modules:
        return None
    names: list[str] = []
    module = path
    while module not in sys.modules:
        module, _, name = module.rpartition(".")
        names.insert(0, name)
    found: Any = importlib.import_module(module)
    for name in names:
        found = getattr(found, name)
    return found
