"""The reader of tar archives finds what Python's tarfile finds."""

from __future__ import annotations

import io
import tarfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.handin.tarballs import Stream, members_of, pieces_of

MODES = {"x.tar": "w", "x.tar.gz": "w:gz", "x.tar.bz2": "w:bz2", "x.tar.xz": "w:xz"}
# ordinary, accented, undecodable and folder; long ones take extended headers
NAMES = st.lists(st.sampled_from(["a", "é", "\udcff", "b/", "n" * 90]), min_size=1, max_size=8).map("".join)
KINDS = st.sampled_from([tarfile.REGTYPE, tarfile.REGTYPE, tarfile.DIRTYPE, tarfile.SYMTYPE])
# around the length of a block and of a piece
SIZES = st.sampled_from([0, 1, 511, 512, 513, 2**16 - 1, 2**16 + 1])


def found_by_tarfile(data):
    with tarfile.open(fileobj=io.BytesIO(data), encoding="utf-8", errors="surrogateescape") as archive:
        return [
            (info.name.rstrip("/"), info.type, archive.extractfile(info).read() if info.isreg() else b"")
            for info in archive
        ]


def found_here(name, data):
    members = members_of(Stream(pieces_of(name, data)), 2**20)
    return [(info.name.rstrip("/"), info.type, read() if info.isreg() else b"") for info, read in members]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.sampled_from(sorted(MODES)),
    st.sampled_from([tarfile.GNU_FORMAT, tarfile.PAX_FORMAT]),
    st.lists(st.tuples(NAMES, KINDS, SIZES, st.sampled_from([1, 1.5])), max_size=6),
)
def test_as_tarfile_reads_it(name, form, members):
    buffer = io.BytesIO()
    with tarfile.open(
        fileobj=buffer, mode=MODES[name], format=form, encoding="utf-8", errors="surrogateescape"
    ) as archive:
        for path, kind, size, mtime in members:
            info = tarfile.TarInfo(path)
            info.type, info.mtime = kind, mtime
            info.linkname = "t" * 150 if kind == tarfile.SYMTYPE else ""
            info.size = size if kind == tarfile.REGTYPE else 0
            archive.addfile(info, io.BytesIO(bytes(range(1, 256)) * (size // 255 + 1)))
    data = buffer.getvalue()
    assert found_here(name, data) == found_by_tarfile(data)


def test_the_size_in_an_extended_header_counts():
    # as for a file of more than 8 GB, whose size does not fit the old header
    info = tarfile.TarInfo("x.py")
    info.pax_headers = {"size": "5"}
    content = b"x = 1" + bytes(507)
    header = info.tobuf(tarfile.PAX_FORMAT)
    data = header + content + bytes(1024)
    assert found_here("x.tar", data) == found_by_tarfile(data) == [("x.py", tarfile.REGTYPE, b"x = 1")]


def test_what_is_not_read_is_passed_over():
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name in ("big", "x.py"):
            info = tarfile.TarInfo(name)
            info.size = 200_000
            archive.addfile(info, io.BytesIO(name.encode() * 200_000))
    stream = Stream(pieces_of("x.tar", buffer.getvalue()))
    starts = {info.name: read() for info, read in members_of(stream, 10) if info.name == "x.py"}
    assert starts == {"x.py": b"x.pyx.pyx."}


def test_a_stream_that_ends_early():
    with pytest.raises(EOFError):
        Stream(iter([b"ab", b"c"])).read(4)
    with pytest.raises(EOFError):
        Stream(iter([b"ab", b"c"])).skip(4)
    stream = Stream(iter([b"ab", b"c"]))
    stream.skip(2)
    assert stream.read(1) == b"c"
