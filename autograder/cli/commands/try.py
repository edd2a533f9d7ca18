"""`autograder try`: an author's right and wrong answers against the tests."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli import options
from autograder.errors import UsageError

if TYPE_CHECKING:
    from autograder.authoring.attempts import Attempt
    from autograder.authoring.trying import Tried

_SEEDS = 20


@click.command("try")
@click.argument("assignment")
@click.argument("paths", nargs=-1, metavar="[FILES OR FOLDERS]...", type=click.Path(path_type=Path))
@click.option(
    "--seeds", type=click.IntRange(1, 1000), default=_SEEDS, show_default=True, help="On how many seeds each is tried."
)
@options.workers
@options.sandbox
def command(assignment: str, paths: tuple[Path, ...], seeds: int, workers: int, sandbox: str) -> int:
    """Tries right answers and wrong ones on the tests of ASSIGNMENT, public and hidden.

    Right ones must earn full marks on every seed, wrong ones must lose some in the question that they belong to, and
    where a file says what is wrong with it, that cause must be told. What is right lies in a folder `rewrites`, what
    is wrong in a folder `mistakes`, or it names its question: a line `question: 13.1` in its docstring, and below it
    perhaps `cause: missing-mean`. Tables hold many of either. What a file does not define is the solution's. Without
    files, those folders of the assignment itself are taken. The solution is tried as well.

    Exit status 1 when something is not as it should be.

    \b
    Example: autograder try 13_k_means
             autograder try 13_k_means rewrites/ mistakes/ --seeds 20
             autograder try 13 my_idea.py
    """
    from autograder.assignment.definition import find_assignment
    from autograder.authoring.attempts import RIGHT, WRONG, attempts_in
    from autograder.authoring.trying import Trying, seeds_of, tried
    from autograder.cli.banks import bank_of
    from autograder.cli.console import announce_sandbox, console
    from autograder.cli.progress import progress
    from autograder.cli.tried_table import print_tried
    from autograder.isolation.host.choice import new_template
    from autograder.isolation.host.probe import report_of
    from autograder.isolation.settings import SandboxPolicy

    found = find_assignment(assignment)
    if not found.solution.is_file():
        raise UsageError(f"{found.folder} has no solution.py, which answers are compared with")
    own = [path for name in (RIGHT, WRONG) if (path := found.folder / name).is_dir()]
    if not paths and not own:
        raise UsageError(f"{found.folder} has no folder {RIGHT} and no folder {WRONG}; name files or folders to try")
    attempts = attempts_in(found, paths or own)
    done: dict[Attempt, Tried] = {}
    stopped = False
    with closing(new_template(found.framework, warm=True)) as template:
        policy = SandboxPolicy.named(sandbox)
        announce_sandbox(report_of(template, policy), policy)
        try:
            bank_of(found, template, options.DEFAULT_SEED, workers)
            job = Trying(found, seeds_of(seeds), policy)
            with progress(len(attempts), "trying") as advance:
                for one in tried(job, attempts, template, workers):
                    done[one.attempt] = one
                    advance()
        except KeyboardInterrupt:
            stopped = True
    results = [done[one] for one in attempts if one in done]
    print_tried(results, seeds)
    if stopped:
        console().print(f"stopped after {len(results)} of {len(attempts)}", soft_wrap=True)
        return 130
    return 0 if all(one.is_as_expected for one in results) else 1
