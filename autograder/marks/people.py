"""Which row of a gradebook somebody means who names a student."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

from autograder.errors import UsageError


class Called:
    """The students of a class, by everything that they are called."""

    def __init__(self, people: Mapping[str, Iterable[str]]) -> None:
        """`people` has by row what its student is called: the row's name, the full name, the id, the e-mail address."""
        self._rows: dict[str, set[str]] = {}
        for row, names in people.items():
            for name in filter(None, names):
                self._rows.setdefault(name.casefold(), set()).add(row)

    def row(self, name: str, place: str) -> str:
        """The row of the student who is called so.

        Args:
            name: What the student is called; capitals do not matter.
            place: Where the name stands, for the line of a mistake.

        Raises:
            UsageError: When nobody is called so, or several are.

        Example:

        >>> Called({"ada-l": ("ada-l", "Ada Lovelace", "17")}).row("ada lovelace", "--only")
        'ada-l'
        """
        meant = self._rows.get(name.casefold(), set())
        if len(meant) == 1:
            return next(iter(meant))
        if meant:
            raise UsageError(
                f"{place}: several students are called {name}; name one of the rows {', '.join(sorted(meant))}"
            )
        near = difflib.get_close_matches(name.casefold(), self._rows, n=1)
        hint = f"did you mean {near[0]}?" if near else "the first column of gradebook.csv has the names"
        raise UsageError(f"{place}: there is no student {name}; {hint}")
