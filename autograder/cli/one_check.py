"""One check of a student's file, from the question to the last line on the screen."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

import click

from autograder.assignment.definition import Assignment
from autograder.cli.asked import Asked
from autograder.cli.belonging import is_begun, own_files
from autograder.cli.checks import Checked, Checks
from autograder.cli.console import console, output, print_result
from autograder.cli.hinting import seen_hints
from autograder.cli.saved import saved_line, try_again
from autograder.cli.verdicts import news, remember
from autograder.engine.later import Later
from autograder.errors import UsageError
from autograder.facts.result import Result
from autograder.handin.submissions import Submission
from autograder.records.exports import json_of
from autograder.records.marks_alone import contained


@dataclass
class OneCheck:
    """Checks a file and tells what came of it.

    Attributes:
        asked: What is checked.
        checks: The tests of its assignment.
        level: How much a diagnosis says, or None.
        verbose: Whether relative errors are told as well.
        as_json: Whether all of it is told as JSON.
    """

    asked: Asked
    checks: Checks
    level: str | None = None
    verbose: bool = False
    as_json: bool = False

    def tell(self, path: Path, since: float) -> bool:
        """Checks a file; the first lines are there while one waits. Gives whether all is right.

        Args:
            path: The file.
            since: When the student began to wait, by `time.monotonic`.

        Raises:
            UsageError: When the file cannot be read; with `as_json` the result says so.
        """
        saved = path.stat().st_mtime
        reason = _submission(path).read().reason
        if reason and not self.as_json:
            raise UsageError(try_again(reason))
        self._print_head(path, saved)
        checked = self._check(path, reason)
        self._print(path, saved, checked.result, since)
        return checked.result.is_perfect

    def tell_again(self, path: Path, since: float) -> None:
        """Checks a file that was saved again; on a terminal what came of it takes the place of what was there.

        A file that cannot be read is told, and is no error: it may be saved again.
        """
        try:
            saved = path.stat().st_mtime
            reason = _submission(path).read().reason
            checked = None if reason and not self.as_json else self._check(path, reason)
        except FileNotFoundError:
            # whoever looks for saves will see that as well
            return
        clear(self.as_json)
        self._print_head(path, saved)
        if checked is None:
            output().print(try_again(reason), style="yellow", markup=False, soft_wrap=True)
        else:
            self._print(path, saved, checked.result, since, indent=None)

    def _check(self, path: Path, reason: str) -> Checked:
        with console().status(f"loading {self.checks.assignment.framework} …"):
            self.checks.load()
        with console().status("checking …"):
            checked = self.checks.check(_submission(path), self.asked.questions, self.level)
        # with the text of a file that can be read, a line of it may be told
        if not reason:
            return checked
        return replace(checked, result=replace(checked.result, message=try_again(checked.result.message)))

    def _print_head(self, path: Path, saved: float) -> None:
        if self.as_json:
            return
        output().print(saved_line(path, saved), style="dim", markup=False, soft_wrap=True)
        other = None if self.asked.is_named else _work_beside(path, self.checks.assignment)
        if other is not None:
            told = f"{saved_line(other, other.stat().st_mtime)}, is there too: autograder check {other}"
            output().print(told, style="dim", markup=False, soft_wrap=True)
        for remark in self.asked.remarks:
            output().print(remark, style="yellow", markup=False, soft_wrap=True)

    def _print(self, path: Path, saved: float, result: Result, since: float, indent: int | None = 1) -> None:
        assignment, questions = self.checks.assignment, self.asked.questions
        later = [one for one in self.checks.later if not questions or one.question in questions]
        before = remember(assignment, path, result)
        if self.as_json:
            record = contained(lambda one: _record_of(one, path, saved, later, seen_hints(assignment)), result)
            click.echo(json.dumps(record, ensure_ascii=False, indent=indent, allow_nan=False))
            return
        told = news(before, result.questions, saved)
        # what a student waited for, libraries included
        waited = time.monotonic() - since
        contained(lambda one: print_result(replace(one, seconds=waited), self.verbose, later, news=told), result)


def clear(as_json: bool = False) -> None:
    """Clears a terminal for what came of the next save."""
    if output().is_terminal and not as_json:
        output().clear()


def _submission(path: Path) -> Submission:
    return Submission(path.stem, path.resolve())


def _record_of(
    result: Result, path: Path, saved: float, later: list[Later], hints: dict[str, int]
) -> dict[str, object]:
    """The result with what else is known: the file, when it was saved, what is graded later, hints seen."""
    record = json.loads(json_of(result)) | {"file": str(path)}
    record["saved"] = datetime.fromtimestamp(saved).astimezone().isoformat(timespec="seconds")
    record["later"] = [asdict(one) for one in later]
    record["max_later"] = sum(one.points for one in later)
    record["hints"] = hints
    return record


def _work_beside(path: Path, assignment: Assignment) -> Path | None:
    """The notebook beside a script, or the script beside a notebook, where somebody has worked in it."""
    for other in own_files(assignment, path.parent):
        reading = _submission(other).read()
        if other != path and (reading.reason or is_begun(assignment, other, reading.code)):
            return other
    return None
