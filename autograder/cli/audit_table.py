"""An audit in the terminal: what is caught, and a table of what is not."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from autograder.cli.console import output
from autograder.explain.audit import Audit
from autograder.explain.costs import Cost
from autograder.explain.mutation.mutants import Mutant
from autograder.text import counted, number
from autograder.words.marking import points

_SHOWN = 40
_WORST = 10


def print_audit(audit: Audit) -> None:
    """Prints what the mutants tell, the survivors first."""
    screen = output()
    wrong = audit.mutants - len(audit.equivalent) - len(audit.accepted)
    share = f"{audit.caught} of {wrong} {_mistakes(wrong)} {'is' if audit.caught == 1 else 'are'} caught"
    style = "bold green" if audit.is_clean else "bold red"
    screen.print(
        Text(share, style=style), Text(f"({len(audit.equivalent)} more cannot be told from the solution)", "dim")
    )
    for mutant, reason in audit.accepted:
        screen.print(Text(f"accepted: {mutant.function}, line {mutant.line}: {reason}", "dim"), soft_wrap=True)
    if audit.survivors:
        screen.print(_table("passes every test", audit.survivors))
    if audit.costs:
        _print_costs(audit)
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
        pairs = f"{counted(len(audit.alike), 'pair')} of different mistakes {_s('give', len(audit.alike))}"
        screen.print(
            f"{pairs} the same numbers in every test; --output lists them",
            soft_wrap=True,
        )


def _print_costs(audit: Audit) -> None:
    """How far a green check can be trusted, and the mistakes that cost too little or come as a surprise."""
    screen = output()
    dear = (
        f"{len(audit.surprising)} of them {_s('cost', len(audit.surprising))} half of it or more"
        if audit.surprising
        else "none of them costs half of it"
    )
    green, all_of_them = len(audit.green), len(audit.costs)
    text = (
        f"{green} of {all_of_them} {_mistakes(all_of_them)} {_s('pass', green)} the public tests of {_its(green)} "
        f"question; {dear}"
    )
    screen.print(Text(text, style="bold red" if audit.surprising else ""), soft_wrap=True)
    cheap, minor = len(audit.cheap), len(audit.minor)
    text = f"{cheap} {_s('cost', cheap)} less than half of {_its(cheap)} question"
    more = f"({minor} more {'is of a kind' if minor == 1 else 'are of kinds'} that may)" if minor else ""
    screen.print(Text(text, style="bold red" if audit.cheap else ""), Text(more, "dim"), soft_wrap=True)
    mean = sum(cost.elsewhere for cost in audit.costs) / len(audit.costs)
    spreading = len(audit.spreading)
    text = f"{spreading} {_s('cost', spreading)} something in other questions: {points(mean)} a mistake, on average"
    screen.print(Text(text, style="bold red" if audit.spreading else ""), soft_wrap=True)
    worst = [cost for cost in audit.costs if cost.surprises or cost.is_cheap or cost.spreads]
    if worst:
        screen.print(_table_of_costs(worst))


def _mistakes(count: int) -> str:
    return "mistake" if count == 1 else "mistakes"


def _s(verb: str, count: int) -> str:
    """What one does, or what several do."""
    one = f"{verb}es" if verb.endswith("s") else f"{verb}s"
    return one if count == 1 else verb


def _its(count: int) -> str:
    return "its" if count == 1 else "their"


def _table_of_costs(costs: list[Cost]) -> Table:
    table = Table(header_style="bold", show_edge=False, pad_edge=False)
    table.add_column("question", no_wrap=True)
    table.add_column("lost", justify="right", no_wrap=True)
    table.add_column("elsewhere", justify="right", no_wrap=True)
    table.add_column("public", no_wrap=True)
    table.add_column("mistake", overflow="fold")
    for cost in costs[:_WORST]:
        lost = f"{number(cost.lost)} of {number(cost.points)}"
        public = Text("green", "red") if cost.passes_publicly else ""
        table.add_row(cost.question, lost, number(cost.elsewhere), public, Text(cost.mutant.author_text))
    if len(costs) > _WORST:
        table.add_row("", "", "", "", f"… and {len(costs) - _WORST} more; --output lists all")
    return table


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
