"""What reading costs the grader, whatever a file of an allowed size holds: 200 MB at the most.

How long it takes is printed by `tests/benchmarks/reading.py`: about a second on a quick machine.
"""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import json
import lzma
import random
import struct
import subprocess
import sys
import tarfile
import zipfile
import zlib

import pytest

from autograder.handin.encodings import MAX_PLAIN
from autograder.handin.sources import MAX_BYTES
from autograder.handin.unpacking import MAX_ARCHIVE, MAX_UNPACKED
from tests.slices import part_of

MOST_MB = 200.0

# a process of its own: its peak is not that of tests before it. VmHWM and not ru_maxrss, which counts what the parent
# had when it forked
READER = """
import json, sys, time
from pathlib import Path
from autograder.handin.submissions import find_submissions
from autograder.handin.unpacking import Unpacker
from autograder.isolation.host.choice import new_template
from autograder.isolation.host.users import student_user

def peak():
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024

path = Path(sys.argv[1])
template = new_template("numpy")
unpack = Unpacker(template.control(), student_user()) if path.name != "a.py" else None
before, start = peak(), time.perf_counter()
(only,) = find_submissions(path.parent).submissions
reading = only.read(unpack)
print(json.dumps([reading.reason, time.perf_counter() - start, peak() - before]))
template.close()
"""


def cost(path):
    """What is said of a file, the seconds and the MB that reading it took."""
    done = subprocess.run([sys.executable, "-c", READER, str(path)], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def filled(piece, size=MAX_BYTES):
    return piece * (size // len(piece))


def notebook(cells):
    return b'{"cells":[' + cells + b"]}"


def code(source):
    return notebook(b'{"cell_type":"code","source":' + source + b"}")


def skipped(piece):
    """A notebook of the largest size with a list that is not looked at, of one piece again and again."""
    return b'{"a":[' + filled(piece + b",", MAX_BYTES - 100) + piece + b'],"cells":[]}'


def built(piece, cells=b"[]", size=MAX_PLAIN):
    """A notebook that is built whole, since it holds NaN."""
    return b'{"a":[' + filled(piece + b",", size - 100 - len(cells)) + b'NaN],"cells":' + cells + b"}"


def cells(cell, count):
    return b"[" + b",".join([cell] * count) + b"]"


LINE = b'{"cell_type":"code","source":"x=1"}'
WIDE = "🙂".encode()
SOURCES = {
    # notebooks of the largest size: what is not needed is skipped
    "nothing but [": ("a.ipynb", lambda: b"[" * MAX_BYTES, "no list of cells"),
    "nothing but [ in an object": ("a.ipynb", lambda: b'{"a":' + b"[" * (MAX_BYTES - 5), "too deeply nested"),
    "nested as deep as it goes": (
        "a.ipynb",
        lambda: notebook(LINE + b"," + b"[" * 900 + b"]" * 900),
        "no list of cells",
    ),
    "objects for cells": ("a.ipynb", lambda: notebook(filled(b"{},", MAX_BYTES - 100) + b"{}"), "at most 2000 cells"),
    "objects for worksheets": (
        "a.ipynb",
        lambda: b'{"worksheets":[' + filled(b"{},", MAX_BYTES - 100) + b"{}]}",
        "at most 2000 cells",
    ),
    "lists of cells": (
        "a.ipynb",
        lambda: b"{" + filled(b'"cells":[{}],', MAX_BYTES - 100) + b'"cells":[]}',
        "at most 2000 cells",
    ),
    "empty lists of cells": (
        "a.ipynb",
        lambda: b"{" + filled(b'"cells":[],', MAX_BYTES - 100) + b'"cells":[]}',
        "without cells",
    ),
    "objects in outputs": ("a.ipynb", lambda: skipped(b'{"aa":12345}'), "without cells"),
    "short words in outputs": ("a.ipynb", lambda: skipped(b'"ab"'), "without cells"),
    "different keys": (
        "a.ipynb",
        lambda: b"{" + b",".join(b'"%07d":1' % number for number in range(5_000_000)) + b',"cells":[]}',
        "without cells",
    ),
    "2000 cells": ("a.ipynb", lambda: notebook(b",".join([LINE] * 2000)), ""),
    "one cell more": ("a.ipynb", lambda: notebook(b",".join([LINE] * 2001)), "at most 2000 cells"),
    "2000 cells of data": (
        "a.ipynb",
        lambda: b'{"cells":' + cells(LINE.replace(b"x=1", b"x" * 33_000), 2000) + b"}",
        "",
    ),
    "2000 cells of wide letters": (
        "a.ipynb",
        lambda: b'{"cells":' + cells(LINE.replace(b"x=1", WIDE + b"x" * 33_000), 2000) + b"}",
        "",
    ),
    "a cell of escapes": ("a.ipynb", lambda: code(b'"' + filled(b"\\u2603", MAX_BYTES - 100) + b'"'), "500 KB of code"),
    "as much of escapes as is decoded": ("a.ipynb", lambda: code(b'"' + b"\\u2603" * 600_000 + b'"'), "500 KB of code"),
    "one wide letter makes all wide": (
        "a.ipynb",
        lambda: code(b'"' + WIDE + b"x" * (MAX_BYTES - 100) + b'"'),
        "500 KB of code",
    ),
    "a kind of cell of 60 MB": (
        "a.ipynb",
        lambda: notebook(b'{"cell_type":"' + WIDE + b"x" * (MAX_BYTES - 100) + b'"}'),
        "no code",
    ),
    "a language of 60 MB": (
        "a.ipynb",
        lambda: b'{"metadata":{"language_info":{"name":"' + b"x" * (MAX_BYTES - 200) + b'"}},"cells":[' + LINE + b"]}",
        "",
    ),
    "a million lines in a list": (
        "a.ipynb",
        lambda: code(b"[" + b",".join([b'"x\\n"'] * 1_000_000) + b"]"),
        "500 KB of code",
    ),
    "a million empty lines in a list": (
        "a.ipynb",
        lambda: code(b'["x",' + b",".join([b'""'] * 1_300_000) + b"]"),
        "",
    ),
    "line ends in a cell": ("a.ipynb", lambda: code(b'"' + b"\\n" * 499_990 + b'x"'), ""),
    "no JSON at its end": ("a.ipynb", lambda: skipped(b'"ab"')[:-1] + b"x", "JSON is malformed"),
    "NaN at its end": ("a.ipynb", lambda: skipped(b'"ab"')[:-14] + b'NaN],"cells":[]}', "NaN or Infinity"),
    "cut off": ("a.ipynb", lambda: skipped(b'"ab"')[:-1], "cut off"),
    "half of a merge conflict": ("a.ipynb", lambda: b"{" + filled(b"\n<<<<<<< a", MAX_BYTES - 1), "JSON is malformed"),
    # notebooks that are built whole
    "as many objects as are allowed": (
        "a.ipynb",
        lambda: b'{"a":[' + b'{"aa":12345},' * 240_000 + filled(b"99999,", 4 * 2**20) + b'NaN],"cells":[]}',
        "without cells",
    ),
    "more objects than are allowed": ("a.ipynb", lambda: built(b"{}"), "lists and objects"),
    "whole numbers": ("a.ipynb", lambda: built(b"999"), "1000000 values"),
    "as many short words as are allowed": ("a.ipynb", lambda: built(b'"abcdefgh"'), "without cells"),
    "as many wide words as are allowed": ("a.ipynb", lambda: built(b'"' + WIDE + b'abcd"'), "without cells"),
    "as many wide words for cells": (
        "a.ipynb",
        lambda: b'{"cells":[' + filled(b'"' + WIDE + b'abcd",', MAX_PLAIN - 100) + b"NaN]}",
        "no list of cells",
    ),
    "as many wide words for a source": (
        "a.ipynb",
        lambda: code(b"[" + filled(b'"' + WIDE + b'abcd",', MAX_PLAIN - 100) + b"NaN]"),
        "500 KB of code",
    ),
    "as many objects for cells": (
        "a.ipynb",
        lambda: notebook(b'{"name":12345},' * 240_000 + filled(b"99999,", 4 * 2**20) + b"NaN"),
        "at most 2000 cells",
    ),
    "as many short words, and one wide letter": (
        "a.ipynb",
        lambda: built(b'"abcdefgh"').replace(b"cells", b'cells":[],"' + WIDE),
        "without cells",
    ),
    "many digits": ("a.ipynb", lambda: b"[NaN," + b"1" * (MAX_PLAIN - 9) + b"]", "no list of cells"),
    "many digits in a cell": ("a.ipynb", lambda: code(b"1" * (MAX_PLAIN - 100) + b",NaN"), "can open"),
    "no UTF-8 at the end of a notebook": ("a.ipynb", lambda: b"{" + b"\n" * (MAX_PLAIN - 2) + b"\xff", "not UTF-8"),
    "a notebook in UTF-16": (
        "a.ipynb",
        lambda: (b'{"a":"' + b"x" * (MAX_PLAIN // 2 - 100) + b'","cells":[]}').decode().encode("utf-16"),
        "without cells",
    ),
    "wide letters in UTF-16": (
        "a.ipynb",
        lambda: ('{"a":"' + "🙂" * (MAX_PLAIN // 4 - 100) + '","cells":[]}').encode("utf-16"),
        "without cells",
    ),
    # scripts
    "carriage returns": ("a.py", lambda: b"\r" * MAX_BYTES, "500 KB of code"),
    "spaces": ("a.py", lambda: b" " * MAX_BYTES, "500 KB of code"),
    "line ends": ("a.py", lambda: b"\n" * 499_999 + b"x", ""),
    "no UTF-8 at the end": ("a.py", lambda: b"\n" * 1_999_990 + b"\xff", "not UTF-8"),
    "nothing but what is not UTF-8": ("a.py", lambda: b"\xff" * 1_999_990, "not UTF-8"),
    "an encoding of many letters": ("a.py", lambda: b"# coding: " + b"x" * 1_999_000, "which is unknown"),
    "the slowest encoding": (
        "a.py",
        lambda: b"# coding: iso2022_jp_ext\n" + b"\x1b$B!!\x1b(B" * 240_000,
        "",
    ),
    "comments of HTML": ("a.py", lambda: b"<!--" + b"--><!--" * 280_000, "500 KB of code"),
}


def header(name, size=0, kind=tarfile.REGTYPE):
    info = tarfile.TarInfo(name)
    info.type, info.size = kind, size
    return info.tobuf(tarfile.USTAR_FORMAT)


def extended(content):
    return header("pax", len(content), tarfile.XHDTYPE) + content + bytes(-len(content) % 512)


def numbered_headers(kind):
    """Blocks that differ, so that they do not shrink to a thousandth."""
    return b"".join(header(f"{number:06d}", 0, kind) for number in range(MAX_UNPACKED // 512 - 10))


def random_text(size):
    return bytes(random.Random(1).choices(range(64), k=size))


def tarred(content, name="data.bin"):
    return header(name, len(content)) + content + bytes(-len(content) % 512) + bytes(1024)


def directory(extra=b"", name=b"x.txt"):
    """A zip whose directory is as large as it may be."""
    start = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, len(name), len(extra), 0, 0, 0, 0, 0)
    entry = start + name + extra
    count = (2**20 - 100) // len(entry)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count % 2**16, count % 2**16, len(entry) * count, 0, 0)
    return entry * count + end


def zipped_raw(deflated, size):
    """A zip of `x.py` whose deflated bytes are given."""
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0, 0, len(deflated), size, 4, 0) + b"x.py" + deflated
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, 0, len(deflated), size, 4, 0, 0, 0, 0, 0, 0)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(entry) + 4, len(local), 0)
    return local + entry + b"x.py" + end


def empty_blocks(size):
    """Deflated bytes of many blocks that hold nothing."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return filled(packer.flush(zlib.Z_FULL_FLUSH) or b"\x00\x00\x00\xff\xff", size) + b"\x03\x00"


ARCHIVES = {
    "empty members": ("a.tar.gz", lambda: gzip.compress(numbered_headers(tarfile.REGTYPE), 6), "at most 1000 files"),
    "extended headers": ("a.tar.gz", lambda: gzip.compress(numbered_headers(tarfile.XHDTYPE)), "broken"),
    "long headers": (
        "a.tar",
        lambda: extended(b"8 a=bcd\n" * 90) * 3900 + tarred(b"x = 1", "x.py"),
        "broken",
    ),
    "records": ("a.tar", lambda: extended(b"5 a=\n" * 10_000) * 300 + tarred(b"x = 1", "x.py"), ""),
    "global headers": ("a.tar.xz", lambda: lzma.compress(numbered_headers(tarfile.XGLTYPE), preset=0), "broken"),
    "gzip parts": ("a.tar.gz", lambda: gzip.compress(b"") * 500_000, "empty"),
    "gzip parts with something": ("a.tar.gz", lambda: gzip.compress(bytes(512)) * 900, "none"),
    "bzip2 of random bytes": (
        "a.tar.bz2",
        lambda: bz2.compress(tarred(random.Random(1).randbytes(39 * 2**20))),
        "none",
    ),
    "bzip2 that shrinks": ("a.tar.bz2", lambda: bz2.compress(tarred(filled(random_text(99_991), 79 * 2**20))), "none"),
    "xz that hardly shrinks": ("a.tar.xz", lambda: lzma.compress(tarred(random_text(45 * 2**20)), preset=0), "none"),
    "a file of all that is allowed": (
        "a.tar.gz",
        lambda: gzip.compress(
            b"".join(header(f"{number}.py", 25 * 2**20) + random_text(2**14) * 1600 for number in range(3))
            + bytes(1024),
            1,
        ),
        "found 3",
    ),
    "zeros": ("a.tar", lambda: bytes(MAX_ARCHIVE), "none"),
    "a full directory": ("a.zip", directory, "at most 1000 files"),
    "extra fields": ("a.zip", lambda: directory(extra=b"\x99\x99\x00\x00" * 16_000), "none"),
    "names of 60 KB": ("a.zip", lambda: directory(name=b"x" * 60_000 + b".txt"), "300 letters"),
    "names of zeros": ("a.zip", lambda: directory(name=b"x\0" * 30_000), "none"),
    "empty blocks": ("a.zip", lambda: zipped_raw(empty_blocks(39 * 2**20), 1000), "empty"),
    "empty blocks in gzip": (
        "a.tar.gz",
        lambda: b"\x1f\x8b\x08\0\0\0\0\0\0\x03" + empty_blocks(39 * 2**20) + bytes(8),
        "empty",
    ),
    "bzip2 in a zip": ("a.zip", lambda: zip_of(filled(random_text(99_991), 9 * 2**20), zipfile.ZIP_BZIP2), "NUL"),
    "the largest notebook that is taken out": (
        "a.zip",
        lambda: zip_of(
            b'{"a":"' + filled(random_text(99_991), MAX_BYTES - 100).hex().encode()[: MAX_BYTES - 100] + b'"'
        ),
        "cut off",
    ),
    "a notebook that is larger": ("a.zip", lambda: zip_of(random_text(2**20).hex().encode() * 36), "larger than 64 MB"),
    "no zip": ("a.zip", lambda: b"PK\x05\x06" * (MAX_ARCHIVE // 4), "broken"),
}


def zip_of(content, compression=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression, compresslevel=1) as archive:
        archive.writestr("x.ipynb" if content.startswith(b"{") else "x.py", content)
    return buffer.getvalue()


CASES = SOURCES | ARCHIVES


def written(case, folder):
    """The file of a case."""
    name, content, _ = CASES[case]
    path = folder / name
    path.write_bytes(content())
    assert path.stat().st_size <= (MAX_ARCHIVE if case in ARCHIVES else MAX_BYTES)
    return path


def pictures():
    """A notebook of 50 MB."""
    picture = base64.b64encode(random.Random(1).randbytes(750_000))
    output = b'{"output_type":"display_data","data":{"image/png":"' + picture + b'"}}'
    return b'{"cells":' + cells(LINE[:-1] + b',"outputs":[' + output + b"]}", 50) + b"}"


on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads its peak from /proc")


@on_linux
@pytest.mark.parametrize("name, most", [("a.ipynb", 60), ("a.zip", 120)])
def test_a_notebook_of_50_megabytes_costs_little_more_than_itself(tmp_path, name, most):
    content = pictures()
    assert 50e6 < len(content) < 51e6
    (tmp_path / name).write_bytes(content if name == "a.ipynb" else zip_of(content))
    problem, _, megabytes = cost(tmp_path / name)
    assert problem == "" and megabytes < most


@on_linux
@pytest.mark.slow
@pytest.mark.parametrize("case", part_of(list(CASES), few=10))
def test_no_file_costs_more_than_200_megabytes(tmp_path, case):
    problem, _, megabytes = cost(written(case, tmp_path))
    # an archive has twenty seconds, and a busy machine may need more than that for the worst of these
    if not problem.endswith("it takes too long to unpack; make a plain .zip"):
        assert bool(problem) == bool(CASES[case][2])
        assert CASES[case][2] in problem
    assert len(problem) < 500 and "\n" not in problem
    assert megabytes < MOST_MB
