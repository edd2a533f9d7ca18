"""Reads, and tries to write, the memory of other processes with process_vm_readv and its sisters.

aims: read
"""

import ctypes
import os
import re
import time

TOKEN = re.compile(rb"CANARY-[0-9a-f]{16}")
END = time.monotonic() + 2
libc = ctypes.CDLL(None, use_errno=True)


class Span(ctypes.Structure):
    _fields_ = [("start", ctypes.c_void_p), ("length", ctypes.c_size_t)]


def show(where, data):
    for token in sorted(set(TOKEN.findall(data))):
        print("LEAK", where, token.decode(), flush=True)


def read(pid, start, length):
    """Bytes of another process, or none."""
    buffer = ctypes.create_string_buffer(length)
    mine = Span(ctypes.addressof(buffer), length)
    theirs = Span(start, length)
    count = libc.process_vm_readv(pid, ctypes.byref(mine), 1, ctypes.byref(theirs), 1, 0)
    return buffer.raw[:count] if count > 0 else b""


def spans(pid):
    """Writable memory of a process; of one whose map is hidden, places like ours."""
    for task in (pid, "self"):
        try:
            with open(f"/proc/{task}/maps") as file:
                for line in file:
                    words = line.split()
                    first, last = (int(number, 16) for number in words[0].split("-"))
                    if "rw" in words[1] and last - first < 2**26:
                        yield first, last - first
            return
        except (OSError, ValueError):
            continue


def others():
    yield from {os.getppid(), 1} - {os.getpid(), 0}
    for name in os.listdir("/proc"):
        if name.isdigit() and int(name) != os.getpid():
            try:
                with open(f"/proc/{name}/cmdline", "rb") as file:
                    if b"autograder" in file.read():
                        yield int(name)
            except OSError:
                pass


def sigmoid(Z):
    for pid in others():
        for start, length in spans(pid):
            data = read(pid, start, length)
            if not data or time.monotonic() > END:
                break
            show(f"process_vm_readv:{pid}", data)
    raise NotImplementedError("03.1: sigmoid")
