"""The kit that students get: all that an assignment needs to be done and checked, and nothing that answers it."""

from __future__ import annotations

from pathlib import Path

from autograder.assignment.definition import KIT, SETTINGS, Assignment
from autograder.assignment.kit import record_of
from autograder.authoring.build import stale_files, stale_travelling, starters
from autograder.authoring.lint.handout import HANDOUT
from autograder.errors import UsageError
from autograder.files import zipped
from autograder.handin.names import NOTEBOOK, SCRIPT

_INSIDE = "/assignments/"
_PICTURES = (".png", ".svg", ".jpg", ".gif")


def files_of_kit(assignment: Assignment) -> dict[str, Path]:
    """The files of a kit by their path in it: on top what to read and to write into, in `assignments` what checks it.

    Named one by one, so that what somebody puts beside an assignment is not given away.

    Raises:
        UsageError: When something that `build` makes is missing, or belongs to another solution, or there is no
            hand-out.
    """
    demand_built(assignment)
    folder, name = assignment.folder, assignment.name
    if not (folder / HANDOUT).is_file():
        raise UsageError(f"{folder} has no {HANDOUT}, the hand-out that students read first; write one")
    on_top = [path for path in sorted(folder.iterdir()) if path.name == HANDOUT or path.suffix in _PICTURES]
    stem = Path(assignment.submission).stem
    to_write = {stem + ending: assignment.starter(ending) for ending in (SCRIPT, NOTEBOOK)}
    tests = [*assignment.tests(hidden=False), *filter(None, [assignment.problems])]
    inside = [folder / SETTINGS, *to_write.values(), *tests]
    inside += [assignment.expected, assignment.travelling_bank, assignment.travelling_steps]
    inside += [path for path in (folder / "hints.toml",) if path.is_file()]
    inside += sorted(path for path in (folder / "data").glob("*") if path.is_file())
    root = folder.parent
    paths = {path.name: path for path in on_top} | to_write
    paths |= {f"assignments/{path.relative_to(root).as_posix()}": path for path in (*inside, *assignment.shared(tests))}
    return {f"{name}/{place}": path for place, path in paths.items()}


def with_record(files: dict[str, Path]) -> dict[str, bytes]:
    """The contents of a kit's files, and `kit.json`, by which a kit that was changed is known."""
    contents = {place: path.read_bytes() for place, path in files.items()}
    folder = next(place for place in files if place.endswith(f"/{SETTINGS}")).removesuffix(SETTINGS)
    root = folder[: folder.index(_INSIDE) + len(_INSIDE)]
    checking = {place.removeprefix(root): data for place, data in contents.items() if place.startswith(root)}
    return contents | {folder + KIT: record_of(checking)}


def packed(files: dict[str, Path]) -> bytes:
    """A kit as a zip archive, the same bytes for the same files: all are as old as the newest of them."""
    return zipped(with_record(files), max(path.stat().st_mtime for path in files.values()))


def demand_built(assignment: Assignment) -> None:
    """Refuses to give away what would check another solution's answers, or the starter of one."""
    if not assignment.solution.is_file():
        raise UsageError(f"{assignment.folder} has no solution.py: this is a student's copy; release from the author's")
    old = [path.name for path in stale_files(starters(assignment))]
    old += [assignment.expected.name] if not assignment.expected.is_file() else []
    old += sorted(path.name for path in stale_travelling(assignment))
    if old:
        raise UsageError(f"{assignment.name} is not built ({', '.join(old)}); run `autograder build {assignment.name}`")
