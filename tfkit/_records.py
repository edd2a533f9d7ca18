"""A few records in order: found by name, and printed as a table that looks the same in a log and in a notebook."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

if TYPE_CHECKING:
    import pandas

Record = TypeVar("Record")


class Records(Generic[Record]):
    """Base of a frozen dataclass whose first field is a tuple of records, themselves dataclasses."""

    #: Name of the field, and of the attribute by which a record is found.
    _field: ClassVar[str]
    _key: ClassVar[str]

    def __iter__(self) -> Iterator[Record]:
        return iter(getattr(self, self._field))

    def __len__(self) -> int:
        return len(getattr(self, self._field))

    def __getitem__(self, name: str) -> Record:
        for record in self:
            if getattr(record, self._key) == name:
                return record
        names = [str(getattr(record, self._key)) for record in self]
        raise KeyError(f"expected one of the {self._field}, received {name!r}; there are {', '.join(names) or 'none'}")

    def to_frame(self) -> pandas.DataFrame:
        """Return a frame: a row for each record, a column for each of its attributes."""
        import pandas

        rows: list[Any] = list(self)
        return pandas.DataFrame([asdict(record) for record in rows]).set_index(self._key)


def text_table(head: Sequence[str], rows: Sequence[Sequence[str]], numbers: Collection[int] = ()) -> str:
    """Return the rows below their head, in columns two spaces apart; columns in `numbers` are aligned at the right."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    lines = []
    for row in (head, *rows):
        cells = zip(row, widths, range(len(head)), strict=True)
        lines.append("  ".join(cell.rjust(w) if i in numbers else cell.ljust(w) for cell, w, i in cells).rstrip())
    return "\n".join(lines)
