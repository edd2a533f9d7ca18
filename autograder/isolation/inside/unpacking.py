"""Archives, opened in a process of the sandbox that runs nothing of the student's and is thrown away.

Python's zipfile and tarfile trust what they read: a header can make some releases of them search for minutes
(CVE-2024-6232), turn in circles (CVE-2025-8194), ask for gigabytes or fail in a dozen ways. The limits of the process
bound time and memory, and whatever is raised ends as a reason. Nothing is written to disk.
"""

from __future__ import annotations

import bz2
import gzip
import io
import itertools
import lzma
import stat
import tarfile
import zipfile
from typing import Any

import numpy as np

from autograder.text import one_line, shortened

# by what files of each kind begin with
_DECOMPRESSORS: dict[bytes, Any] = {b"\x1f\x8b": gzip, b"BZh": bz2, b"\xfd7zXZ\0": lzma}
# a little more than is allowed: the grader sees that it is too long
_LONGEST_NAME = 310


class Archive:
    """An archive, which its content says the kind of, not its name.

    `listing` has pairs of a name and a kind, and how many bytes all of it unpacks to. A file that is compressed alone
    is of the kind `alone`, and has the name that is given.
    """

    def __init__(self, name: str, data: np.ndarray, most_entries: int, most_bytes: int) -> None:
        self._name = name
        self._most_entries = most_entries
        self._most_bytes = most_bytes
        self._members: list[Any] = []
        self._opened: Any = None
        self._reading: tuple[int, Any] = (-1, None)
        self.listing: dict[str, Any]
        try:
            entries, unpacked = self._listed(data.tobytes())
            self.listing = {
                "entries": [(one_line(shortened(entry, _LONGEST_NAME)), kind) for entry, kind in entries],
                "unpacked": unpacked,
            }
        except Exception as error:
            self.listing = {"broken": _reason(error)}

    def read(self, number: int, most: int) -> np.ndarray | str:
        """The next bytes of the file of that number, none at its end, or why it cannot be read."""
        try:
            if self._reading[0] != number:
                self._reading = (number, self._open(self._members[number]))
            return np.frombuffer(self._reading[1].read(most), np.uint8)
        except Exception as error:
            return _reason(error)

    def _open(self, member: Any) -> Any:
        if isinstance(member, bytes):
            return io.BytesIO(member)
        return (self._opened.open if isinstance(member, zipfile.ZipInfo) else self._opened.extractfile)(member)

    def _listed(self, data: bytes) -> tuple[list[tuple[str, str]], int]:
        decompressor = next((one for start, one in _DECOMPRESSORS.items() if data.startswith(start)), None)
        if decompressor is None:
            # tapes do not begin like a zip, and a zip may begin with anything
            return self._list_tar(data) if _is_tar(data) else self._list_zip(data)
        # lzma alone minds the zeros that tapes are padded with
        with decompressor.open(io.BytesIO(data.rstrip(b"\0") if decompressor is lzma else data)) as file:
            data = file.read(self._most_bytes + 1)
        if len(data) > self._most_bytes:
            return [], len(data)
        if _is_tar(data):
            return self._list_tar(data)
        self._members = [data]
        return [(self._name, "alone")], len(data)

    def _list_zip(self, data: bytes) -> tuple[list[tuple[str, str]], int]:
        self._opened = zipfile.ZipFile(io.BytesIO(data))
        self._members = self._opened.infolist()[: self._most_entries + 1]
        entries = [(member.filename, _kind_in_zip(member)) for member in self._members]
        return entries, sum(member.file_size for member in self._members)

    def _list_tar(self, data: bytes) -> tuple[list[tuple[str, str]], int]:
        if len(data) > self._most_bytes:
            return [], len(data)
        self._opened = tarfile.open(fileobj=io.BytesIO(data), mode="r:")  # noqa: SIM115 - read from later
        self._members = list(itertools.islice(self._opened, self._most_entries + 1))
        end = self._opened.offset
        # tarfile takes a broken header, or none, for the end: the file that is wanted may have stood behind it
        if len(self._members) <= self._most_entries and data[end : end + tarfile.BLOCKSIZE] != bytes(tarfile.BLOCKSIZE):
            raise EOFError("it ends early, or a header makes no sense")
        return [(member.name, _kind_in_tar(member)) for member in self._members], len(data)


def _is_tar(data: bytes) -> bool:
    """Whether bytes begin with the header of a tar, whose checksum is right, or with the zeros of an empty one."""
    block = data[: tarfile.BLOCKSIZE]
    if block == bytes(tarfile.BLOCKSIZE):
        return True
    try:
        tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except tarfile.TarError:
        return False
    return True


def _kind_in_zip(member: zipfile.ZipInfo) -> str:
    if member.is_dir():
        return "folder"
    if stat.S_IFMT(member.external_attr >> 16) not in (0, stat.S_IFREG):
        return "special"
    return "encrypted" if member.flag_bits & 1 else "file"


def _kind_in_tar(member: tarfile.TarInfo) -> str:
    # what a sparse file holds may be gigabytes that nobody wrote
    if member.isreg() and not member.issparse():
        return "file"
    return "folder" if member.isdir() else "special"


def _reason(error: Exception) -> str:
    return shortened(one_line(" ".join(str(error).split())), 80) or type(error).__name__
