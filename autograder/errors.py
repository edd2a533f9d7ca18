"""Errors that a person can fix: printed as one line, exit status 2, never a traceback."""

from __future__ import annotations

from collections.abc import Iterable


class UsageError(Exception):
    """Wrong usage or a broken environment; the message says what was expected, what came, what to do."""


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "known are") -> str:
    """The end of a line about a name that there is not: the nearest one, or all that there are.

    Example:

    >>> did_you_mean("titel", ["title", "due"]), did_you_mean("x", ["title", "due"])
    ('did you mean title?', 'known are title, due')
    """
    import difflib  # here and not above: every process has this file

    names = list(known)
    near = difflib.get_close_matches(word, names, n=1)
    return f"did you mean {near[0]}?" if near else f"{otherwise} {', '.join(names)}"


class Stopped(Exception):
    """Ctrl-C, with a line that says where things are."""
