"""Looking at the tests before any of them runs: what is collected, and whether it fits the solution."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from autograder.assignment.definition import PUBLIC_TESTS, Assignment
from autograder.authoring.lint.findings import Findings
from autograder.authoring.lint.solution import Outline
from autograder.authoring.lint.watching import Place, Watcher
from autograder.engine.runs import Test
from autograder.words.marking import points as points_of

HIDDEN_TESTS = "test_hidden.py"
# what pytest makes of the tests, problems.py and operators.py, and what Python makes of them
_READ = (PUBLIC_TESTS, HIDDEN_TESTS, "problems.py", "operators.py")


def look_at_files(assignment: Assignment, findings: Findings) -> bool:
    """Files that are missing or that nobody reads, tests that pytest does not see; whether all of them are text."""
    folder = assignment.folder / "tests"
    if not (folder / PUBLIC_TESTS).is_file():
        findings.wrong(folder, f"there are no public tests; expected {folder / PUBLIC_TESTS}")
    if not (folder / HIDDEN_TESTS).is_file():
        findings.warn(folder, f"there are no hidden tests; students have all that is asked. Expected {HIDDEN_TESTS}")
    for path in sorted(folder.glob("*.py")):
        if path.name not in _READ:
            findings.warn(path, f"nobody reads this file; tests stand in {PUBLIC_TESTS} and {HIDDEN_TESTS}")
    found = [folder / name for name in (PUBLIC_TESTS, HIDDEN_TESTS) if (folder / name).is_file()]
    return all([_look_at_functions(path, findings) for path in found])


def _look_at_functions(path: Path, findings: Findings) -> bool:
    """Two of one name, of which pytest sees the last, and questions that are no tests for it."""
    try:
        tree = ast.parse(path.read_text("utf-8"))
    except UnicodeDecodeError as error:
        findings.wrong(path, f"expected UTF-8, received another encoding ({error}); save it as UTF-8")
        return False
    except (SyntaxError, ValueError):
        return True  # told when it is collected
    seen: dict[str, int] = {}
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        place = f"{path}:{node.lineno}"
        is_question = any(_is_question(one) for one in node.decorator_list)
        if node.name in seen:
            findings.wrong(
                place, f"{node.name} is defined on line {seen[node.name]} already, and only this one is run; rename one"
            )
        elif is_question and not node.name.startswith("test"):
            findings.wrong(place, f"{node.name} is never run: pytest takes names that begin with test_; rename it")
        seen[node.name] = node.lineno
    return True


def _is_question(decorator: ast.expr) -> bool:
    name = decorator.func if isinstance(decorator, ast.Call) else decorator
    return (getattr(name, "id", "") or getattr(name, "attr", "")) == "question"


def look_at_questions(
    assignment: Assignment, tests: list[Test], watcher: Watcher, outline: Outline, findings: Findings
) -> None:
    """Whether tests, answers and headings speak of the same questions."""
    asked, tested = outline.asked, dict.fromkeys(test.question.id for test in tests)
    for test in tests:
        place, id = watcher.places[test.name], test.question.id
        if id not in asked:
            told = f"it has answers to {', '.join(asked)}" if asked else "it has no # BEGIN SOLUTION 03.4 at all"
            findings.wrong(place.decorator, f"solution.py has no answer to {id}; {told}")
        for other in test.question.after:
            if other not in tested:
                findings.wrong(
                    place.decorator,
                    f"after = {other!r} is no question here; there are {', '.join(tested)}",
                )
    for ids, place in _circles(tests, watcher):
        findings.wrong(place.decorator, f"{' and '.join(ids)} wait for one another; take one `after` away")
    for id in asked:
        if id not in tested:
            findings.wrong(
                f"{assignment.solution}:{outline.line_of(id)}",
                f"no test asks for {id}; there are tests of {', '.join(tested)}",
            )
        elif not findings.mistakes and all(test.is_hidden for test in tests if test.question.id == id):
            findings.warn(f"{assignment.solution}:{outline.line_of(id)}", f"{id} has no public test")
    if any(not test.is_hidden for test in tests):
        _look_at_hidden(tests, watcher, findings)
    if not findings.mistakes:  # points of a test that was not found are missing, and told already
        _look_at_headings(assignment, tests, outline, findings)


def _circles(tests: list[Test], watcher: Watcher) -> Iterator[tuple[list[str], Place]]:
    """Questions that wait for one another, with the first test that does; a further test may wait for its own."""
    waits: dict[str, set[str]] = {}
    for test in tests:
        waits.setdefault(test.question.id, set()).update(set(test.question.after) - {test.question.id})
    told: set[str] = set()
    for id in waits:
        ring = {other for other in _reached(waits, id) if id in _reached(waits, other)}
        if id in ring and id not in told:
            told |= ring
            first = next(test for test in tests if test.question.id in ring and set(test.question.after) & ring)
            yield sorted(ring), watcher.places[first.name]


def _reached(waits: dict[str, set[str]], id: str) -> set[str]:
    """What a question waits for, through others."""
    reached: set[str] = set()
    waiting = [*waits.get(id, ())]
    while waiting:
        one = waiting.pop()
        if one not in reached:
            reached.add(one)
            waiting += waits.get(one, ())
    return reached


def _look_at_hidden(tests: list[Test], watcher: Watcher, findings: Findings) -> None:
    for id in dict.fromkeys(test.question.id for test in tests):
        points = [sum(test.question.points for test in tests if _is(test, id, hidden)) for hidden in (False, True)]
        if points[0] and points[1] > points[0]:
            place = next(watcher.places[test.name] for test in tests if _is(test, id, True))
            findings.warn(
                place.decorator,
                f"the hidden tests of {id} are worth {points_of(points[1])}, and its public ones {points[0]:g}; they "
                "should be worth less",
            )
    if not any(test.is_hidden for test in tests) and any("test_hidden" in path for path in watcher.files):
        path = next(path for path in watcher.files if "test_hidden" in path)
        findings.warn(path, "there are no hidden tests in this file; students have all that is asked")


def _is(test: Test, id: str, hidden: bool) -> bool:
    return test.question.id == id and test.is_hidden == hidden


def _look_at_headings(assignment: Assignment, tests: list[Test], outline: Outline, findings: Findings) -> None:
    """The points that students read, and those that tests give."""
    asked = outline.asked
    for id, (line, points) in outline.headings.items():
        given = sum(test.question.points for test in tests if test.question.id == id)
        place = f"{assignment.solution}:{line}"
        if id not in asked and not given:
            findings.wrong(place, f"there is no question {id}; there are {', '.join(asked)}")
        elif points is not None and given and abs(points - given) > 1e-9:
            findings.wrong(place, f"the heading of {id} says {points_of(points)}, and its tests give {given:g}")
    if outline.headings:
        for id in asked:
            if id not in outline.headings:
                findings.wrong(
                    f"{assignment.solution}:{outline.line_of(id)}",
                    f"{id} has no heading; expected `# ## {id} · A name (2 points)` in a text cell above it",
                )
