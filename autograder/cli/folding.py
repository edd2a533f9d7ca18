"""A question's line in the terminal: its name, and what of it is graded later, in lines that fit."""

from __future__ import annotations

from textwrap import wrap

from rich.cells import cell_len
from rich.text import Text

from autograder.engine.later import Later
from autograder.text import number, one_line

# cells that a text has at least, in however narrow a terminal
_LEAST = 24
# said once where `told_briefly` is said of several questions
ONE_BY_ONE = "Check one question alone to read what is graded later."


def told_later(one: Later, more: bool = False) -> str:
    """What is graded later, in words.

    Args:
        one: The hidden part of a question.
        more: Whether the question has a public part as well.

    Example:

    >>> told_later(Later("03.8", 1.0, "finite for large inputs"), more=True)
    '(1 more point: finite for large inputs; graded later)'
    """
    points = f"{number(one.points)} {'more ' if more else ''}point{'' if one.points == 1 else 's'}"
    return f"({points}: {one_line(one.looks_at)}; graded later)"


def told_briefly(one: Later) -> str:
    """The same without what is looked at.

    Example:

    >>> told_briefly(Later("03.8", 0.25, "finite for large inputs"))
    '(+0.25 later)'
    """
    return f"(+{number(one.points)} later)"


def folded(head: Text, name: str, remark: str, width: int | None) -> list[Text]:
    """The lines of a question: the remark beside the name where there is room, or else below it.

    Args:
        head: What stands before the name, such as its points.
        name: What the question is called.
        remark: What is said of it, or "".
        width: Cells of a line; None for lines as long as they are.
    """
    beside = Text.assemble(head, name, "  " if name and remark else "", (remark, "dim"))
    if width is None or beside.cell_len <= width:
        return [beside]
    room = max(_LEAST, width - head.cell_len)
    rows = [Text(row) for row in _wrapped(name, room)] + [Text(row, "dim") for row in _wrapped(remark, room)]
    return [Text.assemble(Text(" " * head.cell_len) if number else head, row) for number, row in enumerate(rows)]


def _wrapped(text: str, room: int) -> list[str]:
    # a sign may be two cells wide
    return wrap(text, max(_LEAST, room * len(text) // max(1, cell_len(text))))
