"""Whether a script is the starter as it was handed out: a notebook beside it is the answer then."""

from __future__ import annotations

from pathlib import Path

from autograder.fingerprint import fingerprint


def mark_of(script: bytes) -> str:
    r"""A hash of a script that line ends and blanks do not change.

    Example:

    >>> mark_of(b"x = 1\r\n") == mark_of(b"x = 1\n\n") != mark_of(b"x = 2")
    True
    """
    return fingerprint(b" ".join(script.removeprefix(b"\xef\xbb\xbf").split()))


def starter_mark(starter: Path | None) -> str:
    """The mark of the script that students were given; "" where there is none."""
    return mark_of(starter.read_bytes()) if starter is not None and starter.is_file() else ""
