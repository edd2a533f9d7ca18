"""Archives: the one file in them is read, whatever else they hold; hostile and broken ones become a line."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import tarfile
import tracemalloc
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.archives import MAX_UNPACKED, RefusedArchive, files_in
from autograder.submissions import Unreadable, find_submissions

ANSWER = b"def sigmoid(Z):\n    return Z\n"
SUFFIXES = (".py", ".ipynb")


def zipped(files, compression=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return buffer.getvalue()


def tarred(files, mode="w"):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:
        for name, content in files:
            info = name if isinstance(name, tarfile.TarInfo) else tarfile.TarInfo(name)
            info.size = len(content) if info.isreg() else 0
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def special(name, kind, target=""):
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


@pytest.fixture
def read(tmp_path):
    """Hands in bytes as an archive of a name, and gives the text that is graded."""

    def of(name, data, wanted="04_tape_net.py"):
        (tmp_path / name).write_bytes(data)
        (only,) = find_submissions(tmp_path, wanted)
        assert only.student == "ada"
        return "".join(part["text"] for part in only.read().parts)

    return of


FILES = [("homework/answer.py", ANSWER), ("homework/data.csv", b"1,2\n"), ("__MACOSX/homework/._answer.py", b"\x00")]


@pytest.mark.parametrize(
    "name, data",
    [
        ("ada.zip", zipped(FILES)),
        ("ada.ZIP", zipped(FILES, zipfile.ZIP_STORED)),
        ("ada.tar", tarred(FILES)),
        ("ada.tar.gz", tarred(FILES, "w:gz")),
        ("ada.tgz", tarred(FILES, "w:gz")),
        ("ada.tar.bz2", tarred(FILES, "w:bz2")),
        ("ada.tar.xz", tarred(FILES, "w:xz")),
    ],
)
def test_the_file_is_read(read, name, data):
    assert read(name, data) == ANSWER.decode()


def test_rubbish_and_smuggled_files_do_not_count(read):
    smuggled = ("conftest.py", "__init__.py", "sitecustomize.py", ".git/hooks/x.py", "__pycache__/x.py", ".hidden.py")
    extra = [(f"a/{name}", b"raise SystemExit") for name in smuggled]
    assert read("ada.zip", zipped([("a/x.py", ANSWER), *extra])) == ANSWER.decode()


def test_of_several_the_one_that_was_asked_for(read):
    files = [("helpers.py", b"y = 1"), ("04_tape_net.py", ANSWER)]
    assert read("ada.zip", zipped(files)) == ANSWER.decode()
    with pytest.raises(Unreadable, match=r"found 2: helpers\.py, 04_tape_net\.py"):
        read("ada.zip", zipped(files), wanted="03.py")


def zip_with(**attributes):
    info = zipfile.ZipInfo("x.py")
    for name, value in attributes.items():
        setattr(info, name, value)
    return zipped([(info, ANSWER)])


def patched(data, old, new):
    assert old in data and len(old) == len(new)
    return data.replace(old, new)


ENCRYPTED = zip_with()
ENCRYPTED = patched(ENCRYPTED, b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")
REFUSED = {
    "parent": ("ada.zip", zipped([("../../x.py", ANSWER)]), "a file outside itself"),
    "parent inside": ("ada.zip", zipped([("a/../../x.py", ANSWER)]), "a file outside itself"),
    "absolute": ("ada.zip", zipped([("/etc/x.py", ANSWER)]), "a file outside itself"),
    "backslashes": ("ada.zip", zipped([("..\\x.py", ANSWER)]), "a file outside itself"),
    "drive": ("ada.zip", zipped([("C:\\x.py", ANSWER)]), "a file outside itself"),
    "parent in tar": ("ada.tar", tarred([("../x.py", ANSWER)]), "a file outside itself"),
    "absolute in tar": ("ada.tar", tarred([("/x.py", ANSWER)]), "a file outside itself"),
    "link in zip": ("ada.zip", zip_with(external_attr=(stat.S_IFLNK | 0o777) << 16), "a link or a device"),
    "device in zip": ("ada.zip", zip_with(external_attr=(stat.S_IFBLK | 0o777) << 16), "a link or a device"),
    "symbolic link": (
        "ada.tar",
        tarred([(special("x.py", tarfile.SYMTYPE, "/etc/passwd"), b"")]),
        "a link or a device",
    ),
    "hard link": ("ada.tar", tarred([(special("x.py", tarfile.LNKTYPE, "y.py"), b"")]), "a link or a device"),
    "device": ("ada.tar", tarred([(special("x.py", tarfile.CHRTYPE), b"")]), "a link or a device"),
    "fifo": ("ada.tar", tarred([(special("x.py", tarfile.FIFOTYPE), b"")]), "a link or a device"),
    "encrypted": ("ada.zip", ENCRYPTED, "encrypted|broken"),
    "twice": ("ada.tar", tarred([("x.py", ANSWER), ("x.py", b"y = 1")]), r"holds x\.py more than once"),
    "twice but for case": ("ada.zip", zipped([("x.py", ANSWER), ("X.py", b"y = 1")]), "more than once"),
    "twice but for accents": ("ada.zip", zipped([("\u00e9.py", ANSWER), ("e\u0301.py", b"y")]), "more than once"),
    "many": ("ada.zip", zipped([(f"{number}.txt", b"") for number in range(1001)]), "at most 1000 files"),
    "deep": ("ada.zip", zipped([("a/" * 11 + "x.py", ANSWER)]), "10 folders deep"),
    "long name": ("ada.zip", zipped([("a" * 400 + ".py", ANSWER)]), "at most 300 letters"),
    "nothing in it": ("ada.zip", zipped([("notes.txt", b"")]), r"expected a \.py or \.ipynb in ada\.zip, found none"),
    "archive in archive": ("ada.zip", zipped([("inner.zip", zipped(FILES))]), "found none"),
    "no archive": ("ada.zip", b"hello", "the archive is broken"),
    "empty": ("ada.zip", b"", "the archive is broken"),
    "no tar": ("ada.tar.gz", gzip.compress(b"hello" * 300), "the archive is broken"),
    "no gzip": ("ada.tar.gz", b"hello", "the archive is broken"),
    "no xz": ("ada.tar.xz", b"hello", "the archive is broken"),
    "cut xz": ("ada.tar.xz", tarred(FILES, "w:xz")[:-20], "the archive is broken"),
    "bomb in zip": ("ada.zip", zipped([("x.py", bytes(30 * 2**20))]), "100 times its size"),
    "bomb beside": ("ada.zip", zipped([("x.py", ANSWER), ("y", bytes(30 * 2**20))]), "100 times its size"),
    "bomb in gzip": ("ada.tar.gz", gzip.compress(bytes(30 * 2**20)), "100 times its size"),
    "bomb in bzip2": ("ada.tar.bz2", bz2.compress(bytes(30 * 2**20)), "100 times its size"),
    "bomb in xz": ("ada.tar.xz", lzma.compress(bytes(120 * 2**20)), "more than 100 MB"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_one_line(read, case):
    name, data, line = REFUSED[case]
    with pytest.raises(Unreadable, match=line) as refused:
        read(name, data)
    assert str(refused.value).startswith((name, "expected")) and len(str(refused.value)) < 400
    assert "\n" not in str(refused.value)


def test_bomb_that_lies_about_its_size(read):
    data = zipped([("x.py", bytes(30 * 2**20))])
    real = (30 * 2**20).to_bytes(4, "little")
    with pytest.raises(Unreadable, match=r"broken|100 times"):
        read("ada.zip", patched(data, real, (1000).to_bytes(4, "little")))


def test_bomb_costs_no_memory(tmp_path):
    path = tmp_path / "ada.tar.gz"
    path.write_bytes(gzip.compress(bytes(400 * 2**20)))
    tracemalloc.start()
    with pytest.raises(RefusedArchive):
        files_in(path, SUFFIXES)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < MAX_UNPACKED + 50 * 2**20


@pytest.mark.parametrize("name", ["latin-\xe9.py", "日本.py", "rtl-\u202e.py", "\udcff.py", "a\x1b[2J.py"])
def test_names_in_any_encoding(read, name):
    assert read("ada.tar", tarred([(name, ANSWER)])) == ANSWER.decode()


def test_name_in_the_code_page_of_an_old_machine(read):
    data = zipped([("xxxxxx.py", ANSWER)]).replace(b"xxxxxx.py", "課題".encode("shift-jis") + b"xx.py")
    assert read("ada.zip", data) == ANSWER.decode()


SHORT_TAR = tarred([("x.py", ANSWER * 100)])[:2000]


@pytest.mark.parametrize(
    "name, data", [("ada.zip", zipped(FILES)), ("ada.tar.gz", tarred(FILES, "w:gz")), ("ada.tar", SHORT_TAR)]
)
def test_cut_anywhere(tmp_path, name, data):
    path = tmp_path / name
    for length in range(0, len(data), 7):
        path.write_bytes(data[:length])
        with pytest.raises(RefusedArchive):
            [entry.read() for entry in files_in(path, SUFFIXES)] or pytest.fail("nothing was refused")


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.sampled_from(["x.zip", "x.tar", "x.tar.gz", "x.tar.xz"]), st.data())
def test_any_bytes_are_read_or_refused(tmp_path_factory, name, data):
    valid = zipped(FILES) if name.endswith("zip") else tarred(FILES, {"ar": "w", "gz": "w:gz", "xz": "w:xz"}[name[-2:]])
    content = bytearray(valid)
    for position, value in data.draw(
        st.lists(st.tuples(st.integers(0, len(valid) - 1), st.integers(0, 255)), max_size=8)
    ):
        content[position] = value
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(bytes(content))
    try:
        for entry in files_in(path, SUFFIXES):
            entry.read()
    except RefusedArchive as refused:
        assert len(str(refused)) < 400
