"""A table as plain text, the same at a prompt, in a log and in a notebook."""

from __future__ import annotations

from collections.abc import Collection, Sequence


def text_table(head: Sequence[str], rows: Sequence[Sequence[str]], numbers: Collection[int] = ()) -> str:
    """Return the rows below their head, in columns two spaces apart; columns in `numbers` are aligned at the right."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    lines = []
    for row in (head, *rows):
        cells = zip(row, widths, range(len(head)), strict=True)
        lines.append("  ".join(cell.rjust(w) if i in numbers else cell.ljust(w) for cell, w, i in cells).rstrip())
    return "\n".join(lines)
