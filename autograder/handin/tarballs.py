"""Tar archives, compressed or not, read once from front to back and in small pieces.

Python's tarfile parses single headers here and nothing else. Releases of it that are still in use search an extended
header in quadratic time (CVE-2024-6232) or jump back for ever (CVE-2025-8194), and the map of a sparse file of a few
bytes may become gigabytes of numbers. What lies between the headers is simple enough to be read below, and a reader
that only goes forward comes to an end.
"""

from __future__ import annotations

import bz2
import lzma
import tarfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any

PIECE = 2**16
BLOCK = 512
# a longest name and a few attributes; more than this is no header that a student's tar writes
MAX_HEADER = 2**16
# a file has one header, or two to four with a long name or attributes of macOS; a thousand files are allowed
MAX_HEADERS = 4000
# times, owners, attributes: some twenty
MAX_RECORDS = 100
# compressors that use several cores write a stream per 900 KB; a million empty ones are an attack on the clock
MAX_STREAMS = 1000
# the strongest setting of xz asks for 65 MB, a hostile header for 4 GB
LZMA_MEMORY = 80 * 2**20
_EXTENDED = (tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.XGLTYPE, tarfile.GNUTYPE_LONGNAME)
_SPARSE = "a sparse file cannot be read"


class Stream:
    """Bytes that come in pieces, read once and forward.

    Args:
        pieces: The bytes, in order.
    """

    def __init__(self, pieces: Iterator[bytes]):
        self._pieces = pieces
        self._buffer = bytearray()

    def read(self, size: int) -> bytes:
        """The next `size` bytes.

        Raises:
            EOFError: When there are fewer.
        """
        while len(self._buffer) < size:
            self._buffer += self._next()
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken

    def skip(self, size: int) -> None:
        """Passes over `size` bytes without keeping them.

        Raises:
            EOFError: When there are fewer.
        """
        while size > len(self._buffer):
            size -= len(self._buffer)
            self._buffer = bytearray(self._next())
        del self._buffer[:size]

    def drain(self) -> None:
        """Reads to the end, where compressed formats keep their checksum."""
        for _ in self._pieces:
            pass

    def _next(self) -> bytes:
        piece = next(self._pieces, b"")
        if not piece:
            raise EOFError("it ends early")
        return piece


def pieces_of(name: str, data: bytes) -> Iterator[bytes]:
    """The unpacked bytes of a file, a little at a time: the caller counts and stops.

    Args:
        name: The file's name, which tells how it is compressed.
        data: Its content.

    Raises:
        Exception: Those of zlib, bz2 and lzma; EOFError when the data end early.
    """
    new = _decoder(name.lower())
    if new is None:
        yield from (data[start : start + PIECE] for start in range(0, len(data), PIECE))
        return
    # tapes pad with zeros; a stream may itself end in zeros, so these only tell whether another one follows
    position, end = 0, len(data.rstrip(b"\0"))
    for _ in range(MAX_STREAMS):
        decoder = new()
        while not decoder.eof:
            given = data[position : position + PIECE] if decoder.needs_input else b""
            if decoder.needs_input and not given:
                raise EOFError("it ends early")
            position += len(given)
            if piece := decoder.decompress(given, PIECE):
                yield piece
        position -= len(decoder.unused_data)
        if position >= end:
            return
    raise ValueError(f"it is made of more than {MAX_STREAMS} parts")


def members_of(stream: Stream, max_bytes: int) -> Iterator[tuple[tarfile.TarInfo, Callable[[], bytes]]]:
    """The members of a tar archive and, for each, a function that reads it.

    Like a tape: a member can be read until the next one is asked for, and is skipped otherwise.

    Args:
        stream: The archive, unpacked.
        max_bytes: The most that is read of a member.

    Raises:
        tarfile.TarError: When a header makes no sense.
        EOFError: When the archive has no end mark, or ends inside a member.
        ValueError: When an extended header makes no sense.
    """
    said: dict[str, Any] = {}
    headers = 0
    while any(block := stream.read(BLOCK)):
        headers += 1
        if headers > MAX_HEADERS:
            raise tarfile.ReadError(f"it has more than {MAX_HEADERS} headers")
        info = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
        if info.type in (*_EXTENDED, tarfile.GNUTYPE_LONGLINK):
            said.update(_extended(info.type, _content(stream, info.size)))
            continue
        if info.type == tarfile.GNUTYPE_SPARSE:
            raise tarfile.ReadError(_SPARSE)
        info.name = said.get("name", info.name)
        # the sizes of directories, links and devices mean something else than bytes that follow
        has_content = info.isreg() or info.type not in tarfile.SUPPORTED_TYPES
        left = said.get("size", info.size) if has_content else 0
        info.size = left
        if left < 0:
            raise tarfile.ReadError("a size is negative")
        taken: list[bytes] = []
        size = min(left, max_bytes)

        def read(taken: list[bytes] = taken, size: int = size) -> bytes:
            if not taken:
                taken.append(stream.read(size))
            return taken[0]

        yield info, read
        stream.skip(_padded(left) - sum(map(len, taken)))
        said = {}
    stream.drain()


def _content(stream: Stream, size: int) -> bytes:
    if not 0 <= size <= MAX_HEADER:
        raise tarfile.ReadError("a header is too long")
    return stream.read(_padded(size))[:size]


def _padded(size: int) -> int:
    return -(-size // BLOCK) * BLOCK


def _extended(kind: bytes, content: bytes) -> dict[str, Any]:
    """Name and size in an extended header; times, owners and the rest do not matter here."""
    if kind == tarfile.GNUTYPE_LONGLINK:
        return {}
    if kind == tarfile.GNUTYPE_LONGNAME:
        return {"name": _decoded(content.partition(b"\0")[0])}
    said: dict[str, Any] = {}
    for key, value in _records(content):
        if key.startswith(b"GNU.sparse"):
            raise tarfile.ReadError(_SPARSE)
        if key == b"path":
            said["name"] = _decoded(value)
        elif key == b"size":
            said["size"] = _number(value)
    if said and kind == tarfile.XGLTYPE:
        raise tarfile.ReadError("a name or a size is said to be that of all files")
    return said


def _records(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The records `LENGTH KEY=VALUE\\n` of a pax header."""
    position = 0
    for _ in range(MAX_RECORDS):
        if position >= len(content) or not content[position]:
            return
        digits, _, _ = content[position : position + 8].partition(b" ")
        end = position + _number(digits)
        key, equals, value = content[position + len(digits) + 1 : end].partition(b"=")
        if end > len(content) or not equals or not value.endswith(b"\n"):
            raise tarfile.ReadError("an extended header makes no sense")
        yield key, value[:-1]
        position = end
    raise tarfile.ReadError(f"an extended header has more than {MAX_RECORDS} records")


def _number(digits: bytes) -> int:
    if not digits.isdigit() or len(digits) > 15:
        raise tarfile.ReadError("a number makes no sense")
    return int(digits)


def _decoded(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")


def _decoder(name: str) -> Callable[[], Any] | None:
    if name.endswith((".gz", ".tgz")):
        return _Gzip
    if name.endswith((".bz2", ".tbz2")):
        return bz2.BZ2Decompressor
    if name.endswith((".xz", ".txz")):
        return lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=LZMA_MEMORY)
    return None


class _Gzip:
    """zlib's decoder of gzip, checksum included, with the verbs that those of bz2 and lzma have."""

    def __init__(self) -> None:
        self._decoder = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
        self.needs_input = True

    @property
    def eof(self) -> bool:
        return self._decoder.eof

    @property
    def unused_data(self) -> bytes:
        return self._decoder.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        piece = self._decoder.decompress(self._decoder.unconsumed_tail + data, max_length)
        # a full piece may leave more to say although all input is taken
        self.needs_input = len(piece) < max_length and not self._decoder.unconsumed_tail
        return piece
