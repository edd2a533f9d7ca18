"""Looking at `problems.py`: sizes, the words for them, and inputs that are drawn anew each time."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from autograder.assignment.definition import Assignment
from autograder.assignment.fixtures import Fixture, Sizes, course_module, fields_of, fixture_of
from autograder.authoring.lint.findings import Findings
from autograder.defaults import DEFAULT_SEED
from autograder.errors import UsageError, did_you_mean
from autograder.fingerprint import derived_seed
from autograder.wire import FrameError, encode


def look_at_inputs(assignment: Assignment, findings: Findings) -> None:
    """The class of inputs, where there is one."""
    path = assignment.problems
    if path is None:
        return
    try:
        kind = fixture_of(assignment)
    except UsageError as error:
        findings.mistakes.append(str(error))
        return
    assert kind is not None
    before = len(findings.mistakes)
    _look_at_others(path, kind, findings)
    _look_at_sizes(path, kind, findings)
    if len(findings.mistakes) == before:
        for name in _drawn_anew(kind, assignment.framework):
            findings.wrong(
                place_in(path, kind, name),
                f"{name} is another one each time it is asked for; draw it from self.rng({name!r}), which has a seed",
            )


def _look_at_others(path: Path, kind: type[Fixture], findings: Findings) -> None:
    """Further classes in the file, of which tests get nothing."""
    found = [one for one in vars(course_module(path)).values() if isinstance(one, type) and issubclass(one, Fixture)]
    for one in found:
        if one.__module__ == kind.__module__ and not issubclass(kind, one):
            findings.warn(
                place_in(path, one),
                f"tests get {kind.__name__}, the last class of this file, and nothing of {one.__name__}",
            )


def _look_at_sizes(path: Path, kind: type[Fixture], findings: Findings) -> None:
    """Whether sizes are sizes, alike, and tell mistakes apart."""
    place = place_in(path, kind, "sizes")
    sizes = [*_sound(kind.sizes, place, findings), *_sound(kind.edges, place_in(path, kind, "edges"), findings)]
    names = dict.fromkeys(kind.sizes[0]) if isinstance(kind.sizes[0], Sizes) else {}
    for one in sizes:
        # a class may have a size of its own that only some name, such as `other = 0`
        other = [name for name in one if name not in names and not hasattr(kind, name)]
        missing = [name for name in names if name not in one]
        if other or missing:
            hint = f"; did you mean {missing[0]}?" if other and missing else ""
            findings.wrong(place, f"{one} has other sizes than {kind.sizes[0]}: {', '.join(other or missing)}{hint}")
    for name in kind.words:
        if names and name not in names:
            hint = did_you_mean(name, names, "its sizes are")
            findings.wrong(place_in(path, kind, "words"), f"words speak of {name}, which is no size; {hint}")
    if len(kind.sizes) == 1:
        findings.warn(
            place, f"there is one size, {kind.sizes[0]}; with two, a cause such as a missing mean can be proven"
        )
    for one in (one for one in kind.sizes if isinstance(one, Sizes)):
        # what counts something stands in `words`; other sizes are numbers of some kind, such as a seed
        counts = {name: size for name, size in one.items() if name in (kind.words or one)}
        for size in dict.fromkeys(counts.values()):
            equal = [name for name in counts if counts[name] == size]
            if len(equal) > 1:
                findings.warn(
                    place,
                    f"{' and '.join(equal)} are {size} alike in {one}, where a wrong axis can be right; take different "
                    "primes",
                )


def _sound(sizes: Sequence[Any], place: str, findings: Findings) -> Iterator[Mapping[str, int]]:
    for one in sizes:
        if not isinstance(one, Sizes):
            findings.wrong(place, f"expected Sizes, such as Sizes(N=7), received {one!r}")
            continue
        for name, size in one.items():
            if type(size) is not int or size < 0:
                findings.wrong(place, f"expected {name} to be a whole number, 0 or more, received {size!r}")
        yield one


def _drawn_anew(kind: type[Fixture], framework: str) -> list[str]:
    """Inputs that differ from one problem to the next of the same seed; those that raise are told when a test asks."""
    return [name for name in fields_of(kind) if _value(kind, name, framework) != _value(kind, name, framework)]


def _value(kind: type[Fixture], name: str, framework: str) -> bytes:
    try:
        return encode(getattr(kind(kind.sizes[0], derived_seed(DEFAULT_SEED, "twice"), framework), name))
    except Exception:
        return b""


def unsendable(assignment: Assignment) -> dict[str, str]:
    """Inputs that cannot be handed to a submission, such as a function, and where they stand."""
    kind = fixture_of(assignment)
    if kind is None or assignment.problems is None:
        return {}
    problem = kind(kind.sizes[0], DEFAULT_SEED, assignment.framework)
    found = {}
    for name in fields_of(kind):
        try:
            encode(getattr(problem, name))
        except FrameError:
            found[name] = place_in(assignment.problems, kind, name)
        except Exception:
            continue
    return found


def place_in(path: Path, kind: type[Fixture], name: str = "") -> str:
    """The file and the line of something in a class, or of the class.

    Args:
        path: The file of problems; a class may come from another one, such as `common/two_layer.py`.
        kind: The class.
        name: What is looked for in it, and in the classes that it derives from.
    """
    for one in (one for one in kind.__mro__ if issubclass(one, Fixture) and one is not Fixture):
        file = _file_of(one) or path
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef) and node.name == one.__name__:
                if not name:
                    return f"{file}:{node.lineno}"
                for inner in (inner for inner in node.body if name in _names(inner)):
                    return f"{file}:{_line(inner)}"
    return place_in(path, kind) if name else str(path)


def _file_of(kind: type[Fixture]) -> Path | None:
    """The file that a class was read from, by the code of one of its inputs; None of a class without any."""
    codes = [
        field.func.__code__ for field in fields_of(kind).values() if field.func.__qualname__.startswith(kind.__name__)
    ]
    return Path(codes[0].co_filename) if codes else None


def _names(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return [one.id for one in targets if isinstance(one, ast.Name)]


def _line(node: ast.stmt) -> int:
    """The line of what a function does first, after what it says of itself; of anything else, its own."""
    if not isinstance(node, ast.FunctionDef):
        return node.lineno
    is_text = isinstance(node.body[0], ast.Expr) and isinstance(node.body[0].value, ast.Constant)
    return node.body[is_text and len(node.body) > 1].lineno
