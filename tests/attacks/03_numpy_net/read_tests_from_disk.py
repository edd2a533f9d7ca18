"""Looks on the disk for tests, solution, other submissions and the gradebook, wherever a grader may keep them.

aims: read
"""

import os
import pwd
import re
import sys
import time
from pathlib import Path

TOKEN = re.compile(rb"CANARY-[0-9a-f]{16}")
SUFFIXES = (".py", ".json", ".csv", ".sqlite", ".ipynb", ".html", ".toml", ".npz", ".pkl", ".secret", ".txt")


def show(where, data):
    for token in sorted(set(TOKEN.findall(data))):
        print("LEAK", where, token.decode(), flush=True)


def starts():
    """Where to begin: beside the kit, above the working folder, in temporary folders and in homes."""
    import autograder

    kit = Path(autograder.__file__).resolve().parents[1]
    homes = [Path(entry.pw_dir) for entry in pwd.getpwall() if entry.pw_uid == 0 or entry.pw_uid >= 1000]
    yield from [kit / "assignments", kit / "grades", kit / "handed_in", kit / "submissions"]
    yield from [Path("/autograder/source"), Path("/autograder"), Path("/proc/self/cwd/..")]
    # a list of users may be hidden, the usual names are not
    for home in [*homes, Path("/root"), *Path("/home").glob("*")]:
        yield home / ".secret"
        yield home / "assignments"
    yield from [Path(folder) for folder in sys.path if folder]
    yield from [kit, Path.cwd().parent, Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"), Path("/home"), Path("/srv")]


def search(entries=20_000, seconds=1.5):
    end = time.monotonic() + seconds
    for start in starts():
        walk = [(str(start.parent), [], [start.name])] if start.is_file() else os.walk(start)
        for folder, folders, names in walk:
            folders[:] = [name for name in folders if name not in ("site-packages", "node_modules", "proc", "sys")]
            for name in names:
                entries -= 1
                if entries < 0 or time.monotonic() > end:
                    return
                path = Path(folder, name)
                try:
                    if name.endswith(SUFFIXES) and path.is_file() and path.stat().st_size < 2**20:
                        show(str(path).replace(" ", "_"), path.read_bytes())
                except OSError:
                    pass


def sigmoid(Z):
    search()
    raise NotImplementedError("03.1: sigmoid")
