"""What reading costs the grader, whatever a file of an allowed size holds: 200 MB at the most.

How long it takes is printed by `tests/benchmarks/reading.py`: about a second on a quick machine.
"""

from __future__ import annotations

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

from autograder.handin.sources import MAX_BYTES
from autograder.handin.unpacking import MAX_ARCHIVE, MAX_UNPACKED

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


def many_numbers(text):
    return b'{"a":[' + filled(text + b",", MAX_BYTES - 100) + text + b'],"cells":[]}'


SOURCES = {
    "nothing but [": ("a.ipynb", lambda: b"[" * MAX_BYTES, "lists and objects"),
    "nested as deep as it goes": ("a.ipynb", lambda: b"[" * 200_000 + b"]" * 200_000, "not JSON"),
    "objects, one beside the other": (
        "a.ipynb",
        lambda: notebook(filled(b"{},", MAX_BYTES - 100) + b"{}"),
        "lists and objects",
    ),
    "as many objects as are allowed": (
        "a.ipynb",
        lambda: b'{"a":[' + b'{"aa":12345},' * 240_000 + filled(b"99999,", 6 * 2**20) + b'0],"cells":[]}',
        "no code",
    ),
    "200 000 cells": (
        "a.ipynb",
        lambda: notebook(b",".join([b'{"cell_type":"code","source":"x"}'] * 200_000)),
        "at most 2000 cells",
    ),
    "2000 cells": ("a.ipynb", lambda: notebook(b",".join([b'{"cell_type":"code","source":"x=1"}'] * 2000)), ""),
    "a million lines in a list": (
        "a.ipynb",
        lambda: code(b"[" + b",".join([b'"x\\n"'] * 1_000_000) + b"]"),
        "500 KB of code",
    ),
    "a million empty lines in a list": (
        "a.ipynb",
        lambda: code(b'["x",' + b",".join([b'""'] * 1_400_000) + b"]"),
        "",
    ),
    "line ends in a cell": ("a.ipynb", lambda: code(b'"' + b"\\n" * 499_990 + b'x"'), ""),
    "carriage returns in a cell": ("a.ipynb", lambda: code(b'"' + b"\\r" * 5_000_000 + b'x"'), "500 KB of code"),
    "escapes": ("a.ipynb", lambda: code(b'"' + filled(b"\\u2603", MAX_BYTES - 100) + b'"'), "500 KB of code"),
    "one wide letter makes all wide": (
        "a.ipynb",
        lambda: code(b'"' + "🙂".encode() + b"x" * (MAX_BYTES - 100) + b'"'),
        "500 KB of code",
    ),
    "whole numbers": ("a.ipynb", lambda: many_numbers(b"999"), "1500000 values"),
    "fractions": ("a.ipynb", lambda: many_numbers(b"1e9"), "1500000 values"),
    "short words": ("a.ipynb", lambda: many_numbers(b'"ab"'), "1500000 values"),
    "as many short words as are allowed": ("a.ipynb", lambda: many_numbers(b'"abcd"'), "no code"),
    "as many short words, and one wide letter": (
        "a.ipynb",
        lambda: many_numbers(b'"abcd"').replace(b"cells", b'cells":[],"' + "🙂".encode()),
        "no code",
    ),
    "as many wide words as are allowed": ("a.ipynb", lambda: many_numbers('"🙂"'.encode()), "no code"),
    "a number of ten million digits": ("a.ipynb", lambda: b"[" + b"1" * (MAX_BYTES - 9) + b"]", "not JSON"),
    "a fraction of ten million digits": ("a.ipynb", lambda: b"[0." + b"1" * (MAX_BYTES - 9) + b"]", "no list of cells"),
    "different keys": (
        "a.ipynb",
        lambda: b"{" + b",".join(b'"%06d":1' % number for number in range(900_000)) + b',"cells":[]}',
        "no code",
    ),
    "carriage returns": ("a.py", lambda: b"\r" * MAX_BYTES, "500 KB of code"),
    "spaces": ("a.py", lambda: b" " * MAX_BYTES, "500 KB of code"),
    "line ends": ("a.py", lambda: b"\n" * 499_999 + b"x", ""),
    "no UTF-8 at the end": ("a.py", lambda: b"\n" * 1_999_990 + b"\xff", "not UTF-8"),
    "no UTF-8 in a notebook": ("a.ipynb", lambda: b"\n" * (MAX_BYTES - 1) + b"\xff", "not UTF-8"),
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
    "gzip parts": ("a.tar.gz", lambda: gzip.compress(b"") * 500_000, "broken"),
    "gzip parts with something": ("a.tar.gz", lambda: gzip.compress(bytes(512)) * 900, "none"),
    "bzip2 that hardly shrinks": ("a.tar.bz2", lambda: bz2.compress(tarred(random_text(24 * 2**20))), "none"),
    "bzip2 of random bytes": (
        "a.tar.bz2",
        lambda: bz2.compress(tarred(random.Random(1).randbytes(19 * 2**20))),
        "none",
    ),
    "bzip2 that shrinks": ("a.tar.bz2", lambda: bz2.compress(tarred(filled(random_text(99_991), 39 * 2**20))), "none"),
    "xz that hardly shrinks": ("a.tar.xz", lambda: lzma.compress(tarred(random_text(23 * 2**20)), preset=0), "none"),
    "a file of all that is allowed": (
        "a.tar.gz",
        lambda: gzip.compress(
            b"".join(header(f"{number}.py", MAX_BYTES) + random_text(2**14) * 640 for number in range(3)) + bytes(1024),
            1,
        ),
        "found 3",
    ),
    "zeros": ("a.tar", lambda: bytes(MAX_ARCHIVE), "none"),
    "a full directory": ("a.zip", directory, "at most 1000 files"),
    "extra fields": ("a.zip", lambda: directory(extra=b"\x99\x99\x00\x00" * 16_000), "none"),
    "names of 60 KB": ("a.zip", lambda: directory(name=b"x" * 60_000 + b".txt"), "300 letters"),
    "names of zeros": ("a.zip", lambda: directory(name=b"x\0" * 30_000), "none"),
    "empty blocks": ("a.zip", lambda: zipped_raw(empty_blocks(19 * 2**20), 1000), "empty"),
    "empty blocks in gzip": (
        "a.tar.gz",
        lambda: b"\x1f\x8b\x08\0\0\0\0\0\0\x03" + empty_blocks(19 * 2**20) + bytes(8),
        "broken",
    ),
    "bzip2 in a zip": ("a.zip", lambda: zip_of(filled(random_text(99_991), 9 * 2**20), zipfile.ZIP_BZIP2), "500 KB"),
    "no zip": ("a.zip", lambda: b"PK\x05\x06" * (MAX_ARCHIVE // 4), "broken"),
}


def zip_of(content, compression):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        archive.writestr("x.py", content)
    return buffer.getvalue()


CASES = SOURCES | ARCHIVES


def written(case, folder):
    """The file of a case."""
    name, content, _ = CASES[case]
    path = folder / name
    path.write_bytes(content())
    assert path.stat().st_size <= (MAX_ARCHIVE if case in ARCHIVES else MAX_BYTES)
    return path


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads its peak from /proc")
@pytest.mark.parametrize("case", CASES)
def test_no_file_costs_more_than_200_megabytes(tmp_path, case):
    problem, _, megabytes = cost(written(case, tmp_path))
    # an archive has twenty seconds, and a busy machine may need more than that for the worst of these
    if not problem.endswith("it takes too long to unpack; make a plain .zip"):
        assert bool(problem) == bool(CASES[case][2])
        assert CASES[case][2] in problem
    assert len(problem) < 500 and "\n" not in problem
    assert megabytes < MOST_MB
