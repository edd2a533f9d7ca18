"""Archives: the one file in them is read, whatever else they hold; hostile and broken ones become a line."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import stat
import struct
import tarfile
import tempfile
import zipfile
import zlib
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.exporting.feedback.code import GradedCode
from autograder.facts.fact import Fact
from autograder.facts.result import Result
from autograder.fingerprint import fingerprint
from autograder.handin.names import MAX_ENTRIES
from autograder.handin.sources import Unreadable
from autograder.handin.submissions import find_submissions
from autograder.handin.unpacking import MAX_UNPACKED, Unpacker
from autograder.isolation.host.errors import ProcessEnded
from autograder.isolation.inside.unpacking import Archive

pytestmark = pytest.mark.turns(3)
ANSWER = b"def sigmoid(Z):\n    return Z\n"


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
def read(tmp_path, unpack):
    """Hands in bytes as an archive of a name, and gives the text that is graded."""

    def of(name, data, wanted="04_tape_net.py"):
        (tmp_path / name).write_bytes(data)
        (only,) = find_submissions(tmp_path, wanted).submissions
        assert only.student == "ada"
        return "".join(part["text"] for part in only.read(unpack).source.parts)

    of.folder = tmp_path
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


def test_two_right_submissions_go_through_the_whole_way(tmp_path, unpack):
    (tmp_path / "ada.zip").write_bytes(zipped(FILES))
    (tmp_path / "bob.tar.gz").write_bytes(tarred(FILES, "w:gz"))
    ada, bob = (one.read(unpack).source for one in find_submissions(tmp_path).submissions)
    assert ada.parts == bob.parts == [{"name": "answer.py", "text": ANSWER.decode()}]


def test_the_file_of_an_archive_of_the_folder_itself(read):
    # tar czf ada.tar.gz .
    assert read("ada.tar.gz", tarred([(special(".", tarfile.DIRTYPE), b""), ("./x.py", ANSWER)], "w:gz")) == (
        ANSWER.decode()
    )


def test_paths_of_windows_are_paths(read):
    files = [("homework\\04_tape_net.py", ANSWER), ("homework\\helpers.py", b"y = 1")]
    assert read("ada.zip", zipped(files)) == ANSWER.decode()


def test_streams_one_behind_the_other_are_one_file(read):
    # as compressors that use several cores write them, padded with zeros as on a tape
    data = tarred(FILES)
    for suffix, compress in ((".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress)):
        assert read(f"ada.tar{suffix}", compress(data[:700]) + compress(data[700:]) + bytes(512)) == ANSWER.decode()
        (only,) = [path for path in read.folder.iterdir()]
        only.unlink()


def test_the_fingerprint_follows_the_bytes_of_the_archive(tmp_path):
    path = tmp_path / "ada.zip"
    prints = []
    for content in (ANSWER, ANSWER + b"y = 1\n", ANSWER):
        path.write_bytes(zipped([(zipfile.ZipInfo("x.py"), content)]))
        prints.append(find_submissions(tmp_path).submissions[0].fingerprint)
    assert prints[0] == prints[2] != prints[1]


def test_rubbish_and_smuggled_files_do_not_count(read):
    smuggled = ("conftest.py", "__init__.py", "sitecustomize.py", ".git/hooks/x.py", "__pycache__/x.py", ".hidden.py")
    extra = [(f"a/{name}", b"raise SystemExit") for name in smuggled]
    link = special("a/.venv/bin/python.py", tarfile.SYMTYPE, "/usr/bin/python3")
    deep = "a/.git/" + "objects/" * 12 + "x.py"
    assert read("ada.tar", tarred([("a/x.py", ANSWER), *extra, (link, b""), (deep, b"")])) == ANSWER.decode()
    (read.folder / "ada.tar").unlink()
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


def directory_patched(offset, value):
    """A zip of one file with two bytes of its directory's entry set."""
    data = bytearray(zipped([("x.py", ANSWER * 50)]))
    start = data.index(b"PK\x01\x02") + offset
    data[start : start + 2] = value.to_bytes(2, "little")
    return bytes(data)


def overlapping(count):
    """A zip whose directory names one and the same stored bytes many times."""
    data = zipped([("x.py", ANSWER)])
    start = data.index(b"PK\x01\x02")
    entry = data[start : data.index(b"PK\x05\x06")]
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count % 2**16, count % 2**16, len(entry) * count, start, 0)
    return data[:start] + entry * count + end


def bad_checksum():
    data = bytearray(zipped([("x.py", ANSWER)], zipfile.ZIP_STORED))
    data[data.index(ANSWER)] ^= 1
    return bytes(data)


def header(name, size, kind=tarfile.REGTYPE):
    """One block of a tar, whatever its size may say."""
    block = bytearray(special(name, kind).tobuf(tarfile.USTAR_FORMAT))
    block[124:136] = tarfile.itn(size, 12, tarfile.GNU_FORMAT)
    block[148:156] = b"%06o\0 " % tarfile.calc_chksums(bytes(block))[0]
    return bytes(block)


def extended(content, kind=tarfile.XHDTYPE):
    return header("pax", len(content), kind) + content + bytes(-len(content) % 512)


def record(key, value):
    """A record of a pax header; its length counts its own digits."""
    rest = b" " + key + b"=" + value + b"\n"
    length = next(length for length in range(len(rest), len(rest) + 20) if length == len(rest) + len(str(length)))
    return b"%d" % length + rest


def four_gigabytes_of_dictionary():
    """An .xz whose header asks for the largest dictionary, checksum mended."""
    data = bytearray(lzma.compress(tarred(FILES)))
    size = (data[12] + 1) * 4
    data[data.index(b"\x21\x01") + 2] = 40
    data[12 + size - 4 : 12 + size] = struct.pack("<L", zlib.crc32(bytes(data[12 : 12 + size - 4])))
    return bytes(data)


TAR = tarred([("x.py", ANSWER)])
REFUSED = {
    "parent": ("ada.zip", zipped([("../../x.py", ANSWER)]), "a file outside itself"),
    "parent inside": ("ada.zip", zipped([("a/../../x.py", ANSWER)]), "a file outside itself"),
    "absolute": ("ada.zip", zipped([("/etc/x.py", ANSWER)]), "a file outside itself"),
    "backslashes": ("ada.zip", zipped([("..\\x.py", ANSWER)]), "a file outside itself"),
    "drive": ("ada.zip", zipped([("C:\\x.py", ANSWER)]), "a file outside itself"),
    "parent in tar": ("ada.tar", tarred([("../x.py", ANSWER)]), "a file outside itself"),
    "absolute in tar": ("ada.tar", tarred([("/x.py", ANSWER)]), "a file outside itself"),
    "link in zip": (
        "ada.zip",
        zip_with(external_attr=(stat.S_IFLNK | 0o777) << 16),
        "a link, a device or a sparse file",
    ),
    "device in zip": (
        "ada.zip",
        zip_with(external_attr=(stat.S_IFBLK | 0o777) << 16),
        "a link, a device or a sparse file",
    ),
    "symbolic link": (
        "ada.tar",
        tarred([(special("x.py", tarfile.SYMTYPE, "/etc/passwd"), b"")]),
        "a link, a device or a sparse file",
    ),
    "hard link": (
        "ada.tar",
        tarred([(special("x.py", tarfile.LNKTYPE, "y.py"), b"")]),
        "a link, a device or a sparse file",
    ),
    "device": ("ada.tar", tarred([(special("x.py", tarfile.CHRTYPE), b"")]), "a link, a device or a sparse file"),
    "fifo": ("ada.tar", tarred([(special("x.py", tarfile.FIFOTYPE), b"")]), "a link, a device or a sparse file"),
    "two slashes": ("ada.tar", tarred([("//etc/x.py", ANSWER)]), "a file outside itself"),
    "share": ("ada.zip", zipped([("\\\\host\\x.py", ANSWER)]), "a file outside itself"),
    "encrypted": ("ada.zip", directory_patched(8, 1), "is encrypted; make it without a password"),
    "unknown method": ("ada.zip", directory_patched(10, 99), "compression method is not supported"),
    "checksum": ("ada.zip", bad_checksum(), "the archive is broken .*CRC"),
    "overlapping": ("ada.zip", overlapping(900), r"holds x\.py more than once"),
    "overlapping a million times": ("ada.zip", overlapping(300_000), "at most 1000 files"),
    "line in a name": ("ada.zip", zipped([("a\nb.py", ANSWER), ("c.py", b"y = 1")]), "found 2: a␊b.py, c.py"),
    "broken second header": ("ada.tar", TAR[:1024] + b"garbage!" * 64 + bytes(1024), "broken"),
    "cut behind a file": ("ada.tar", TAR[:1024], "it ends early"),
    "rest that is no gzip": ("ada.tar.gz", gzip.compress(TAR) + b"x" * 99, "broken"),
    "no checksum in gzip": ("ada.tar.gz", gzip.compress(TAR)[:-8] + bytes(8), "broken"),
    "negative size": ("ada.tar", TAR[:1024] + header("y.py", -1024) + bytes(1024), "a header makes no sense"),
    "negative size in pax": ("ada.tar", extended(record(b"size", b"-1024")) + TAR, "a header makes no sense"),
    "old sparse file": ("ada.tar", header("x.py", 0, tarfile.GNUTYPE_SPARSE) + TAR, "sparse file"),
    "sparse file": ("ada.tar", extended(record(b"GNU.sparse.map", b"0,0")) + TAR, "sparse file"),
    "long map of a sparse file": (
        "ada.tar",
        extended(record(b"GNU.sparse.map", b"0," * 2**20)) + TAR,
        "the archive is broken",
    ),
    "member of 8 EB": ("ada.tar", header("x.py", 2**63 - 1) + TAR, "the archive is broken"),
    "dictionary of 4 GB": ("ada.tar.xz", four_gigabytes_of_dictionary(), "MemoryError|too much memory"),
    "twice": ("ada.tar", tarred([("x.py", ANSWER), ("x.py", b"y = 1")]), r"holds x\.py more than once"),
    "twice but for case": ("ada.zip", zipped([("x.py", ANSWER), ("X.py", b"y = 1")]), "more than once"),
    "twice but for accents": ("ada.zip", zipped([("\u00e9.py", ANSWER), ("e\u0301.py", b"y")]), "more than once"),
    "many": ("ada.zip", zipped([(f"{number}.txt", b"") for number in range(1001)]), "at most 1000 files"),
    "deep": ("ada.zip", zipped([("a/" * 11 + "x.py", ANSWER)]), "10 folders deep"),
    "long name": ("ada.zip", zipped([("a" * 400 + ".py", ANSWER)]), "at most 300 letters"),
    "nothing in it": (
        "ada.zip",
        zipped([("notes.txt", b"")]),
        r"expected a \.py or \.ipynb in the archive, found none",
    ),
    "no archive": ("ada.zip", b"hello", "the archive is broken"),
    "empty": ("ada.zip", b"", "the archive is broken"),
    "no gzip": ("ada.tar.gz", b"hello", "the archive is broken"),
    "no xz": ("ada.tar.xz", b"hello", "the archive is broken"),
    "cut xz": ("ada.tar.xz", tarred(FILES, "w:xz")[:-20], "the archive is broken"),
    "bomb in zip": ("ada.zip", zipped([("x.py", bytes(30 * 2**20))]), "100 times its size"),
    "bomb beside": ("ada.zip", zipped([("x.py", ANSWER), ("y", bytes(30 * 2**20))]), "100 times its size"),
    "bomb in gzip": ("ada.tar.gz", gzip.compress(bytes(30 * 2**20)), "100 times its size"),
    "bomb in bzip2": ("ada.tar.bz2", bz2.compress(bytes(30 * 2**20)), "100 times its size"),
    "bomb in xz": ("ada.tar.xz", lzma.compress(bytes(30 * 2**20)), "100 times its size"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_one_line(read, case):
    name, data, line = REFUSED[case]
    with pytest.raises(Unreadable, match=line) as refused:
        read(name, data)
    assert str(refused.value).startswith(f"{name}: ") and len(str(refused.value)) < 400
    assert "\n" not in str(refused.value)


# what some releases of tarfile and zipfile read, and others refuse or search for minutes; nothing comes of either
EITHER = {
    "lzma in zip": ("ada.zip", zipped(FILES, zipfile.ZIP_LZMA)),
    "name of all files": ("ada.tar", extended(record(b"path", b"x.py"), tarfile.XGLTYPE) + TAR),
    "nonsense in pax": ("ada.tar", extended(b"99 path=x.py\n") + TAR),
    # searched for more than a minute by tarfile of Python 3.11.7
    "digits without end": ("ada.tar", extended(b"1" * 200_000) + TAR),
    "fewer digits": ("ada.tar", extended(b"1" * 60_000) + TAR),
}


@pytest.mark.parametrize("case", EITHER)
def test_read_or_refused_with_one_line(unpack, case):
    name, data = EITHER[case]
    hurried = replace(unpack, limits=replace(unpack.limits, seconds_per_submission=5.0))
    try:
        assert hurried(name, data, "")[1] == ANSWER
    except Unreadable as refused:
        assert str(refused).startswith(f"{name}: ") and str(refused).isprintable()


def test_bomb_that_lies_about_its_size(read):
    data = zipped([("x.py", bytes(30 * 2**20))])
    real = (30 * 2**20).to_bytes(4, "little")
    with pytest.raises(Unreadable, match=r"broken|100 times"):
        read("ada.zip", patched(data, real, (1000).to_bytes(4, "little")))


BOMBS = {
    "a.tar.gz": gzip.compress(bytes(200 * 2**20)),
    "b.zip": zipped([("x.py", bytes(200 * 2**20))]),
    "c.zip": overlapping(300_000),
    "d.tar": extended(record(b"GNU.sparse.map", b"0," * 20 * 2**20)) + TAR,
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_refused_and_the_next_archive_is_read(unpack, name):
    with pytest.raises(Unreadable):
        unpack(name, BOMBS[name], "")
    assert unpack("ada.zip", zipped(FILES), "") == ("answer.py", ANSWER)


WITHIN = {
    "large file": (
        "ada.zip",
        zipped([("x.py", ANSWER * 500_000)], zipfile.ZIP_STORED),
        r"x\.py holds more than 500 KB",
    ),
    "large file in tar": ("ada.tar", tarred([("x.py", ANSWER * 500_000)]), r"x\.py holds more than 500 KB of code"),
    "no archive in gzip": ("ada.tar.gz", gzip.compress(b"hello" * 300), "ada is neither a notebook nor Python"),
    "nothing in gzip": ("ada.gz", gzip.compress(b""), "ada is empty"),
    "empty streams": ("ada.tar.bz2", bz2.compress(b"") * 2000, "ada is empty"),
    "a web page": ("ada.zip", zipped([("x.py", b"<!DOCTYPE html><html>")]), r"x\.py is a web page"),
}


@pytest.mark.parametrize("case", WITHIN)
def test_what_is_said_of_the_file_within(read, case):
    name, data, line = WITHIN[case]
    with pytest.raises(Unreadable, match=f"^{line}"):
        read(name, data)


LOGIN = b"<!DOCTYPE html>\n<html><title>Log in</title></html>"
INNER = zipped([("homework/answer.py", ANSWER), ("data.csv", b"1,2\n")])
AS_IT_IS = {
    "a tar.gz of Canvas": ("ada.tar-1.gz", tarred(FILES, "w:gz")),
    "a second download": ("ada.zip (1)", zipped(FILES)),
    "a zip called .tar": ("ada.tar", zipped(FILES)),
    "a zip called .gz": ("ada.gz", zipped(FILES)),
    "a tar called .zip": ("ada.zip", tarred(FILES)),
    "a tar.xz called .zip": ("ada.zip", tarred(FILES, "w:xz")),
    "a tar called .tar.gz": ("ada.tar.gz", tarred(FILES)),
    "a tar.gz called .gz": ("ada.gz", tarred(FILES, "w:gz")),
    "a tar.gz called .bz2": ("ada.tar.bz2", tarred(FILES, "w:gz")),
    "a zip called .py": ("ada.py", zipped(FILES)),
    "a zip called .ipynb": ("ada.ipynb", zipped(FILES)),
    "a zip behind something else": ("ada.zip", b"#!/bin/sh\nexit\n" + zipped(FILES)),
    "one file": ("ada.py.gz", gzip.compress(ANSWER)),
    "one file, no ending": ("ada.xz", lzma.compress(ANSWER)),
    "one file called .py": ("ada.py", bz2.compress(ANSWER)),
    "a zip in a zip": ("ada.zip", zipped([("hw/in.zip", INNER), ("notes.txt", b""), ("__MACOSX/hw/._in.zip", b"")])),
    "a tar.gz in a zip": ("ada.zip", zipped([("hw-1.tar.gz", tarred(FILES, "w:gz"))])),
    "a zip called .py in a zip": ("ada.zip", zipped([("answer.py", INNER)])),
    "a zip beside the answer": ("ada.zip", zipped([("answer.py", ANSWER), ("data.zip", INNER)])),
    "a document beside the answer": ("ada.zip", zipped([("word/document.xml", b""), ("answer.py", ANSWER)])),
    "what editors leave": (
        "ada.zip",
        zipped(
            [(f"{folder}/answer.py", b"x") for folder in (".ipynb_checkpoints", ".history", ".idea", "a/__MACOSX")]
            + [
                (".DS_Store", b""),
                ("answer-checkpoint.ipynb", b"{}"),
                ("hw/answer.py", ANSWER),
                ("hw/._answer.py", b""),
            ]
        ),
    ),
    "a name that others hide": ("ada.zip", zipped([("answer.py.txt", ANSWER)])),
}


@pytest.mark.parametrize("case", AS_IT_IS)
def test_an_archive_is_what_its_content_says(read, case):
    assert read(*AS_IT_IS[case]) == ANSWER.decode()


@pytest.mark.parametrize(
    "files, line",
    [
        (
            [("a.zip", INNER), ("b.zip", INNER)],
            r"it holds another archive, a\.zip; unpack it and hand in the file itself",
        ),
        ([("a.rar", b"Rar!\x1a\x07")], r"it holds another archive, a\.rar; unpack it and hand in the file itself"),
        ([("a.zip", zipped([("notes.txt", b"")]))], r"a\.zip: expected a \.py or \.ipynb in the archive, found none"),
        ([("a.zip", b"see my e-mail")], r"a\.zip is neither a notebook"),
        ([("a.zip", LOGIN)], r"a\.zip is a web page"),
    ],
)
def test_archives_in_an_archive_that_are_not_opened(read, files, line):
    with pytest.raises(Unreadable, match=line):
        read("ada.zip", zipped(files))


@pytest.mark.parametrize("name", ["latin-\xe9.py", "日本.py", "rtl-\u202e.py", "\udcff.py", "a\x1b[2J.py"])
def test_names_in_any_encoding(read, name):
    assert read("ada.tar", tarred([(name, ANSWER)])) == ANSWER.decode()


def test_name_in_the_code_page_of_an_old_machine(read):
    data = zipped([("xxxxxx.py", ANSWER)]).replace(b"xxxxxx.py", "課題".encode("shift-jis") + b"xx.py")
    assert read("ada.zip", data) == ANSWER.decode()


# up to the first block of the end mark, behind which only padding follows
SHORT_TAR = tarred([("x.py", ANSWER), ("y.txt", ANSWER)])[: 4 * 512 + 511]


def opened(name, data):
    """An archive as the process of the sandbox opens it, here: a thousand processes would take minutes."""
    return Archive(name, np.frombuffer(data, np.uint8), MAX_ENTRIES, MAX_UNPACKED)


def contents(archive):
    """What all files of an archive hold, or why they cannot be read."""
    kinds = [kind for _, kind in archive.listing.get("entries", ())]
    return [archive.read(number, 10**7) for number, kind in enumerate(kinds) if kind == "file"]


@pytest.mark.parametrize(
    "name, data", [("ada.zip", zipped(FILES)), ("ada.tar.gz", tarred(FILES, "w:gz")), ("ada.tar", SHORT_TAR)]
)
def test_cut_anywhere(name, data):
    for length in range(0, len(data), 7):
        archive = opened(name, data[:length])
        assert "broken" in archive.listing or any(isinstance(content, str) for content in contents(archive)), length


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.sampled_from(["x.zip", "x.tar", "x.tar.gz", "x.tar.bz2", "x.tar.xz"]), st.data())
def test_any_bytes_are_read_or_refused(name, data):
    mode = name.removeprefix("x.tar").replace(".", "w:") or "w"
    valid = zipped(FILES) if name.endswith("zip") else tarred(FILES, mode)
    content = bytearray(valid)
    for position, value in data.draw(
        st.lists(st.tuples(st.integers(0, len(valid) - 1), st.integers(0, 255)), max_size=8)
    ):
        content[position] = value
    archive = opened(name, bytes(content))
    assert len(archive.listing.get("broken", "")) <= 80
    assert all(not isinstance(text, str) or len(text) <= 80 for text in contents(archive))


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.sampled_from(["x.zip", "x.tar", "x.tar.gz", "x.tar.bz2", "x.tar.xz"]), st.binary(max_size=2000))
def test_bytes_that_are_no_archive(name, content):
    archive = opened(name, content)
    # a tar may be nothing but its end mark
    assert "broken" in archive.listing or archive.listing["entries"] == []


class Liar:
    """A template whose process was taken over by an archive."""

    def __init__(self, answers):
        self.answers = answers

    def spawn(self, _):
        answers = iter(self.answers)

        class Process:
            def start(self):
                pass

            def close(self):
                pass

            def request(self, *_, **__):
                answer = next(answers)
                if isinstance(answer, Exception):
                    raise answer
                return {"value": answer}

        return Process()


LISTING = {"entries": [("x.py", "file")], "unpacked": 10}
LIES = {
    "nothing": [None],
    "a number": [3],
    "no entries": [{"unpacked": 1}],
    "a size that is text": [{"entries": [], "unpacked": "1"}],
    "an entry that is a list": [{"entries": [["x.py", "file"]], "unpacked": 1}],
    "an entry of three": [{"entries": [("x.py", "file", 1)], "unpacked": 1}],
    "a name that is a number": [{"entries": [(1, "file")], "unpacked": 1}],
    "no reason": [{"broken": 3}],
    "a reason that acts": [{"broken": "\x1b[2J\n" * 10_000}],
    "names outside": [{"entries": [("../x.py", "file")], "unpacked": 1}],
    "no content": [LISTING, None],
    "numbers of another kind": [LISTING, np.zeros(3)],
    "more than was asked for": [LISTING, *[np.zeros(11 * 2**20, np.uint8)] * 6],
    "an end that is none": [LISTING, np.zeros(11, np.uint8), None],
    "silence": [ProcessEnded(Fact("time-limit"))],
    "too much memory": [LISTING, ProcessEnded(Fact("memory"))],
    "another language": [ProcessEnded(Fact("not-an-answer"))],
}


@pytest.mark.parametrize("lie", LIES)
def test_what_the_process_says_is_believed_no_more_than_an_answer(lie, tmp_path, monkeypatch):
    # nobody removes what a process that never was had
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(Unreadable) as refused:
        Unpacker(Liar(LIES[lie]))("ada.zip", b"PK", "x.py")
    line = str(refused.value)
    assert line.startswith("ada.zip: ") and len(line) < 200 and line.isprintable()


STARTER = b"import numpy as np\n\n\ndef sigmoid(Z):\n    raise NotImplementedError('03.1')\n"


def notebook(*cells):
    made = [
        {"cell_type": "code", "metadata": {}, "source": cell, "outputs": [], "execution_count": None} for cell in cells
    ]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}).encode()


WORKED = notebook("done = 1")
BESIDE = {
    "a script in which nothing was written": (STARTER, "done = 1"),
    "the same, saved on Windows": (STARTER.replace(b"\n", b"\r\n") + b"\r\n", "done = 1"),
    "a script that was worked on": (STARTER + b"x = 1\n", (STARTER + b"x = 1\n").decode()),
}


@pytest.mark.parametrize("case", BESIDE)
@pytest.mark.parametrize("how", ["the whole kit in a .zip", "a folder", "side by side"])
def test_an_untouched_script_counts_beside_no_notebook(tmp_path, unpack, how, case):
    script, graded = BESIDE[case]
    handed_in, starter = tmp_path / "class", tmp_path / "starter.py"
    handed_in.mkdir()
    starter.write_bytes(STARTER)
    files = [("03_numpy_net.py", script), ("03_numpy_net.ipynb", WORKED)]
    if how == "the whole kit in a .zip":
        kit = [
            ("assignments/03_numpy_net/starter.py", STARTER),
            ("assignments/03_numpy_net/starter.ipynb", notebook("0")),
        ]
        kit += [
            ("assignments/common/two_layer.py", b"x = 2"),
            ("assignments/03_numpy_net/tests/test_public.py", b"x = 3"),
        ]
        (handed_in / "ada.zip").write_bytes(zipped([*files, *kit]))
    elif how == "a folder":
        (handed_in / "ada").mkdir()
        for name, content in files:
            (handed_in / "ada" / name).write_bytes(content)
    else:
        for name, content in files:
            (handed_in / f"doeann_11_1{len(name)}_{name}").write_bytes(content)
        (handed_in / "roebob_12_120_03_numpy_net.py").write_bytes(STARTER)
    found = find_submissions(handed_in, "03_numpy_net.py", starter=starter)
    parts = found.submissions[0].read(unpack).source.parts
    assert "".join(part["text"] for part in parts).replace("\r", "").strip() == graded.strip()
    if how != "the whole kit in a .zip" and graded == "done = 1":
        assert any("in this one nothing was written yet" in why for _, why in found.unseen)
    if how == "side by side":
        # alone it is what was handed in
        assert found.submissions[1].read(unpack).source.parts[0]["text"] == STARTER.decode()


def test_a_page_of_feedback_shows_the_notebook_that_was_graded(tmp_path, unpack):
    handed_in, starter = tmp_path / "class", tmp_path / "starter.py"
    handed_in.mkdir()
    starter.write_bytes(STARTER)
    (handed_in / "ada.zip").write_bytes(zipped([("03_numpy_net.py", STARTER), ("03_numpy_net.ipynb", WORKED)]))
    (graded,) = find_submissions(handed_in, "03_numpy_net.py", starter=starter).submissions
    prints = {"ada": (fingerprint("tests", graded.read(unpack).fingerprint), "tests")}
    code = GradedCode(handed_in, prints, "03_numpy_net.py", unpack, starter)
    shown, _ = code.of(Result("ada", "03_numpy_net", "graded", file="ada.zip"))
    assert [part["text"] for part in shown.parts] == ["done = 1"]
