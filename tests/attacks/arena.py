"""Where hostile submissions are let loose: namespaces of the test's own, so that a hole costs a failed test, no more.

Inside there is loopback, an empty /tmp and /dev/shm, and no process but ours; the interpreter can be read by every
user, so that the grader can be run as root and as an ordinary user.
"""

from __future__ import annotations

import fcntl
import os
import socket
import struct
import sys
from pathlib import Path

from autograder.isolation.sandbox import linux

ROOT = Path(__file__).parents[2]
ORDINARY = 65534
# util-linux: a PID namespace needs a parent that stays outside
UNSHARE = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--net", "--ipc", "--uts", "--mount-proc"]
_IFF_UP, _SIOCSIFFLAGS = 1, 0x8914


def become_ordinary() -> None:
    """Makes this root process an ordinary user for whom all code can be read."""
    linux.unshare(linux.CLONE_NEWNS)
    show_code_to_everyone()
    os.setgroups([])
    os.setgid(ORDINARY)
    os.setuid(ORDINARY)


def enter_arena(uid: int) -> None:
    """Prepares namespaces that `UNSHARE` has made, and becomes the user who is to run the grader."""
    if os.getpid() != 1:
        # outside of them, folders of this machine itself would be hidden
        sys.exit("expected namespaces of its own; start `python tests/attacks/suite.py` without --level")
    show_code_to_everyone("/tmp", "/var/tmp", "/dev/shm", "/run/lock")
    with socket.socket() as probe:
        fcntl.ioctl(probe, _SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", _IFF_UP))
    if uid != 0:
        os.setgroups([])
        os.setgid(uid)
        os.setuid(uid)


def show_code_to_everyone(*emptied: str) -> None:
    """Hides folders that only root may enter, and those named, behind empty ones that show nothing but code.

    An interpreter installed under /root can be read by no one else.
    """
    paths = [sys.prefix, sys.base_prefix, str(ROOT), *(folder for folder in sys.path if Path(folder).is_dir())]
    closed: dict[str, list[str]] = {folder: [] for folder in emptied}
    for path in sorted({str(Path(path).resolve()) for path in paths if path}):
        for parent in reversed(Path(path).parents):
            if str(parent) in emptied or not parent.stat().st_mode & 0o001:
                closed.setdefault(str(parent), []).append(path)
                break
    linux.make_mounts_private()
    for folder, shown in closed.items():
        kept = {path: os.open(path, os.O_PATH) for path in shown}
        linux.mount_memory(folder, "mode=1777,size=2g" if folder in emptied else "mode=755,size=1m")
        for path, descriptor in kept.items():
            Path(path).mkdir(parents=True, exist_ok=True)
            linux.bind(f"/proc/self/fd/{descriptor}", path)
            os.close(descriptor)
