"""The archive that Gradescope takes as an autograder: this program, one assignment, and two scripts.

Reference: https://gradescope-autograders.readthedocs.io/en/latest/specs/: `setup.sh` and `run_autograder` lie at the
top of the archive.
"""

from __future__ import annotations

import configparser
import importlib.metadata
import json
from collections.abc import Iterator
from pathlib import Path

import autograder
import tfkit
from autograder.assignment.definition import Assignment
from autograder.authoring.kit import demand_built
from autograder.defaults import DEFAULT_SEED
from autograder.explain.mutation.kept import only_in_cache
from autograder.files import zipped
from tfkit.data import data_folder

_SCRIPTS = ("setup.sh", "run_autograder")
_DISTRIBUTION = "tfkit-autograder"
# of an assignment: what is graded with, and no more
_FILES = ("assignment.toml", "solution.py", "starter.py", "hints.toml")
_FOLDERS = ("tests", "rewrites", "expected", "data")


def gradescope_archive(assignment: Assignment, hidden: str, has_leaderboard: bool = False) -> bytes:
    """The archive, the same bytes for the same files.

    Args:
        assignment: The assignment.
        hidden: When students see hidden tests, in Gradescope's words.
        has_leaderboard: Whether marks are shown on the assignment's leaderboard.

    Raises:
        UsageError: When the assignment is a student's copy, or is not built.
    """
    demand_built(assignment)
    settings = {"assignment": assignment.name, "hidden": hidden, "leaderboard": has_leaderboard}
    files = {name: (Path(__file__).parent / name).read_bytes() for name in _SCRIPTS}
    files["settings.json"] = (json.dumps(settings) + "\n").encode()
    files["requirements.txt"] = ("\n".join(_requirements()) + "\n").encode()
    for package in (autograder, tfkit):
        root = Path(str(package.__file__)).parent
        files |= {f"package/{root.name}/{place}": path.read_bytes() for place, path in _below(root)}
    files |= {f"package/datasets/{name}": path.read_bytes() for name, path in _data(assignment)}
    folder, above = assignment.folder, assignment.folder.parent
    own = [folder / name for name in _FILES if (folder / name).is_file()]
    own += [path for name in _FOLDERS for _, path in _below(folder / name)]
    own += [path for _, path in _below(above / "common")]
    files |= {f"assignments/{path.relative_to(above).as_posix()}": path.read_bytes() for path in own}
    # an empty folder has no entry in an archive
    files["cache/README"] = b"what is known of wrong answers\n"
    bank = only_in_cache(assignment, DEFAULT_SEED)
    if bank is not None:
        files[f"cache/{bank.name}"] = bank.read_bytes()
    return zipped(files, 0.0, _SCRIPTS)


def _below(root: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(root.rglob("*")):
        place = path.relative_to(root)
        is_rubbish = "__pycache__" in place.parts or any(part.startswith(".") for part in place.parts)
        if path.is_file() and not is_rubbish:
            yield place.as_posix(), path


def _data(assignment: Assignment) -> Iterator[tuple[str, Path]]:
    """The list of the data sets, which the program looks for, and what this assignment declares of them."""
    folder = data_folder()
    yield "index.toml", folder / "index.toml"
    for path in map(Path, assignment.data):
        if path.parent == folder:
            yield path.name, path


def _requirements() -> list[str]:
    """What the program needs, as its own settings say it, or those of the installed distribution."""
    settings = Path(str(autograder.__file__)).parents[1] / "setup.cfg"
    if settings.is_file():
        parser = configparser.ConfigParser()
        parser.read(settings, encoding="utf-8")
        return [line for line in parser["options"]["install_requires"].splitlines() if line.strip()]
    required = importlib.metadata.requires(_DISTRIBUTION) or []
    return [one for one in required if "extra ==" not in one]
