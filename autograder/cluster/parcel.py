"""An assignment on its way to other machines: its files as one archive, known by a hash of what they hold."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

from autograder.assignment.definition import SETTINGS, Assignment
from autograder.errors import UsageError
from autograder.explain.mutation.kept import only_in_cache
from autograder.files import zipped
from autograder.fingerprint import fingerprint

# what grading reads of an assignment's folder, besides its settings and its solution
_FOLDERS = ("tests", "rewrites", "expected", "data")
_ASSIGNMENTS, _CACHE = "assignments", "cache"


@dataclass(frozen=True)
class Parcel:
    """All that grading an assignment needs.

    Attributes:
        name: The assignment's name.
        fingerprint: That of the assignment where the parcel was made.
        archive: The files, as a zip archive.
    """

    name: str
    fingerprint: str
    archive: bytes

    @classmethod
    def of(cls, assignment: Assignment, seed: int) -> Parcel:
        """Packs an assignment, and its whole bank of wrong answers for a seed, where it is kept here."""
        folder = assignment.folder
        paths = [folder / SETTINGS, assignment.solution, assignment.starter()]
        paths += [path for name in _FOLDERS for path in sorted((folder / name).rglob("*"))]
        paths += [*assignment.operator_files, *sorted((folder.parent / "common").glob("*.py"))]
        files = {
            f"{_ASSIGNMENTS}/{path.relative_to(folder.parent).as_posix()}": path.read_bytes()
            for path in dict.fromkeys(paths)
            if path.is_file() and "__pycache__" not in path.parts
        }
        bank = only_in_cache(assignment, seed)
        if bank is not None:
            files[f"{_CACHE}/{bank.name}"] = bank.read_bytes()
        return cls(assignment.name, assignment.fingerprint, zipped(files, 0.0))

    @property
    def hash(self) -> str:
        """What the same contents have in common."""
        return fingerprint(self.name, self.archive)

    def unpacked(self, folder: Path) -> tuple[Assignment, Path]:
        """Unpacks it; gives the assignment, and the folder of its bank.

        Raises:
            UsageError: When the program here reads another assignment in the same files.
        """
        with zipfile.ZipFile(io.BytesIO(self.archive)) as archive:
            archive.extractall(folder)
        cache = folder / _CACHE
        cache.mkdir(exist_ok=True)
        assignment = Assignment.load(folder / _ASSIGNMENTS / self.name)
        if assignment.fingerprint != self.fingerprint:
            raise UsageError(f"another version of autograder reads {self.name} there; install the same on all machines")
        return assignment, cache
