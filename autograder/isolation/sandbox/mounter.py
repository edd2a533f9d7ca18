"""A process that makes the root folder of a student process and goes: it alone reads which folders are not to be seen.

What a process has once held in memory, all that are forked from it can find there. So the names of the class's folders
come as a file, which neither the template nor the keeper reads; the mounter does, makes a mount namespace, and hands
that over.
"""

from __future__ import annotations

import json
import os
import socket
from dataclasses import replace
from typing import NoReturn

from autograder.isolation.sandbox import linux
from autograder.isolation.sandbox.view import enter_private_root, view_of
from autograder.isolation.settings import Settings

_LONGEST = 65536


def make_root(door: socket.socket, hidden: int, settings: Settings, framework: str, own_processes: bool) -> NoReturn:
    """Runs as the mounter: makes the root and hands its mount namespace through the door, or says why it cannot."""
    try:
        view = view_of(framework, replace(settings, hidden=listed(hidden)))
        linux.unshare(linux.CLONE_NEWNS)
        # by the /proc of the outside, which is about to disappear
        namespace = os.open("/proc/self/ns/mnt", os.O_RDONLY)
        enter_private_root(view, settings.limits.scratch_mb, own_processes, settings.user)
        socket.send_fds(door, [b"{}"], [namespace])
    except BaseException as error:
        number = error.errno if isinstance(error, OSError) else 0
        door.sendall(json.dumps({"errno": number, "error": str(error)[:500]}).encode())
    os._exit(0)


def enter_root(door: socket.socket) -> None:
    """In the student process: waits for the mounter, and moves into the root that it has made."""
    said, descriptors, _, _ = socket.recv_fds(door, _LONGEST, 1)
    if not descriptors:
        reason = json.loads(said or b'{"errno": 0, "error": "the process that makes the root has ended"}')
        raise OSError(reason["errno"], reason["error"])
    linux.join_mounts(descriptors[0])
    os.close(descriptors[0])


def listed(hidden: int) -> tuple[str, ...]:
    """The folders in the file of a descriptor."""
    return tuple(json.loads(os.pread(hidden, _LONGEST, 0) or b"[]"))
