"""Looking at what settings, hints and operators say of the questions and functions of an assignment."""

from __future__ import annotations

import difflib
import importlib.util
from collections.abc import Callable, Collection
from pathlib import Path

from autograder.assignment.definition import SETTINGS, Assignment, known_folders
from autograder.assignment.hints import HINTS, read_hints
from autograder.assignment.toml import place_of
from autograder.authoring.lint.findings import Findings
from autograder.defaults import HELP_LEVELS
from autograder.errors import UsageError, did_you_mean
from autograder.explain.mutation.extra import Extra
from autograder.explain.mutation.mutants import is_made
from autograder.facts.kinds import CODES
from autograder.isolation.frameworks import AUTODIFF


def look_at_settings(
    assignment: Assignment, questions: Collection[str], functions: Collection[str], findings: Findings
) -> None:
    """Whether what settings name is there.

    Args:
        assignment: The assignment.
        questions: Ids of its questions.
        functions: Names of its functions and classes.
        findings: Where it is noted.
    """
    path = assignment.folder / SETTINGS
    text = path.read_text("utf-8", errors="replace")

    def wrong(key: str, told: str) -> None:
        findings.wrong(place_of(path, text, key), told)

    def warn(key: str, told: str) -> None:
        findings.warn(place_of(path, text, key), told)

    if "title" not in {line.split("=")[0].strip() for line in text.splitlines()}:
        findings.warn(path, f"there is no title; people read {assignment.title} in its place")
    tables = {"lectures": assignment.lectures, "unrehearsed": assignment.unrehearsed, "carry": assignment.carry}
    for table, ids in tables.items():
        for id in ids:
            if id not in questions and not (table == "carry" and id == "others"):
                key = id if table == "lectures" else table
                wrong(key, f"{table} names {id}, which is no question; there are {', '.join(questions)}")
    for name in assignment.accepted:
        function, _, code = name.partition(": ")
        if not code:
            wrong(name, f"expected a function and a kind of mistake, such as 'line: sign', received {name!r}")
        elif function.split(".")[0] not in functions:
            wrong(name, f"[accepted] names {function}, which solution.py has not; {did_you_mean(function, functions)}")
        elif code not in CODES:
            wrong(name, f"[accepted] names {code}, which is no kind of mistake; {did_you_mean(code, CODES)}")
    _look_at_course(assignment, wrong, warn)
    for module in assignment.without:
        root = module.partition(".")[0]
        if not module.startswith("tfkit.") and not _exists(root):
            wrong("without", f"without names {module}, and there is no module {root} here; correct its name")
    levels = list(HELP_LEVELS)
    if levels.index(assignment.help) > levels.index(assignment.help_limit):
        wrong("help", f"help = {assignment.help!r} says more than help_limit = {assignment.help_limit!r} allows")


def _look_at_course(
    assignment: Assignment, wrong: Callable[[str, str], None], warn: Callable[[str, str], None]
) -> None:
    """The assignments that this one builds on; one that is not here may be of another course."""
    beside = {path.parent.name for path in assignment.folder.parent.glob(f"*/{SETTINGS}")}
    known = [*dict.fromkeys([*beside, *known_folders()])]
    for name in assignment.course.builds_on:
        if name == assignment.name:
            wrong("builds_on", f"{name} builds on itself; name others")
        elif near := [one for one in difflib.get_close_matches(name, known, n=1, cutoff=0.8) if name not in known]:
            wrong("builds_on", f"there is no assignment {name}; did you mean {near[0]}?")
        elif name not in known:
            warn("builds_on", f"there is no assignment {name} here; there are {', '.join(known)}")


def look_at_hints(assignment: Assignment, questions: Collection[str], findings: Findings) -> None:
    """Hints of questions that there are not, and questions without hints."""
    path = assignment.folder / HINTS
    if not path.is_file():
        findings.warn(path, "there is no such file; a student who asks for a hint gets none")
    try:
        hints = read_hints(path, tuple(questions))
    except UsageError as error:
        findings.mistakes += getattr(error, "lines", [str(error)])
        return
    if hints:
        for id in questions:
            if id not in hints:
                findings.warn(path, f"there are no hints for {id}; a student who asks for one gets none")


def look_at_operators(assignment: Assignment, solution: str, findings: Findings) -> None:
    """Files of mistakes that cannot be used, and patterns beside the tests that nothing of the solution fits.

    Args:
        assignment: The assignment.
        solution: The text of its solution; "" where it cannot be read.
        findings: Where it is noted.
    """
    extra = Extra(assignment)
    findings.mistakes += extra.complaints
    for operator in extra.operators if solution else ():
        path = extra.file_of(operator)
        # files of `common` hold mistakes of several assignments
        if path.parent == assignment.folder / "tests" and operator.is_plain and not is_made(operator, solution):
            findings.warn(
                f"{path}:{_line_of(path, operator.before)}",
                f"no answer in solution.py has anything like `{operator.before}`; this mistake is made nowhere",
            )


def _line_of(path: Path, text: str) -> int:
    """The line on which a text stands, or the first."""
    lines = enumerate(path.read_text("utf-8").splitlines(), 1)
    return next((number for number, line in lines if text in line), 1)


def _exists(module: str) -> bool:
    return module in AUTODIFF or importlib.util.find_spec(module) is not None
