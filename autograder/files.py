"""Files that are there whole or not at all, archives, and this user's cache."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import os
import secrets
import time
import zipfile
import zlib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

# what zip archives can say of a time
_FIRST, _LAST = (1980, 1, 1, 0, 0, 0), (2107, 12, 31, 23, 59, 58)


def cache_folder() -> Path:
    """Where banks are kept: `$AUTOGRADER_CACHE`, or `tfkit-autograder` in the user's cache folder."""
    named = os.environ.get("AUTOGRADER_CACHE")
    if named:
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111 - never raises
    return Path(base) / "tfkit-autograder"


def write_atomic(
    path: str | Path, content: str | bytes | Iterable[str], encoding: str = "utf-8", is_private: bool = False
) -> Path:
    """Write a file such that a reader, or a crash, sees the old content or the new one and nothing between.

    A private one can be read by nobody else, such as the user that submissions run as. A long text can come in pieces.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    # not tempfile.mkstemp: its files are private (0600), and a report is made to be shown to others
    temporary = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        temporary.touch(0o600 if is_private else 0o666, exist_ok=False)
        if isinstance(content, bytes):
            temporary.write_bytes(content)
        else:
            with temporary.open("w", encoding=encoding, newline="") as file:
                file.writelines([content] if isinstance(content, str) else content)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return path


def packed_json(record: Any) -> bytes:
    """A record as compressed JSON: the same bytes for the same record."""
    return gzip.compress(json.dumps(record).encode(), 6, mtime=0)


def read_packed_json(path: Path) -> Any:
    """What a file of `packed_json` holds; None where it is missing, cut short or something else."""
    try:
        return json.loads(gzip.decompress(path.read_bytes()))
    except (OSError, ValueError, EOFError, zlib.error):
        return None


def keep_in_cache(path: Path, content: bytes, most: int) -> None:
    """Writes a file that a later run is spared work by; one that cannot be written costs time, no more.

    Args:
        path: The file, called `NAME-KEY.ENDING`.
        content: What it holds.
        most: How many with this `NAME-` stay; the oldest go.
    """
    with contextlib.suppress(OSError):
        # right values are among what is kept
        write_atomic(path, content, is_private=True)
        alike = path.parent.glob(f"{path.name.rpartition('-')[0]}-*{''.join(path.suffixes)}")
        for old in sorted(alike, key=lambda one: one.stat().st_mtime)[:-most]:
            old.unlink(missing_ok=True)


def write_new(path: Path, content: bytes) -> None:
    """Write a file that is not there yet, whole or not at all.

    Raises:
        FileExistsError: When there is one.
        OSError: When it cannot be written.
    """
    temporary = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        temporary.write_bytes(content)
        try:
            # fails where the name is taken, which a renaming on Linux does not
            os.link(temporary, path)
        except FileExistsError:
            raise
        except (OSError, AttributeError):  # a drive without links
            if path.exists():
                raise FileExistsError(str(path)) from None
            temporary.replace(path)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()


def zipped(files: Mapping[str, bytes], written: float, executable: Collection[str] = ()) -> bytes:
    """Files as a zip archive, by their paths in it; the same bytes for the same files and time.

    Args:
        files: Their contents.
        written: When they were written, in seconds since 1970.
        executable: The paths of those that can be run.

    Example:

    >>> zipped({"a.py": b"x = 1"}, 0.0) == zipped({"a.py": b"x = 1"}, 0.0)
    True
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, content in sorted(files.items()):
            entry = zipfile.ZipInfo(place, min(max(time.localtime(written)[:6], _FIRST), _LAST))
            # of Unix, whose permissions an unpacker keeps, whatever system makes it
            entry.create_system = 3
            entry.external_attr = (0o755 if place in executable else 0o644) << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
