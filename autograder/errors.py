"""Errors that a person can fix: printed as one line, exit status 2, never a traceback."""

from __future__ import annotations

from collections.abc import Iterable


class UsageError(Exception):
    """Wrong usage or a broken environment; the message says what was expected, what came, what to do."""


class Mistakes(UsageError):
    """Several at once, such as those of an author: a command that shows one line shows the first, and how many more.

    Attributes:
        lines: A line for each.

    Example:

    >>> str(Mistakes(["a.toml:1: expected …", "a.toml:3: expected …"]))
    'a.toml:1: expected … (and 1 more, which `autograder build` tells)'
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = tuple(lines)
        more = len(self.lines) - 1
        super().__init__(self.lines[0] + (f" (and {more} more, which `autograder build` tells)" if more else ""))


class Gathered:
    """Gathers the mistakes of several looks, so that all of them can be told at once.

    Attributes:
        lines: What was raised so far, a line for each.

    Example:

    >>> gathered = Gathered()
    >>> for name in ("titel", "dew"):
    ...     with gathered:
    ...         raise UsageError(f"there is no setting {name}")
    >>> gathered.lines
    ['there is no setting titel', 'there is no setting dew']
    """

    def __init__(self) -> None:
        self.lines: list[str] = []

    def __enter__(self) -> Gathered:
        return self

    def __exit__(self, _: object, error: BaseException | None, __: object) -> bool:
        if not isinstance(error, UsageError):
            return False
        self.lines += error.lines if isinstance(error, Mistakes) else [str(error)]
        return True

    def tell(self) -> None:
        """Raises what was gathered, if there is anything."""
        if self.lines:
            raise Mistakes(dict.fromkeys(self.lines))


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "known are") -> str:
    """The end of a line about a name that there is not: the nearest one, or all that there are.

    Example:

    >>> did_you_mean("titel", ["title", "due"]), did_you_mean("x", ["title", "due"])
    ('did you mean title?', 'known are title, due')
    """
    import difflib  # here and not above: every process has this file

    names = list(known)
    near = difflib.get_close_matches(word, names, n=1)
    return f"did you mean {near[0]}?" if near else f"{otherwise} {', '.join(names) or 'none'}"


class Stopped(Exception):
    """Ctrl-C, with a line that says where things are."""
