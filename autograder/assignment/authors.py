"""Whose mistake an exception is: the author's line, and what there is under a name that there is not."""

from __future__ import annotations

import inspect
import linecache
import re
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

from autograder.errors import did_you_mean

_NO_SUCH_NAME = re.compile(r"cannot import name '(\w+)' from '([\w.]+)'")
# files of an assignment that no test imports, and what it asks for in their place
_FIXTURES = {"solution": "reference", "problems": "problem", "starter": "student"}
_NO_SUCH_ARGUMENT = re.compile(r"(\w+)\(\) got an unexpected keyword argument '(\w+)'")


class FieldError(Exception):
    """An input that a test adds raised an AttributeError, its cause; as such it would say that there is no input."""


def root_of(error: BaseException) -> BaseException:
    """What the author's line itself raised."""
    return error.__cause__ if isinstance(error, FieldError) and error.__cause__ is not None else error


def authors_error(path: Path, error: BaseException) -> str:
    """Where an author's file went wrong, and how, on one line.

    Args:
        path: The file, beside the tests or in the course's `common`.
        error: What was raised.
    """
    error = root_of(error)
    folders = folders_of(path)
    frames = frames_in(error.__traceback__, folders)
    file, line = frames[-1] if frames else (str(path), 1)
    if isinstance(error, SyntaxError) and error.filename and Path(error.filename).parent in folders:
        file, line = error.filename, error.lineno or 1
    text = linecache.getline(file, line).strip()
    hint = suggestion(error)
    what = " ".join(f"{type(error).__name__}: {error}".split()) + (f"; {hint}" if hint else "")
    if isinstance(error, SystemExit):
        what = "this line ends the whole program, and no other test runs"
    return f"{file}:{line}: {what}" + (f"; fix `{text}`" if text else "; fix this file")


def folders_of(path: Path) -> tuple[Path, ...]:
    """The folders that an author writes in: that of a file, and the course's `common`."""
    return path.parent, path.parent.parent.parent / "common"


def frames_in(trace: TracebackType | None, folders: tuple[Path, ...]) -> list[tuple[str, int]]:
    """Files and lines of a traceback that stand in some folders, the innermost last."""
    found = traceback.extract_tb(trace)
    return [(one.filename, one.lineno or 1) for one in found if Path(one.filename).parent in folders]


def suggestion(error: BaseException) -> str:
    """What there is in place of a name that an exception says there is not; "" where nothing is known."""
    if isinstance(error, ModuleNotFoundError) and error.name in _FIXTURES:
        return f"a test gets it as the fixture `{_FIXTURES[error.name]}`"
    if isinstance(error, ImportError):
        missing = _NO_SUCH_NAME.search(str(error))
        module = sys.modules.get(missing[2]) if missing else None
        return did_you_mean(missing[1], _public(module)) if missing and module is not None else ""
    if isinstance(error, AttributeError) and error.name and error.obj is not None and "; " not in str(error):
        return _nearest(error.name, _public(error.obj))
    if isinstance(error, NameError) and error.name and error.__traceback__ is not None:
        frame = list(traceback.walk_tb(error.__traceback__))[-1][0]
        return _nearest(error.name, [*frame.f_locals, *frame.f_globals])
    unknown = _NO_SUCH_ARGUMENT.search(str(error)) if isinstance(error, TypeError) else None
    function = _called(unknown[1], error.__traceback__) if unknown else None
    return did_you_mean(unknown[2], _parameters(function), "it takes") if unknown and function else ""


def _nearest(name: str, known: list[str]) -> str:
    """The nearest name, or nothing: a module has too many to list."""
    hint = did_you_mean(name, known)
    return hint if hint.startswith("did you mean") else ""


def _public(value: Any) -> list[str]:
    names = getattr(value, "__all__", None) or dir(value)
    return [name for name in names if not name.startswith("_")]


def _called(name: str, trace: TracebackType | None) -> Callable[..., Any] | None:
    """The function of that name where an exception was raised."""
    frame = list(traceback.walk_tb(trace))[-1][0] if trace is not None else None
    found = {**frame.f_globals, **frame.f_locals}.get(name) if frame is not None else None
    return found if callable(found) else None


def _parameters(function: Callable[..., Any]) -> list[str]:
    try:
        kinds = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return []
    return [one.name for one in kinds if one.kind not in (one.VAR_POSITIONAL, one.VAR_KEYWORD)]
