"""An assignment's folder: its settings, its tests, and how it is found by name."""

from __future__ import annotations

import difflib
import os
import sys
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from autograder.defaults import HELP_LEVELS
from autograder.errors import UsageError
from autograder.fingerprint import fingerprint_of_files
from autograder.isolation.frameworks import FRAMEWORKS
from autograder.isolation.settings import Limits
from tfkit.data import data_folder

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

PUBLIC_TESTS = "test_public.py"
_KEYS = {
    "title": str,
    "framework": str,
    "submission": str,
    "seconds_per_question": (int, float),
    "seconds_per_submission": (int, float),
    "memory_mb": int,
    "scratch_mb": int,
    "answer_mb": int,
    "data": list,
    "without": list,
    "due": datetime,
    "late": dict,
    "help": str,
    "help_limit": str,
    "lectures": dict,
    "accepted": dict,
    "unrehearsed": list,
    "operators": list,
}


@dataclass(frozen=True)
class Assignment:
    """One folder of `assignments/`.

    Attributes:
        folder: The folder.
        title: Title for people.
        framework: `numpy` or `tensorflow`: which template its submissions run in.
        submission: File name that students hand in, such as `04_tape_net.py`.
        limits: Time, memory and files of a submission.
        data: Files that submissions may read, as paths.
        without: Modules that submissions cannot import: what they are asked to write.
        due: When submissions are due, or None.
        late: The late policy: `per_day_percent` and `max_days`.
        help: How much a diagnosis says: `where`, `kind`, `value` or `lecture`, each more than the one before.
        help_limit: The most that a student gets on request.
        lectures: Where each question is taught, by its id.
        accepted: What an audit lets pass, such as `init_params: order`, and why.
        unrehearsed: Questions whose tests take too long to be tried on mistakes made in the solution.
        operators: Files with mistakes that this assignment invites, besides the general ones, such as
            `common/two_layer_mistakes.py`; from the folder that the assignment's folder is in.
    """

    folder: Path
    title: str
    framework: str
    submission: str
    limits: Limits = field(default_factory=Limits)
    data: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    due: datetime | None = None
    late: dict[str, int] = field(default_factory=dict)
    help: str = "kind"
    help_limit: str = "lecture"
    lectures: dict[str, str] = field(default_factory=dict)
    accepted: dict[str, str] = field(default_factory=dict)
    unrehearsed: tuple[str, ...] = ()
    operators: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The folder's name, such as `04_tape_net`."""
        return self.folder.name

    @property
    def solution(self) -> Path:
        """The reference solution; absent from a student's copy."""
        return self.folder / "solution.py"

    @property
    def expected(self) -> Path:
        """Recorded reference values of the public tests."""
        return self.folder / "expected" / "public.json"

    def tests(self, hidden: bool) -> list[Path]:
        """The test files: the public one and, for grading, the hidden one."""
        names = [PUBLIC_TESTS, "test_hidden.py"] if hidden else [PUBLIC_TESTS]
        found = [self.folder / "tests" / name for name in names if (self.folder / "tests" / name).is_file()]
        if not found:
            raise UsageError(f"{self.name} has no tests: expected {self.folder / 'tests' / PUBLIC_TESTS}")
        return found

    @property
    def problems(self) -> Path | None:
        """The file that declares the inputs of the tests, or None."""
        path = self.folder / "tests" / "problems.py"
        return path if path.is_file() else None

    @property
    def operator_files(self) -> list[Path]:
        """The files of mistakes that the assignment invites: those declared, and `operators.py` beside the tests."""
        beside = self.folder / "tests" / "operators.py"
        return [*(self.folder.parent / name for name in self.operators), *([beside] if beside.is_file() else [])]

    @cached_property
    def fingerprint(self) -> str:
        """A hash of everything that a grade depends on besides the submission."""
        shared = sorted((self.folder.parent / "common").glob("*.py"))
        own = [self.folder / "assignment.toml", self.solution, *filter(None, [self.problems])]
        operators = [path for path in self.operator_files if path.is_file()]
        return fingerprint_of_files([*own, *self.tests(hidden=True), *operators, *shared])

    @classmethod
    def load(cls, folder: Path) -> Assignment:
        """Reads `assignment.toml`.

        Raises:
            UsageError: When it is missing, is not TOML, or has unknown or wrong entries.
        """
        path = folder / "assignment.toml"
        try:
            record: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise UsageError(f"cannot read {path}: {error}") from None
        for key, value in record.items():
            if key not in _KEYS or not isinstance(value, _KEYS[key]):  # type: ignore[arg-type]
                raise UsageError(f"{path}: {key} = {value!r} is not understood; known are {', '.join(_KEYS)}")
        if record.get("framework") not in FRAMEWORKS:
            raise UsageError(
                f"{path}: expected framework = 'numpy' or 'tensorflow', received {record.get('framework')!r}"
            )
        for key in ("help", "help_limit"):
            if record.get(key, "kind") not in HELP_LEVELS:
                raise UsageError(f"{path}: expected {key} = one of {', '.join(HELP_LEVELS)}, received {record[key]!r}")
        limits = {name: record.pop(name) for name in list(record) if name in Limits.__dataclass_fields__}
        for key in ("without", "unrehearsed", "operators"):
            record[key] = tuple(map(str, record.get(key, [])))
        record["data"] = _data_files(path, record.get("data", []))
        record.setdefault("title", folder.name)
        record.setdefault("submission", f"{folder.name}.py")
        return cls(folder=folder.resolve(), limits=Limits(**limits), **record)


def _data_files(path: Path, names: list[Any]) -> tuple[str, ...]:
    """Paths of the declared data: in the assignment's own folder `data`, or in the kit's `datasets`."""
    folders = [path.parent / "data", data_folder()]
    found = [str(folders[1] / "index.toml")] if names else []
    for name in names:
        places = [folder / str(name) for folder in folders if (folder / str(name)).is_file()]
        if not places or "/" in str(name):
            raise UsageError(f"{path}: data = {name!r} is not a file in {folders[0]} or {folders[1]}")
        found.append(str(places[0]))
    return tuple(found)


def assignment_roots() -> list[Path]:
    """Where assignments are looked for: `$AUTOGRADER_ASSIGNMENTS`, `./assignments`, and beside the package."""
    named = os.environ.get("AUTOGRADER_ASSIGNMENTS")
    roots = [Path(named)] if named else []
    return [*roots, Path.cwd() / "assignments", Path(__file__).parents[2] / "assignments"]


def find_assignment(name: str) -> Assignment:
    """The assignment of that name, number or folder.

    Args:
        name: A folder's path, a name such as `04_tape_net`, or its number, `04` or `4`.

    Raises:
        UsageError: When there is none; the nearest names are offered.
    """
    path = Path(name)
    if (path / "assignment.toml").is_file():
        return Assignment.load(path)
    known: dict[str, Path] = {}
    for root in assignment_roots():
        for folder in sorted(root.glob("*/assignment.toml")) if root.is_dir() else []:
            known.setdefault(folder.parent.name, folder.parent)
    if name in known:
        return Assignment.load(known[name])
    by_number = [folder for known_name, folder in known.items() if name.isdigit() and known_name[:2] == name.zfill(2)]
    if len(by_number) == 1:
        return Assignment.load(by_number[0])
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.4)
    hint = f"did you mean {' or '.join(near)}?" if near else f"known are: {', '.join(known) or 'none'}"
    raise UsageError(f"there is no assignment {name!r}; {hint}")
