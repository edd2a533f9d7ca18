"""`autograder grade`: a class."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli import options
from autograder.cli.telling import Telling, telling
from autograder.errors import UsageError
from autograder.facts.result import GRADED
from autograder.text import one_line

if TYPE_CHECKING:
    from autograder.assignment.definition import Assignment
    from autograder.cli.class_run import Choice
    from autograder.cluster.graders import ClusterGraders
    from autograder.engine.classes import Graders
    from autograder.facts.result import Result
    from autograder.handin.submissions import HandedIn
    from autograder.marks.rules import Rules
    from autograder.records.gradebook import Gradebook


@click.command("grade")
@click.argument("assignment")
@click.argument("submissions", type=click.Path(path_type=Path))
@click.option("--output", required=True, type=click.Path(path_type=Path), help="Folder for gradebook and report.")
@click.option(
    "--layout",
    metavar="auto|canvas|moodle|gradescope|github|nbgrader|sakai|blackboard|plain",
    default="auto",
    show_default=True,
    help="Whose download it is, where that is not recognised.",
)
@click.option("--roster", type=click.Path(path_type=Path), help="CSV of the class: names, and who handed nothing in.")
@click.option(
    "--attempt",
    type=click.Choice(["last", "best"]),
    default="last",
    show_default=True,
    help="Which attempt counts; for the best, all are graded.",
)
@options.workers
@options.cluster
@options.device
@options.sandbox
@options.drawn_seed
@click.option("--fresh", is_flag=True, help="Grade all again, also what is finished and unchanged.")
@click.option(
    "--only",
    multiple=True,
    metavar="NAME",
    help="Grade this student again, and nobody else; may be given several times.",
)
@click.option(
    "--retry",
    multiple=True,
    type=click.Choice(GRADED[1:]),
    help="Grade again what ended so, unchanged or not; may be given several times.",
)
@click.option("--dry-run", "trial", is_flag=True, help="Say whose mark would change, and change none.")
@telling
def command(
    assignment: str,
    submissions: Path,
    output: Path,
    layout: str,
    roster: Path | None,
    attempt: str,
    workers: int,
    cluster: str,
    device: str,
    sandbox: str,
    seed: int | None,
    fresh: bool,
    only: tuple[str, ...],
    retry: tuple[str, ...],
    trial: bool,
    told: Telling,
) -> int:
    """Grades SUBMISSIONS, a folder with NAME.py, NAME.ipynb, NAME.zip (or .tar.gz) or NAME/ per student.

    It may be the download of a learning platform as well.

    A run that was stopped goes on where it was: what is finished and unchanged is not graded again. Where marks exist
    already, it says whose changes, by question and how much; with --dry-run nothing else happens, and the same command
    without it takes what was graded then.

    \b
    Example: autograder grade 04_tape_net handed_in/ --output grades/04 --workers 4
    """
    from autograder.assignment.definition import find_assignment
    from autograder.cli.class_run import Choice
    from autograder.handin.submissions import find_submissions

    found = find_assignment(assignment)
    handed_in = find_submissions(submissions, found.submission, layout, attempt, roster, found.starter())
    choice = Choice(fresh, only, retry)
    grade_folder(found, handed_in, output, workers, device, seed, sandbox, choice, trial, told, cluster)
    return 0


def grade_folder(
    assignment: Assignment,
    handed_in: HandedIn,
    output: Path,
    workers: int,
    device: str = "auto",
    seed: int | None = None,
    sandbox: str = "auto",
    choice: Choice | None = None,
    trial: bool = False,
    told: Telling = Telling(),  # noqa: B008 - it cannot be changed
    cluster: str = "",
) -> Sequence[Result]:
    """submissions → processes → tests → results → gradebook → report."""
    from autograder.carrying.carrier import Carrier
    from autograder.cli.banks import bank_of
    from autograder.cli.class_run import Choice, Keeper
    from autograder.cli.console import announce_sandbox, console, print_class, print_handed_in
    from autograder.cli.console import output as screen
    from autograder.cli.following import following
    from autograder.engine.classes import LocalGraders, Plan, grade_class, with_reference
    from autograder.explain.diagnosis.explainer import Explainer
    from autograder.isolation.host.choice import new_template
    from autograder.isolation.host.devices import resolve_device, share_of
    from autograder.isolation.host.probe import report_of
    from autograder.isolation.settings import SandboxPolicy
    from autograder.records.deciding import rules_of
    from autograder.records.errors import GradebookError
    from autograder.records.gradebook import Gradebook
    from autograder.records.listing import Listing, basis_of
    from autograder.records.origin import Origin

    template = new_template(assignment.framework, warm=True)
    try:
        with contextlib.ExitStack() as open_for, Gradebook(output / "gradebook.sqlite") as gradebook:
            gradebook.claim(assignment, trial)
            policy = SandboxPolicy.named(sandbox, hidden=(str(output.absolute()),))
            if device.startswith("gpu:") and assignment.framework == "numpy":
                console().print(f"{assignment.name} computes with NumPy, which uses no GPU: it is graded on the CPU")
            if cluster:
                console().print(f"cluster    {one_line(cluster)}", soft_wrap=True)
                graders: Graders = open_for.enter_context(contextlib.closing(cluster_graders(cluster)))
                # whether there is a card is another matter on each machine
                device = "cpu" if device == "auto" else device
            else:
                graders = LocalGraders(template, workers)
                announce_sandbox(report_of(template, policy), policy)
                device = resolve_device(device, template)
                policy = replace(policy, device_mb=share_of(device, workers))
            origin = Origin.of(assignment)
            rules = rules_of(origin, gradebook, output, handed_in)
            listing = Listing(handed_in, basis_of(assignment, seed, device, sandbox), rules)
            choice = choice or Choice()
            chosen = choice.rows(listing)
            print_handed_in(handed_in, assignment.due, assignment.late)
            finished = gradebook.begin(listing, trial)
            done = choice.done(gradebook, listing, finished)
            if done & chosen:
                screen().print(f"{len(done & chosen)} of {len(chosen)} are graded already and unchanged")
            others = listing.prints.keys() - chosen
            waiting = listing.waiting(done | others)
            if waiting:
                bank_of(assignment, template, options.DEFAULT_SEED, workers)
                seed = gradebook.begin_run(listing.students(waiting)) if seed is None else seed
            plan = Plan(assignment, seed or 0, device, policy, Explainer, Carrier)
            plan = with_reference(plan, template) if cluster and waiting else plan
            keeper = Keeper(gradebook, trial)
            write = partial(_write_again, gradebook, rules, output, assignment.title)
            with following(len(waiting), output, (lambda: None) if trial else write, len(done & chosen)) as follow:
                for graded in grade_class(plan, waiting, graders):
                    for row in listing.done(graded):
                        keeper.keep(row)
                    follow(graded.result)
            complete = keeper.has_all and others <= finished
            # once more, because now it is known how many points there are
            rules = rules_of(origin, gradebook, output, handed_in)
            tell = partial(_tell_changes, gradebook, trial, told)
            results = gradebook.conclude(listing, rules, complete, trial, chosen, tell)
            if trial:
                return []
    except GradebookError as error:
        raise UsageError(str(error)) from None
    finally:
        template.close()
    write_all(results, output, assignment.title)
    print_class(results, len(handed_in.unseen))
    screen().print(f"gradebook  {output / 'gradebook.csv'}  (and gradebook.sqlite, results/NAME.json)", soft_wrap=True)
    screen().print(f"report     {output / 'report' / 'index.html'}", soft_wrap=True)
    told.end(results, assignment.title, output)
    return results


def cluster_graders(address: str) -> ClusterGraders:
    """The workers of a cluster.

    Raises:
        UsageError: When Dask is not installed, or nothing can be graded there.
    """
    try:
        from autograder.cluster.graders import ClusterGraders
    except ImportError as error:
        raise UsageError(f"--cluster needs Dask ({error}); pip install 'tfkit-autograder[cluster]'") from None
    return ClusterGraders(address)


def _tell_changes(gradebook: Gradebook, trial: bool, told: Telling, results: Sequence[Result]) -> None:
    from autograder.cli.console import print_changes
    from autograder.marks.changes import changes_of

    changes = changes_of(gradebook.counted(), results)
    print_changes(changes, trial)
    if trial:
        told.end_trial(changes)


def _write_again(gradebook: Gradebook, rules: Rules, output: Path, title: str) -> None:
    from autograder.records.packed import Packed

    write_all(Packed(gradebook.results(rules)), output, title)


def write_all(results: Sequence[Result], output: Path, title: str) -> None:
    """Writes the table, the results and the pages of a class."""
    from autograder.records.exports import write_all_json, write_csv
    from autograder.records.report import write_report

    try:
        write_csv(results, output / "gradebook.csv")
        write_all_json(results, output / "results")
        write_report(results, output / "report", title)
    except OSError as error:
        raise UsageError(
            f"cannot write {error.filename or output}: {error.strerror}; the marks are safe in "
            f"{output / 'gradebook.sqlite'}: make room for the file, and start the same command again, which grades "
            "nothing twice"
        ) from None
