"""What came of right and wrong answers, in the terminal: a table, and a line for each that is not as it should be."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from autograder.authoring.attempts import Attempt
from autograder.authoring.trying import Seen, Tried
from autograder.cli.console import output
from autograder.text import flat, number, one_line, visible

# more functions than this are counted and not named
_NAMES = 4


def print_tried(results: Sequence[Tried], seeds: int) -> None:
    """Prints the table, the lines, and a summary."""
    screen = output()
    table = Table(header_style="bold", show_edge=False, pad_edge=False)
    for title in ("", "answer", "is", "question", "points", "seeds"):
        right = title in ("points", "seeds")
        table.add_column(title, no_wrap=title != "answer", overflow="fold", justify="right" if right else "left")
    table.add_column("told")
    for one in results:
        table.add_row(*_row(one, seeds))
    screen.print(table)
    for one in results:
        if one.codes and not one.attempt.is_right:
            screen.print(Text(f"{one_line(one.attempt.name)}: {flat(visible(one.told))}", "dim"), soft_wrap=True)
    for one in results:
        if one.attempt.borrowed:
            screen.print(Text(f"{one_line(one.attempt.name)}: {_borrowed(one.attempt)}", "dim"), soft_wrap=True)
    for one in results:
        for line in _lines(one, seeds):
            screen.print(Text(f"✗ {one_line(one.attempt.name)}: {line}", "red"), soft_wrap=True)
    screen.print(Text(_summary(results, seeds)), soft_wrap=True)


def _row(one: Tried, seeds: int) -> list[Text | str]:
    sign = Text("✓", "green") if one.is_as_expected else Text("✗", "red")
    kind = "right" if one.attempt.is_right else "wrong"
    asked = ", ".join(one.attempt.questions) or "all"
    passed = f"{len(one.seen) - len(one.failed)} of {len(one.seen) or seeds}"
    told = ", ".join(dict.fromkeys(one.codes)) or ("" if not one.told else "no cause")
    return [sign, Text(one_line(one.attempt.name)), kind, asked, _points(one.seen), passed, told]


def _points(seen: Sequence[Seen]) -> str:
    """What was earned, on several seeds from the least to the most."""
    if not seen:
        return ""
    earned = sorted({round(one.points, 3) for one in seen})
    ends = dict.fromkeys((earned[0], earned[-1]))
    return " to ".join(f"{number(points)}/{number(seen[0].max_points)}" for points in ends)


def _lines(one: Tried, seeds: int) -> list[str]:
    """What is not as it should be, and what to look at."""
    attempt = one.attempt
    if one.lost:
        return [f"it could not be tried: {one.lost}"]
    lines = []
    if one.failed:
        first = one.failed[0]
        where = f"seed {first.seed}" if len(one.failed) < len(one.seen) else "every seed"
        where += f" and {len(one.failed) - 1} more" if 1 < len(one.failed) < len(one.seen) else ""
        if attempt.is_right:
            id, told = first.missed[0]
            lines.append(f"it is to be right, and loses points in {id} on {where}: {flat(visible(told))}")
        else:
            lines.append(f"it is to be wrong, and earns full marks on {where}; no test sees the mistake there")
    if one.mislabelled and not (one.failed and one.seen[0].is_full):
        wanted = " or ".join(attempt.causes) if attempt.named != "no" else "no cause"
        lines.append(f"expected {wanted}, told is {one.mislabelled}: {flat(visible(one.told))}")
    return lines


def _borrowed(attempt: Attempt) -> str:
    """What is the solution's in an answer in parts: a name, or how many."""
    names = attempt.borrowed
    if len(names) > _NAMES:
        return f"{len(names)} functions that the questions ask for are missing in it; the solution's own were used"
    verb = "is" if len(names) == 1 else "are"
    return f"{' and '.join(names)} {verb} missing in it; the solution's own {'was' if verb == 'is' else 'were'} used"


def _answers(count: int) -> str:
    return "answer" if count == 1 else "answers"


def _summary(results: Sequence[Tried], seeds: int) -> str:
    right = [one for one in results if one.attempt.is_right]
    wrong = [one for one in results if not one.attempt.is_right]
    named = [one for one in wrong if one.codes]
    full = sum(not one.failed and not one.lost for one in right)
    parts = [f"{full} of {len(right)} right {_answers(len(right))} {'earns' if full == 1 else 'earn'} full marks"]
    if wrong:
        lose = sum(not one.failed and not one.lost for one in wrong)
        ones = "one" if len(wrong) == 1 else "ones"
        parts += [
            f"{lose} of {len(wrong)} wrong {ones} {'loses' if lose == 1 else 'lose'} some",
            f"the cause of {len(named)} is told",
        ]
    return f"{', '.join(parts)} ({seeds} seed{'s' if seeds > 1 else ''})"
