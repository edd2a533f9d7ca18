"""Values of the reference solution that stay on this machine from run to run.

A class that is graded on asks for what it asked for before, and every explanation asks for the same seed's values.
They lie beside the banks, in a folder that no submission is shown.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.assignment.definition import Assignment
from autograder.files import cache_folder, keep_in_cache, packed_json, read_packed_json
from autograder.fingerprint import fingerprint

# each class has a seed of its own, and so a file
_MOST_FILES = 20


@dataclass(frozen=True)
class KeptValues:
    """What is kept of one assignment, as it is now, for one seed and these versions of the libraries."""

    path: Path

    @classmethod
    def of(cls, assignment: Assignment, seed: int, versions: Mapping[str, str]) -> KeptValues:
        """Where the values are kept."""
        key = fingerprint(assignment.bank_fingerprint, str(seed), json.dumps(dict(versions), sort_keys=True))
        return cls(cache_folder() / f"values-{assignment.name}-{key[:32]}.json.gz")

    def read(self) -> dict[str, bytes]:
        """What is kept; nothing where the file is missing, cut short or of another version."""
        found = read_packed_json(self.path)
        try:
            return {key: base64.b64decode(value) for key, value in found.items()}
        except (ValueError, TypeError, AttributeError):
            return {}

    def keep(self, values: Mapping[str, bytes]) -> None:
        """Adds values to what is kept; a folder that cannot be written to costs time, no more."""
        both = {key: base64.b64encode(value).decode() for key, value in (self.read() | dict(values)).items()}
        keep_in_cache(self.path, packed_json(both), _MOST_FILES)
