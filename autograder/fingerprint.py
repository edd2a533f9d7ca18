"""Hashes that say whether two things are the same, and seeds that derive from a run's seed."""

from __future__ import annotations

import hashlib
from pathlib import Path


def fingerprint(*parts: bytes | str) -> str:
    """A hash of several parts; moving a byte from one part to the next changes it."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "little"))
        digest.update(data)
    return digest.hexdigest()


def fingerprint_of_files(paths: list[Path]) -> str:
    """A hash of the contents of files; a missing one counts as absent, not as empty."""
    return fingerprint(*[path.read_bytes() if path.is_file() else "absent" for path in paths])


def derived_seed(seed: int, *labels: str) -> int:
    """A 31-bit seed of its own for each sequence of labels.

    Args:
        seed: Where it comes from, such as `one.seed`.
        *labels: What it is for.

    Example:

    >>> derived_seed(1, "04.4") == derived_seed(1, "04.4"), derived_seed(1, "04.4") == derived_seed(1, "04.5")
    (True, False)
    """
    return int(fingerprint(str(seed), *labels)[:8], 16) & 0x7FFFFFFF
