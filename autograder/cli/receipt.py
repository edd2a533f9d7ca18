"""The receipt of what was packed: what a student keeps, and shows when an archive is asked for again."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping, Sequence
from datetime import datetime

from autograder.assignment.definition import Assignment
from autograder.handin.packing import Package

_CLOSING = """
This says what was packed. Whether your course has received it, only the page where you uploaded it can say.
The SHA-256 of a file that you have or get back is told by: {command}
"""
_COMMANDS = {"Windows": "certutil -hashfile FILE SHA256", "Darwin": "shasum -a 256 FILE"}


def receipt(
    name: str, package: Package, assignment: Assignment, told: Sequence[str], versions: Mapping[str, str], at: datetime
) -> str:
    """The text of a receipt.

    Args:
        name: The name of the archive.
        package: What is in it.
        assignment: The assignment.
        told: What came of its check, in lines.
        versions: Versions of the libraries that it was checked with.
        at: When it was packed, with the time zone.
    """
    from autograder import __version__

    libraries = ", ".join(f"{library} {version}" for library, version in versions.items())
    files = [f"{place}, {len(data):,} bytes, SHA-256 {sha256(data)}" for place, data in package.files.items()]
    rows = [
        ("archive", [f"{name}, {len(package.content):,} bytes"]),
        ("SHA-256", [sha256(package.content)]),
        ("packed", [f"{at:%Y-%m-%d %H:%M:%S %z}".strip()]),
        ("assignment", [f"{assignment.name}, {assignment.title}"]),
        ("files", files),
        ("check", told),
        ("made by", [f"autograder {__version__}; {libraries}"]),
    ]
    lines = [f"{title if not number else '':<12}{text}" for title, own in rows for number, text in enumerate(own)]
    command = _COMMANDS.get(platform.system(), "sha256sum FILE")
    return "\n".join([f"Receipt of {name}", "", *lines]) + "\n" + _CLOSING.format(command=command)


def sha256(data: bytes) -> str:
    """The SHA-256 of some bytes, as tools print it."""
    return hashlib.sha256(data).hexdigest()
