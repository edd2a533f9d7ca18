"""`autograder demo`: a class of submissions for a real assignment, graded."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import click

from autograder.cli import options
from autograder.defaults import DEFAULT_SEED

# right answers written differently, known mistakes, files that are broken, and hostile ones
_WRONG = 12


@click.command("demo")
@click.option("--output", default=Path("demo"), show_default=True, type=click.Path(path_type=Path), help="Folder.")
@click.option("--assignment", default="04_tape_net", show_default=True, help="For which assignment.")
@options.workers
def command(output: Path, assignment: str, workers: int) -> int:
    """Makes a class for a real assignment (right, wrong, broken, hostile), grades it, writes the report.

    \b
    Example: autograder demo --output demo
    """
    from autograder.assignment.definition import find_assignment
    from autograder.cli.class_run import Choice
    from autograder.cli.commands.grade import grade_folder
    from autograder.cli.console import output as screen
    from autograder.handin.submissions import find_submissions

    found = find_assignment(assignment)
    folder = output / "submissions"
    count = make_class(found.name, found.solution, folder)
    screen().print(f"{count} submissions for {found.name} in {folder}", soft_wrap=True)
    # endless loops are part of the class: the demo does not wait for them as long as a course would
    limits = replace(found.limits, seconds_per_question=5.0, seconds_per_submission=15.0, memory_mb=1000)
    handed_in = find_submissions(folder, found.submission)
    grade_folder(
        replace(found, limits=limits), handed_in, output, workers, seed=DEFAULT_SEED, choice=Choice(fresh=True)
    )
    return 0


def make_class(name: str, solution: Path, folder: Path) -> int:
    """Writes a class of submissions, each named for what it is."""
    from autograder.authoring.tables import read_table
    from autograder.errors import UsageError

    cases = Path(__file__).parents[3] / "tests"
    if not (cases / "rewrites" / name).is_dir():
        raise UsageError(
            f"the demo's submissions for {name} are part of a checkout; expected {cases / 'rewrites' / name}"
        )
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for kind, prefix in (("rewrites", "right"), ("broken", "broken"), ("attacks", "hostile")):
        for path in sorted((cases / kind / name).glob("*")):
            if path.name.startswith(("_", ".")):
                continue
            target = folder / f"{prefix}-{path.name.replace('_', '-')}"
            if path.is_dir():
                shutil.copytree(path, target)
            elif path.suffix in (".py", ".ipynb"):
                shutil.copyfile(path, target)
    for kind, prefix in (("rewrites", "right"), ("broken", "broken")):
        table = cases / kind / f"{name}.txt"
        for case in read_table(table) if table.is_file() else ():
            (folder / f"{prefix}-{case.name.replace('_', '-')}.py").write_text(case.text, "utf-8")
    mistakes = read_table(cases / "mistakes" / f"{name}.txt")
    for case in mistakes[:: max(1, len(mistakes) // _WRONG)][:_WRONG]:
        text = f"{solution.read_text('utf-8')}\n\n{case.text}"
        (folder / f"wrong-{case.name.replace('_', '-')}.py").write_text(text, "utf-8")
    return len(list(folder.iterdir()))
