"""Archives that students hand in, read in memory and under bounds: nothing is ever written to disk.

Of an archive one text file is wanted. It is looked for by name and read; the rest is not unpacked, so a name like
`../../.bashrc` can do no harm here, and is refused all the same: whoever sends one has something in mind. Reading is
done by Python's zipfile and tarfile, in the grader, which is safe enough: they are pure Python over zlib, bz2 and lzma,
and every size that they announce is counted again while reading.
"""

from __future__ import annotations

import bz2
import functools
import gzip
import io
import lzma
import stat
import struct
import tarfile
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from autograder.records.text import shortened, visible

SUFFIXES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
# known, and not read: their decoders are no part of Python
FOREIGN = (".7z", ".rar", ".gz", ".bz2", ".xz", ".zst")
# a notebook with pictures is a few megabytes; a data set does not belong into a submission
MAX_ARCHIVE = 50 * 2**20
MAX_UNPACKED = 100 * 2**20
# text shrinks to a tenth, a bomb to a thousandth; small files may do as they like
MAX_RATIO = 100
FREE_OF_RATIO = 2**20
MAX_ENTRIES = 1000
MAX_DEPTH = 10
MAX_NAME = 300
# what systems and tools leave in archives, and names that Python or pytest would run by themselves
_RUBBISH = {"__MACOSX", ".ipynb_checkpoints", "__pycache__", ".git", ".venv", "venv", ".idea", ".vscode"}
_RUBBISH |= {"conftest.py", "sitecustomize.py", "usercustomize.py", "__init__.py", "setup.py"}
_LZMA_MEMORY = 128 * 2**20
# all that zipfile, tarfile and the decoders under them have been seen to raise on broken input
_BROKEN: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
    IndexError,
    TypeError,
    MemoryError,
    AttributeError,
    struct.error,
)


class RefusedArchive(Exception):
    """An archive that is not read; the message is the line that the student reads."""


@dataclass(frozen=True)
class Entry:
    """A file in an archive.

    Attributes:
        name: Its path, as it may be shown.
        read: Gives its bytes.
    """

    name: str
    read: Callable[[], bytes]


def is_archive(name: str) -> bool:
    """Whether a file of this name is read as an archive."""
    return name.lower().endswith(SUFFIXES)


def stem_of(name: str) -> str:
    """A file's name without the ending of an archive.

    Example:

    >>> stem_of("ann.tar.gz")
    'ann'
    """
    for suffix in sorted((*SUFFIXES, *FOREIGN), key=len, reverse=True):
        if name.lower().endswith(suffix):
            return name[: -len(suffix)]
    return name


def files_in(path: Path, suffixes: tuple[str, ...]) -> list[Entry]:
    """The files of an archive that have one of some endings, rubbish left out.

    Args:
        path: The archive.
        suffixes: Endings, such as `.py`.

    Raises:
        RefusedArchive: When it is broken, encrypted or too large, or names anything outside itself.
    """
    try:
        if path.stat().st_size > MAX_ARCHIVE:
            raise RefusedArchive(f"expected an archive of at most {MAX_ARCHIVE // 2**20} MB")
        data = path.read_bytes()
        entries = list(_zip_entries(data) if path.name.lower().endswith(".zip") else _tar_entries(path.name, data))
    except _BROKEN as error:
        raise RefusedArchive(f"the archive is broken ({_reason(error)}); make it again") from None
    wanted = [entry for entry in entries if entry.name.lower().endswith(suffixes)]
    folded = Counter(_folded(entry.name) for entry in wanted)
    for entry in wanted:
        if folded[_folded(entry.name)] > 1:
            raise RefusedArchive(f"the archive holds {entry.name} more than once; make it again")
    return wanted


def _zip_entries(data: bytes) -> Iterator[Entry]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
    _check_count(len(infos))
    total = 0
    for info in infos:
        name = _checked_name(info.filename)
        kind = stat.S_IFMT(info.external_attr >> 16)
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise RefusedArchive(f"the archive holds {name}, which is a link or a device; put the file itself in")
        total += info.file_size
        _check_total(total, len(data))
        if info.is_dir() or _is_rubbish(name):
            continue
        if info.flag_bits & 1:
            raise RefusedArchive("the archive is encrypted; make it without a password")
        yield Entry(name, _reader(functools.partial(_open_zipped, data, info), info.compress_size))


def _tar_entries(file_name: str, data: bytes) -> Iterator[Entry]:
    unpacked = _decompressed(file_name.lower(), data)
    with tarfile.open(fileobj=io.BytesIO(unpacked), mode="r:", errors="surrogateescape") as archive:
        for count, info in enumerate(archive, 1):
            _check_count(count)
            name = _checked_name(info.name)
            if info.isdir() or _is_rubbish(name):
                continue
            if not info.isreg() or info.sparse is not None:
                raise RefusedArchive(f"the archive holds {name}, which is a link or a device; put the file itself in")
            content = unpacked[info.offset_data : info.offset_data + info.size]
            if len(content) != info.size:
                raise EOFError("it ends early")
            yield Entry(name, _reader(functools.partial(io.BytesIO, content), len(content)))


def _decompressed(name: str, data: bytes) -> bytes:
    if name.endswith((".gz", ".tgz")):
        stream: Any = gzip.GzipFile(fileobj=io.BytesIO(data))
    elif name.endswith((".bz2", ".tbz2")):
        stream = bz2.BZ2File(io.BytesIO(data))
    elif name.endswith((".xz", ".txz")):
        return _decompressed_xz(data)
    else:
        return data
    return _bounded(stream, len(data))


def _decompressed_xz(data: bytes) -> bytes:
    # a header may ask for a dictionary of 4 GB: only this form of the decoder has a limit
    decoder = lzma.LZMADecompressor(memlimit=_LZMA_MEMORY)
    unpacked = decoder.decompress(data, MAX_UNPACKED + 1)
    _check_total(len(unpacked), len(data))
    if not decoder.eof:
        raise EOFError("it ends early")
    return unpacked


def _open_zipped(data: bytes, info: zipfile.ZipInfo) -> IO[bytes]:
    return zipfile.ZipFile(io.BytesIO(data)).open(info)


def _reader(open_it: Callable[[], IO[bytes]], packed: int) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            with open_it() as stream:
                return _bounded(stream, packed)
        except _BROKEN as error:
            raise RefusedArchive(f"the archive is broken ({_reason(error)}); make it again") from None

    return read


def _bounded(stream: IO[bytes], packed: int) -> bytes:
    """What a stream gives, counted: what headers say of sizes may be wrong."""
    parts, total = [], 0
    while part := stream.read(2**16):
        total += len(part)
        _check_total(total, packed)
        parts.append(part)
    return b"".join(parts)


def _check_count(count: int) -> None:
    if count > MAX_ENTRIES:
        raise RefusedArchive(f"expected at most {MAX_ENTRIES} files in the archive; hand in what was asked for alone")


def _check_total(total: int, packed: int) -> None:
    if total > MAX_UNPACKED or (total > FREE_OF_RATIO and total > MAX_RATIO * packed):
        raise RefusedArchive(
            f"the archive unpacks to more than {MAX_UNPACKED // 2**20} MB, or to more than {MAX_RATIO} times its size"
        )


def _checked_name(name: str) -> str:
    shown = visible(name)
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if len(name) > MAX_NAME or len(parts) > MAX_DEPTH:
        raise RefusedArchive(f"expected names of at most {MAX_NAME} letters, at most {MAX_DEPTH} folders deep")
    if not parts or parts[0] == "/" or ".." in parts or parts[0][1:2] == ":" or "\0" in name:
        raise RefusedArchive(f"the archive names a file outside itself ({shortened(shown, 80)}); make it again")
    return shown


def _is_rubbish(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(part in _RUBBISH for part in parts) or parts[-1].startswith(".")


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name.replace("\\", "/")).casefold()


def _reason(error: BaseException) -> str:
    return shortened(visible(" ".join(str(error).split())), 80) or type(error).__name__
