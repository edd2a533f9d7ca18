"""The kit that students get: all that an assignment needs to be done and checked, and nothing that answers it."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

from autograder.assignment.definition import SETTINGS, Assignment
from autograder.authoring.build import stale_files, stale_travelling, starters
from autograder.errors import UsageError
from autograder.handin.names import NOTEBOOK, SCRIPT

_HANDOUT = "README.md"
_PICTURES = (".png", ".svg", ".jpg", ".gif")


def files_of_kit(assignment: Assignment) -> dict[str, Path]:
    """The files of a kit by their path in it: on top what to read and to write into, in `assignments` what checks it.

    Named one by one, so that what somebody puts beside an assignment is not given away.

    Raises:
        UsageError: When something that `build` makes is missing, or belongs to another solution.
    """
    demand_built(assignment)
    folder, name = assignment.folder, assignment.name
    on_top = [path for path in sorted(folder.iterdir()) if path.name == _HANDOUT or path.suffix in _PICTURES]
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


def packed(files: dict[str, Path]) -> bytes:
    """Files as a zip archive, the same bytes for the same files: all are as old as the newest of them."""
    written = time.localtime(max(path.stat().st_mtime for path in files.values()))[:6]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, path in sorted(files.items()):
            entry = zipfile.ZipInfo(place, max(written, (1980, 1, 1, 0, 0, 0)))
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def demand_built(assignment: Assignment) -> None:
    """Refuses to give away what would check another solution's answers, or the starter of one."""
    if not assignment.solution.is_file():
        raise UsageError(f"{assignment.folder} has no solution.py: this is a student's copy; release from the author's")
    old = [path.name for path in stale_files(starters(assignment))]
    old += [assignment.expected.name] if not assignment.expected.is_file() else []
    old += sorted(path.name for path in stale_travelling(assignment))
    if old:
        raise UsageError(f"{assignment.name} is not built ({', '.join(old)}); run `autograder build {assignment.name}`")
