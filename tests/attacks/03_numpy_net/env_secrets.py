"""Looks for tokens, file names and seeds in the environment and the arguments that Python gives it.

aims: read
"""

import os
import re
import sys

TOKEN = re.compile(rb"CANARY-[0-9a-f]{16}")


def show(where, data):
    for token in sorted(set(TOKEN.findall(data))):
        print("LEAK", where, token.decode(), flush=True)


def sigmoid(Z):
    for name, value in os.environb.items():
        show("os.environ", name + b"=" + value)
    for text in [*sys.argv, *sys.orig_argv, *sys.path, sys.executable]:
        show("sys.argv", os.fsencode(text))
    for name in ("environ", "cmdline", "comm", "auxv", "cgroup"):
        for task in ("self", "thread-self", "1", str(os.getpid())):
            try:
                with open(f"/proc/{task}/{name}", "rb") as file:
                    show(f"/proc/{task}/{name}", file.read())
            except OSError:
                pass
    raise NotImplementedError("03.1: sigmoid")
