"""An audit in the terminal: what is caught, and a table of what is not."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from autograder.cli.console import output
from autograder.explain.audit import Audit
from autograder.explain.mutation.mutants import Mutant

_SHOWN = 40


def print_audit(audit: Audit) -> None:
    """Prints what the mutants tell, the survivors first."""
    screen = output()
    wrong = audit.mutants - len(audit.equivalent) - len(audit.accepted)
    share = f"{audit.caught} of {wrong} mistakes are caught"
    style = "bold green" if audit.is_clean else "bold red"
    screen.print(
        Text(share, style=style), Text(f"({len(audit.equivalent)} more cannot be told from the solution)", "dim")
    )
    for mutant, reason in audit.accepted:
        screen.print(Text(f"accepted: {mutant.function}, line {mutant.line}: {reason}", "dim"), soft_wrap=True)
    if audit.survivors:
        screen.print(_table("passes every test", audit.survivors))
    if audit.left_out:
        screen.print(f"{', '.join(audit.left_out)}: not audited, since trying a mistake there takes too long")
    for id in audit.untouched:
        screen.print(f"{id}: no mistake takes part in it; nothing is known of its tests", soft_wrap=True)
    for id, test in audit.idle:
        screen.print(f"{id}: no mistake fails {test}; is it needed?")
    for room in audit.rooms:
        if room.is_narrow:
            where = f"{room.mutant.function}, line {room.mutant.line}" if room.mutant else ""
            screen.print(
                f"{room.question}: the tolerance has little room: right answers use {room.below:.2g} of it, "
                f"the nearest wrong one ({where}) is {room.above:.2g} times as far",
                soft_wrap=True,
            )
    if audit.alike:
        screen.print(
            f"{len(audit.alike)} pairs of different mistakes give the same numbers in every test; --output lists them",
            soft_wrap=True,
        )


def _table(title: str, mutants: tuple[Mutant, ...]) -> Table:
    table = Table(header_style="bold", show_edge=False, pad_edge=False)
    table.add_column("line", justify="right")
    table.add_column("function", no_wrap=True)
    table.add_column("kind", no_wrap=True)
    table.add_column(title, overflow="fold")
    for mutant in mutants[:_SHOWN]:
        change = f"- {mutant.before}\n+ {mutant.after or '(left out)'}"
        table.add_row(str(mutant.line), mutant.function, mutant.code, Text(change))
    if len(mutants) > _SHOWN:
        table.add_row("", "", "", f"… and {len(mutants) - _SHOWN} more")
    return table
