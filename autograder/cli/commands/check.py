"""`autograder check`: the public tests on one submission."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli import options
from autograder.defaults import DEFAULT_SEED, HELP_LEVELS
from autograder.errors import UsageError

if TYPE_CHECKING:
    from autograder.assignment.definition import Assignment
    from autograder.engine.later import Later
    from autograder.facts.result import Result


@click.command("check")
@click.argument("assignment")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("-q", "--question", "questions", multiple=True, metavar="ID", help="Only this question; may be repeated.")
@click.option(
    "--help-level",
    "level",
    type=click.Choice(HELP_LEVELS),
    help="How much a diagnosis says: where, what kind of mistake, what you computed, which lecture to read.",
)
@click.option("-v", "--verbose", is_flag=True, help="Relative errors as well, and what is allowed.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@options.device
@options.sandbox
@options.seed
def command(
    assignment: str,
    file: Path | None,
    questions: tuple[str, ...],
    level: str | None,
    verbose: bool,
    as_json: bool,
    device: str,
    sandbox: str,
    seed: int,
) -> int:
    """Runs the public tests of ASSIGNMENT on FILE, a .py or a notebook.

    Without FILE, the file that the assignment asks for is taken from the current folder.

    \b
    Example: autograder check 03_numpy_net
             autograder check 04 my_net.ipynb -q 04.4
    """
    try:
        return _check(assignment, file, questions, level, verbose, as_json, device, sandbox, seed)
    except KeyboardInterrupt:
        click.echo("stopped", err=True)
        return 130


def _check(
    assignment: str,
    file: Path | None,
    questions: tuple[str, ...],
    level: str | None,
    verbose: bool,
    as_json: bool,
    device: str,
    sandbox: str,
    seed: int,
) -> int:
    from autograder.assignment.definition import find_assignment
    from autograder.cli.console import console, output, print_result
    from autograder.isolation.host.choice import new_template
    from autograder.isolation.host.devices import resolve_device
    from autograder.records.marks_alone import contained

    found = find_assignment(assignment)
    template = new_template(found.framework)
    try:
        # the rest is imported while the template imports its libraries
        from autograder.carrying.carrier import Carrier
        from autograder.cli.saved import saved_line
        from autograder.engine.grader import Grader
        from autograder.engine.later import find_later
        from autograder.explain.diagnosis.explainer import Explainer
        from autograder.handin.submissions import Submission
        from autograder.isolation.host.users import student_user
        from autograder.isolation.settings import SandboxPolicy

        path = file if file is not None else _default_file(found.submission)
        if not path.is_file():
            raise click.UsageError(f"there is no file {path}; name yours: autograder check {assignment} FILE")
        saved = path.stat().st_mtime
        if not as_json:
            output().print(saved_line(path, saved), style="dim", markup=False, soft_wrap=True)
        later = [one for one in find_later(found) if not questions or one.question in questions]
        with console().status(f"loading {found.framework} …"):
            versions = template.versions
        spawner = template.control()
        grader = Grader(
            found,
            spawner,
            seed=seed,
            device=resolve_device(device, template),
            hidden=False,
            only=questions,
            user=student_user(),
            policy=SandboxPolicy.named(sandbox),
            versions=versions,
            explainer=Explainer(found, DEFAULT_SEED, level=allowed(level, found)),
            carrier=Carrier(found),
        )
        with console().status("checking …"):
            result = grader.grade(Submission(path.stem, path.resolve())).result
        grader.close()
    finally:
        template.close()
    if as_json:
        click.echo(contained(lambda one: _json_of(one, path, saved, later), result))
    else:
        contained(lambda one: print_result(one, verbose, later), result)
    return 0 if result.is_perfect else 1


def _json_of(result: Result, path: Path, saved: float, later: list[Later]) -> str:
    """The result as JSON with what else the check tells: the file, when it was saved, what is graded later."""
    from autograder.records.exports import json_of

    record = json.loads(json_of(result)) | {"file": str(path)}
    record["saved"] = datetime.fromtimestamp(saved).astimezone().isoformat(timespec="seconds")
    record["later"] = [asdict(one) for one in later]
    record["max_later"] = sum(one.points for one in later)
    return json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False)


def allowed(level: str | None, assignment: Assignment) -> str:
    """The help that was asked for, no more than the assignment's author allows."""
    if level is not None and HELP_LEVELS.index(level) > HELP_LEVELS.index(assignment.help_limit):
        raise UsageError(
            f"{assignment.name} gives help up to --help-level {assignment.help_limit}; {level} would say more"
        )
    return level or assignment.help


def _default_file(name: str) -> Path:
    """The file that the assignment asks for, as a script or as a notebook, in the current folder."""
    for candidate in (Path(name), Path(name).with_suffix(".ipynb")):
        if candidate.is_file():
            return candidate
    return Path(name)
