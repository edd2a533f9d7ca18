"""Generating an assignment's files from its solution, and proving that the assignment holds together."""

from __future__ import annotations

import re
import tempfile
from contextlib import ExitStack, closing
from dataclasses import asdict
from functools import partial
from pathlib import Path

from autograder.assignment.definition import Assignment
from autograder.authoring.lint.findings import Findings
from autograder.authoring.lint.forbidden import look_at_forbidden
from autograder.authoring.lint.held_out import look_at_held_out
from autograder.authoring.lint.looking import Looked, look_at
from autograder.authoring.lint.runs import Blame
from autograder.authoring.lint.watching import WatchedStore, Watcher
from autograder.authoring.same import is_same
from autograder.authoring.starter import notebook_of, starter_of
from autograder.engine.grader import Grader
from autograder.engine.later import later_of
from autograder.engine.recorded import recorded_text
from autograder.errors import Mistakes, UsageError
from autograder.explain.mutation.kept import is_shipped
from autograder.explain.travelling import file, steps
from autograder.facts.result import Result
from autograder.handin.names import NOTEBOOK, SCRIPT
from autograder.handin.submissions import Submission
from autograder.isolation.host.choice import new_template
from autograder.isolation.host.users import student_user

_NOTHING = "a submission whose functions do nothing"
# a test may work so long at least, whatever a question is given
_LEAST_SECONDS = 3.0
_STUB = re.compile(r'raise NotImplementedError\("\d\d\.\d{1,3}: \w*"\)')


def generated_files(assignment: Assignment, findings: Findings | None = None) -> dict[Path, str]:
    """The text of every generated file of an assignment.

    Args:
        assignment: The assignment.
        findings: What is known to be wrong with it already; what is found besides is added, warnings included.

    Raises:
        Mistakes: All that is wrong with it: first what shows without running anything, then what running shows.
    """
    findings = Findings() if findings is None else findings
    watcher = Watcher(max(_LEAST_SECONDS, assignment.limits.seconds_per_question))
    looked = look_at(assignment, watcher, findings)
    if findings.mistakes or looked is None:
        raise Mistakes(dict.fromkeys(findings.mistakes))
    files = starters(assignment)
    recorded = _recorded(assignment, files[assignment.starter()], looked, watcher, findings)
    if findings.mistakes:
        raise Mistakes(dict.fromkeys(findings.mistakes))
    return files | {assignment.expected: recorded}


def starters(assignment: Assignment) -> dict[Path, str]:
    """The text of the starter, as a script and as a notebook."""
    script = starter_of(assignment.solution.read_text("utf-8"), str(assignment.solution))
    return {assignment.starter(SCRIPT): script, assignment.starter(NOTEBOOK): notebook_of(script)}


def _recorded(assignment: Assignment, starter: str, looked: Looked, watcher: Watcher, findings: Findings) -> str:
    """Runs all tests on solution and starter, then records the reference values that the public tests used."""
    blame = Blame(assignment, looked.outline, watcher, findings)
    tests = looked.suite.tests
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        template = stack.enter_context(closing(new_template(assignment.framework)))
        versions, spawner = template.versions, template.control()
        if spawner is not template:
            stack.enter_context(closing(spawner))
        look_at_forbidden(tests, watcher, spawner, findings)
        if findings.mistakes:
            return ""
        # computed anew, not read from the file that is about to be replaced
        store = WatchedStore(assignment, spawner, watcher)
        user = student_user()
        grader = Grader(assignment, spawner, user=user, versions=versions, store=store, suite=looked.suite)
        stack.enter_context(closing(grader))
        run = partial(_run, grader, watcher, Path(folder))
        solution, nothing = assignment.solution.read_text("utf-8"), _STUB.sub("pass", starter)
        solved = run("solution", solution)
        on_solution = watcher.seen
        if not blame.endless(tests):
            changes = False
            if blame.can_be_run_again(tests):
                again = run("solution", solution)
                changes = blame.changes(tests, on_solution)
                blame.draws_at_random(tests, on_solution)
            if not changes:
                blame.solved(tests, on_solution)
        if not findings.mistakes:
            _demand(solved.is_perfect and again.is_perfect, f"the solution of {assignment.name} loses points", solved)
        for what, text in (("the starter", starter), (_NOTHING, nothing)):
            if not findings.mistakes:
                untouched = run("starter", text)
                blame.untouched(tests, what, on_solution)
            if not findings.mistakes:
                _demand(untouched.score == 0, f"the starter of {assignment.name} earns points", untouched)
        # what this asks the reference beyond the others is asked by no student's copy
        public = set(watcher.public)
        if not findings.mistakes and any(set(test.question.after) - {test.question.id} for test in tests):
            looked.suite.waits_for_others = False  # a test that waits for another question has not been reached yet
            run("starter", nothing)
            blame.untouched(tests, _NOTHING, on_solution)
        look_at_held_out(assignment, watcher, findings)
        blame.finite(store.used, public)
        used = {key: value for key, value in store.used.items() if key in public}
    if findings.mistakes:
        return ""
    return recorded_text(assignment, used, list(map(asdict, later_of(tests))))


def _run(grader: Grader, watcher: Watcher, folder: Path, name: str, text: str) -> Result:
    """Grades a text while the watcher looks on."""
    watcher.begin()
    path = folder / f"{name}.py"
    path.write_text(text, "utf-8")
    return grader.grade(Submission(name, path)).result


def _demand(condition: bool, message: str, result: Result) -> None:
    if not condition:
        rows = "; ".join(f"{row.id} {row.points:g}/{row.max_points:g} {row.message}" for row in result.questions)
        raise UsageError(f"{message}: {result.message} {rows}")


def stale_travelling(assignment: Assignment) -> list[Path]:
    """Of the files that travel with a student's copy, those that belong to other tests, values or another solution."""
    kinds = {assignment.travelling_steps: steps, assignment.travelling_bank: file}
    return [path for path, kind in kinds.items() if not kind.is_up_to_date(assignment)]


def stale_learned(assignment: Assignment) -> list[Path]:
    """The same, and the whole bank, which stays with the solution."""
    return stale_travelling(assignment) + ([] if is_shipped(assignment) else [assignment.whole_bank])


def stale_files(files: dict[Path, str]) -> list[Path]:
    """Those whose text on disk is another; recorded numbers may differ as those of processors do."""
    return [
        path
        for path, text in files.items()
        if not (path.is_file() and is_same(path.read_text("utf-8", errors="replace"), text))
    ]
