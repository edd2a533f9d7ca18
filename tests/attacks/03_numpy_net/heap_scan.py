"""Searches all memory that it inherited from the process it was forked from, freed memory included.

aims: read
"""

import ctypes
import re
import time

TOKEN = re.compile(rb"CANARY-[0-9a-f]{16}")
END = time.monotonic() + 4


def show(where, data):
    for token in sorted(set(TOKEN.findall(data))):
        print("LEAK", where, token.decode(), flush=True)


def spans():
    """Every writable part of memory, up to 1 GB in all."""
    left = 2**30
    with open("/proc/self/maps") as file:
        for line in file.readlines():
            words = line.split()
            first, last = (int(number, 16) for number in words[0].split("-"))
            if words[1].startswith("rw") and words[-1] not in ("[vvar]", "[vsyscall]") and 0 < last - first <= left:
                left -= last - first
                yield words[-1] if len(words) > 5 else "anonymous", first, last - first


def sigmoid(Z):
    try:
        memory = open("/proc/self/mem", "rb", 0)
    except OSError:
        memory = None
    for name, start, length in list(spans()):
        for offset in range(0, length, 2**22):
            size = min(2**22 + 64, length - offset)
            if time.monotonic() > END:
                break
            try:
                if memory is not None:
                    memory.seek(start + offset)
                    data = memory.read(size)
                else:
                    data = ctypes.string_at(start + offset, size)
            except (OSError, ValueError, OverflowError):
                break
            show(f"memory:{name}", data)
    raise NotImplementedError("03.1: sigmoid")
