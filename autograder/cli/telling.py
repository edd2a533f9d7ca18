"""How a command tells what it does: for a person, for a machine, or not at all."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from autograder.facts.result import Result
    from autograder.marks.changes import Change


@dataclass(frozen=True)
class Telling:
    """What was asked for.

    Attributes:
        quiet: Whether nothing but errors is told.
        as_json: Whether the end is told to a machine, on standard output; progress and warnings stay on standard error.
        names: Whether the paragraph at the end names those whom somebody should look at.
    """

    quiet: bool = False
    as_json: bool = False
    names: bool = False

    @contextmanager
    def applied(self) -> Iterator[None]:
        """Tells it so while the block runs."""
        from autograder.cli.console import console, output

        before = [(one, one.quiet) for one in (console(), output())]
        console().quiet = self.quiet
        output().quiet = self.quiet or self.as_json
        try:
            yield
        finally:
            for one, quiet in before:
                one.quiet = quiet

    def end(self, results: Sequence[Result], title: str, folder: Path) -> None:
        """Tells what came of it: a paragraph to paste into a mail, or one line of JSON."""
        from rich.text import Text

        from autograder.cli.console import output
        from autograder.records.in_brief import class_json, mail

        if self.as_json:
            click.echo(class_json(results, title, folder))
            return
        output().print("\nTo paste into a mail:\n", soft_wrap=True)
        output().print(Text(mail(results, title, self.names)), soft_wrap=True)

    def end_trial(self, changes: Sequence[Change]) -> None:
        """Tells a machine whose mark would change; people were told."""
        if self.as_json:
            click.echo(json.dumps({"changes": [asdict(one) for one in changes]}, ensure_ascii=False))


def telling(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command `--quiet`, `--json` and `--names`, as its argument `told`."""

    @click.option("--quiet", is_flag=True, help="Print nothing but errors.")
    @click.option("--json", "as_json", is_flag=True, help="Print the class's figures as JSON; progress goes to stderr.")
    @click.option("--names", is_flag=True, help="Name in the last paragraph those who should be looked at.")
    @functools.wraps(command)
    def told(*arguments: Any, quiet: bool, as_json: bool, names: bool, **options: Any) -> Any:
        how = Telling(quiet, as_json, names)
        with how.applied():
            return command(*arguments, told=how, **options)

    return told
