"""Reading in a folder that strangers write to: no link is followed, and nothing waits.

A file may be replaced after it was listed: by a link to the solution, or by a pipe that nobody writes to. So each
step below the folder is opened once, without following links and without waiting. What was opened is asked whether it
is a regular file, and everything that is known of it (its bytes, its time) comes from that one opening.
"""

from __future__ import annotations

import errno
import itertools
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# a lease or a pipe makes an ordinary opening wait; a terminal would become the grader's
_FLAGS = os.O_RDONLY
for _name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_NOCTTY", "O_BINARY"):
    _FLAGS |= getattr(os, _name, 0)
# Windows can neither refuse links on opening nor open beside a folder: there, names are looked at before and after
_OPENS_BESIDE = hasattr(os, "O_NOFOLLOW") and os.open in os.supports_dir_fd and os.scandir in os.supports_fd
_LINK = "it is a symbolic link"
_OTHER = "it is not a regular file"
_REPLACED = "it was replaced while it was being read"
_REASONS = {errno.ELOOP: _LINK, errno.EMLINK: _LINK, errno.ENXIO: _OTHER, errno.EISDIR: _OTHER}


@dataclass(frozen=True)
class Contents:
    """What one opening of a file found."""

    data: bytes | None  # its bytes; None when they are more than was allowed, and were not read
    size: int  # how many bytes it has
    modified: float  # when it was last written, in seconds since 1970


def read_inside(folder: Path, path: Path, limit: int) -> Contents:
    """The content of a file below a folder, which may itself be a link: whoever runs the program named it."""
    with _explained():
        descriptor = _open(folder, path.relative_to(folder).parts)
        try:
            found = os.fstat(descriptor)
            if not stat.S_ISREG(found.st_mode):
                raise OSError(errno.EINVAL, _OTHER)
            data = None
            if found.st_size <= limit:
                with os.fdopen(descriptor, "rb", closefd=False) as file:
                    data = file.read(limit + 1)
        finally:
            os.close(descriptor)
    # a file that grows while it is read is as large as what was read of it
    if data is not None and len(data) > limit:
        return Contents(None, len(data), found.st_mtime)
    return Contents(data, found.st_size if data is None else len(data), found.st_mtime)


def modes_inside(folder: Path, path: Path, most: int) -> dict[str, int]:
    """The names in a folder below a folder, each with what it is: `st_mode` of the entry, not of what it links to."""
    with _explained(), _listed(folder, path.relative_to(folder).parts) as entries:
        return {entry.name: entry.stat(follow_symlinks=False).st_mode for entry in itertools.islice(entries, most)}


def _open(folder: Path, parts: tuple[str, ...]) -> int:
    """A descriptor of what is reached by these names, one below the other."""
    if not _OPENS_BESIDE:
        path, seen = _looked_at(folder, parts)
        if not stat.S_ISREG(seen.st_mode):
            raise OSError(errno.EINVAL, _OTHER)
        descriptor = os.open(path, _FLAGS)
        if not os.path.samestat(seen, os.fstat(descriptor)):
            os.close(descriptor)
            raise OSError(errno.ELOOP, _REPLACED)
        return descriptor
    descriptor = os.open(folder, _FLAGS & ~os.O_NOFOLLOW)
    for part in parts:
        try:
            below = os.open(part, _FLAGS, dir_fd=descriptor)
        finally:
            os.close(descriptor)
        descriptor = below
    return descriptor


@contextmanager
def _listed(folder: Path, parts: tuple[str, ...]) -> Iterator[Iterator[os.DirEntry[str]]]:
    if not _OPENS_BESIDE:
        with os.scandir(_looked_at(folder, parts)[0]) as entries:
            yield entries
        return
    descriptor = _open(folder, parts)
    try:
        with os.scandir(descriptor) as entries:
            yield entries
    finally:
        os.close(descriptor)


def _looked_at(folder: Path, parts: tuple[str, ...]) -> tuple[Path, os.stat_result]:
    """The path, and what is there, none of the steps to it being a link."""
    path, seen = folder, folder.stat()
    for part in parts:
        path = path / part
        seen = path.lstat()
        if stat.S_ISLNK(seen.st_mode):
            raise OSError(errno.ELOOP, _LINK)
    return path, seen


@contextmanager
def _explained() -> Iterator[None]:
    """Says in plain words what the system says of links, pipes and folders."""
    try:
        yield
    except OSError as error:
        if error.errno in _REASONS and error.strerror != _REPLACED:
            raise OSError(error.errno, _REASONS[error.errno]) from None
        raise
