"""Archives that students hand in, read in memory and under bounds: nothing is ever written to disk.

Of an archive one text file is wanted. It is looked for by name and read; the rest is not unpacked, so a name like
`../../.bashrc` can do no harm here, and is refused all the same: whoever sends one has something in mind. Links are
refused wherever they lead: nobody needs one to hand in a file.

Reading is done in the grader, which is safe enough: zip by Python's zipfile, tar by `tarballs`, both Python over
zlib, bz2 and lzma. Every size that a header announces is counted again while reading, the work is bounded before
it is begun, and what the decoders raise ends here as a line for the student.
"""

from __future__ import annotations

import io
import lzma
import re
import stat
import struct
import tarfile
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from autograder.handin.tarballs import PIECE, Stream, members_of, pieces_of
from autograder.text import one_line, shortened

SUFFIXES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
# known, and not read: their decoders are no part of Python
FOREIGN = (".7z", ".rar", ".gz", ".bz2", ".xz", ".zst")
# a notebook with pictures is a few megabytes; a data set does not belong into a submission. bzip2, the slowest of the
# decoders, takes a second for this much
MAX_ARCHIVE = 20 * 2**20
MAX_UNPACKED = 40 * 2**20
# text shrinks to a tenth, a bomb to a thousandth; small files may do as they like
MAX_RATIO = 100
FREE_OF_RATIO = 2**20
MAX_ENTRIES = 1000
MAX_DEPTH = 10
MAX_NAME = 300
# a thousand entries with long names take 0.5 MB of a zip's directory; zipfile spends a minute on 50 MB of them
MAX_DIRECTORY = 2**20
# what every system's own tools write, and bzip2; LZMA in a zip lets a header choose how much memory it takes
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)
# what systems and tools leave in archives, and names that Python or pytest would run by themselves
_RUBBISH = {"__MACOSX", ".ipynb_checkpoints", "__pycache__", ".git", ".venv", "venv", "site-packages"}
_RUBBISH |= {".idea", ".vscode", "Thumbs.db"}
_RUBBISH |= {"conftest.py", "sitecustomize.py", "usercustomize.py", "__init__.py", "setup.py"}
# all that zipfile, tarfile and the decoders under them raise on broken input
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


def files_in(name: str, data: bytes, suffixes: tuple[str, ...], max_bytes: int) -> list[Entry]:
    """The files of an archive that have one of some endings, rubbish left out.

    Args:
        name: The archive's file name, which tells what it is.
        data: Its bytes.
        suffixes: Endings, such as `.py`.
        max_bytes: The most that one of the files may hold.

    Raises:
        RefusedArchive: When it is broken, encrypted or too large, or names anything outside itself.
    """
    try:
        entries_of = _zip_entries if name.lower().endswith(".zip") else _tar_entries
        entries = list(entries_of(name, data, suffixes, max_bytes))
    except _BROKEN as error:
        raise _broken(error) from None
    wanted = [entry for entry in entries if entry.name.lower().endswith(suffixes)]
    folded = Counter(_folded(entry.name) for entry in wanted)
    for entry in wanted:
        if folded[_folded(entry.name)] > 1:
            raise RefusedArchive(f"the archive holds {_quoted(entry.name)} more than once; make it again")
    inner = [entry.name for entry in entries if stem_of(entry.name) != entry.name]
    if inner and not wanted:
        raise RefusedArchive(f"it holds another archive, {_quoted(inner[0])}; unpack it and hand in the file itself")
    return wanted


def is_rubbish(path: str) -> bool:
    """Whether a file is one that systems and tools leave behind, or that Python would run by itself.

    Example:

    >>> is_rubbish("__MACOSX/answer.py"), is_rubbish("homework/._answer.py"), is_rubbish("homework/answer.py")
    (True, True, False)
    """
    parts = PurePosixPath(path).parts
    return not parts or parts[-1].startswith(".") or any(part in _RUBBISH for part in parts)


def _zip_entries(_: str, data: bytes, suffixes: tuple[str, ...], max_bytes: int) -> Iterator[Entry]:
    with zipfile.ZipFile(_ShortReads(data)) as archive:
        infos = archive.infolist()
    _check_count(len(infos))
    total = 0
    for info in infos:
        name = _checked_name(info.filename)
        total += info.file_size
        _check_total(total, len(data))
        if info.is_dir() or is_rubbish(name):
            continue
        if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
            raise _special(name)
        if info.flag_bits & 1:
            raise RefusedArchive("the archive is encrypted; make it without a password")
        if info.compress_type not in _METHODS:
            raise RefusedArchive(f"{_quoted(name)} is compressed in a way that is not read here; make a plain .zip")
        yield Entry(name, _zip_reader(data, info, name, max_bytes))


class _ShortReads(io.BytesIO):
    """A zip whose directory is bounded before it is parsed, whichever of its records announces the size."""

    def read(self, size: int | None = -1) -> bytes:
        if size is not None and size > MAX_DIRECTORY:
            raise _too_many()
        return super().read(size)


def _zip_reader(data: bytes, info: zipfile.ZipInfo, name: str, max_bytes: int) -> Callable[[], bytes]:
    def read() -> bytes:
        content = bytearray()
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(info) as stream:
                while part := stream.read(PIECE):
                    content += part
                    _check_total(len(content), info.compress_size)
                    _check_file(name, len(content), max_bytes)
        except _BROKEN as error:
            raise _broken(error) from None
        return bytes(content)

    return read


def _tar_entries(file_name: str, data: bytes, suffixes: tuple[str, ...], max_bytes: int) -> Iterator[Entry]:
    stream = Stream(_counted(pieces_of(file_name, data), len(data)))
    for count, (info, read) in enumerate(members_of(stream, max_bytes + 1), 1):
        _check_count(count)
        name = _checked_name(info.name)
        if info.isdir() or is_rubbish(name):
            continue
        if not info.isreg():
            raise _special(name)
        # a tape is read as it passes by
        content = read() if name.lower().endswith(suffixes) else b""
        yield Entry(name, _tar_reader(name, content, max_bytes))


def _tar_reader(name: str, content: bytes, max_bytes: int) -> Callable[[], bytes]:
    def read() -> bytes:
        _check_file(name, len(content), max_bytes)
        return content

    return read


def _counted(pieces: Iterator[bytes], packed: int) -> Iterator[bytes]:
    """The same pieces, counted: what headers say of sizes may be wrong."""
    total = 0
    for piece in pieces:
        total += len(piece)
        _check_total(total, packed)
        yield piece


def _check_count(count: int) -> None:
    if count > MAX_ENTRIES:
        raise _too_many()


def _check_total(total: int, packed: int) -> None:
    if total > MAX_UNPACKED or (total > FREE_OF_RATIO and total > MAX_RATIO * packed):
        raise RefusedArchive(
            f"the archive unpacks to more than {MAX_UNPACKED // 2**20} MB, or to more than {MAX_RATIO} times its size"
        )


def _check_file(name: str, size: int, max_bytes: int) -> None:
    if size > max_bytes:
        raise RefusedArchive(
            f"{_quoted(name)} is larger than {max_bytes // 2**20} MB; clear its outputs and hand in again"
        )


def _checked_name(name: str) -> str:
    """A path inside the archive, as it may be shown, with `/` between its parts; "" for the archive's own root."""
    path = name.replace("\\", "/")
    parts = PurePosixPath(path).parts
    if path.startswith("/") or ".." in parts or re.match("[A-Za-z]:", path) or "\0" in path:
        raise RefusedArchive(f"the archive names a file outside itself ({_quoted(path)}); make it again")
    inside = "/".join(parts)
    if not is_rubbish(inside) and (len(inside) > MAX_NAME or len(parts) > MAX_DEPTH):
        raise RefusedArchive(f"expected names of at most {MAX_NAME} letters, at most {MAX_DEPTH} folders deep")
    return one_line(inside)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _quoted(name: str) -> str:
    return shortened(one_line(name), 80)


def _special(name: str) -> RefusedArchive:
    return RefusedArchive(f"the archive holds {_quoted(name)}, which is a link or a device; put the file itself in")


def _too_many() -> RefusedArchive:
    return RefusedArchive(f"expected at most {MAX_ENTRIES} files in the archive; hand in what was asked for alone")


def _broken(error: Exception) -> RefusedArchive:
    reason = shortened(one_line(" ".join(str(error).split())), 80) or type(error).__name__
    return RefusedArchive(f"the archive is broken ({reason}); make it again")
