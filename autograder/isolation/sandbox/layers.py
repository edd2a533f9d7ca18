"""The layers between a student process and the machine: entered one by one, each reported as in force or missing.

The keeper enters what a process can only give to its children, the student process the rest, before any of the
submission exists. There is no separate probing: what is said to be in force is what was entered.
"""

from __future__ import annotations

import contextlib
import functools
import os
import socket
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from autograder.isolation.sandbox import landlock, linux, seccomp
from autograder.isolation.sandbox.mounter import enter_root, listed
from autograder.isolation.sandbox.view import MACHINE, view_of
from autograder.isolation.settings import LAYERS, UNREADABLE, Settings

_NAMESPACES = {
    "PID": linux.CLONE_NEWPID,
    "network": linux.CLONE_NEWNET,
    "IPC": linux.CLONE_NEWIPC,
    "UTS": linux.CLONE_NEWUTS,
}


def prepare(framework: str) -> None:
    """In the template: works out once what all student processes need alike, and inherit."""
    view_of(framework, Settings("/tmp"))
    with contextlib.suppress(OSError):
        for mount in (True, False):
            seccomp.program(mount, False)


class Sandbox:
    """The layers of one student process."""

    def __init__(self, settings: Settings, framework: str) -> None:
        self._settings = settings
        self._framework = framework
        self._proc = -1
        # layer → "" when it is in force, else why not; and how `memory` is bounded
        self.report = dict.fromkeys(LAYERS, "not asked for") | {"memory": "watched by the keeper, every 50 ms"}

    def __getitem__(self, layer: str) -> bool:
        return not self.report[layer]

    def _try(self, layer: str, action: Callable[[], object]) -> None:
        if layer not in self._settings.layers:
            return
        try:
            action()
            self.report[layer] = ""
        except OSError as error:
            self.report[layer] = str(error).removeprefix(f"[Errno {error.errno}] ")

    def enter_namespaces(self) -> None:
        """In the keeper: what its child is born into."""
        if os.geteuid() != 0:
            # only in a user namespace of one's own may an ordinary user make the others
            self._try("user", self._own_user_namespace)
        for layer, flag in _NAMESPACES.items():
            self._try(layer, functools.partial(linux.unshare, flag))

    def confine(self, door: socket.socket, hidden: int) -> None:
        """In the student process: everything else but the filter of system calls."""
        # which folders are hidden is read here only where there is no root: the mounter has read it otherwise
        settings = self._settings
        if self["UTS"]:
            socket.sethostname("student")
        # /proc of the outside, which is about to disappear: a user namespace is described there
        self._proc = _open_proc()
        self._try("mount", lambda: enter_root(door))
        if settings.user is not None:
            self._become_nobody(settings.user)
        os.close(self._proc)
        linux.renounce_new_privileges()
        self._try("Landlock", lambda: self._restrict_files(hidden))
        linux.drop_capabilities()

    def filter_system_calls(self) -> None:
        """In the student process, last: from here on it cannot change its own confinement."""
        program = lambda: seccomp.program(self["mount"], self._settings.device != "cpu")  # noqa: E731
        self._try("seccomp", lambda: linux.filter_system_calls(program()))

    def _own_user_namespace(self) -> None:
        uid, gid = os.geteuid(), os.getegid()
        proc = os.dup(self._proc) if self._proc >= 0 else _open_proc()
        linux.unshare(linux.CLONE_NEWUSER)
        linux.map_user(proc, uid, gid)
        # none below this one: in a user namespace that it makes, a process has every capability again
        with contextlib.suppress(OSError):
            limit = os.open("../sys/user/max_user_namespaces", os.O_WRONLY, dir_fd=proc)
            os.write(limit, b"0")
            os.close(limit)
        os.close(proc)

    def _become_nobody(self, user: int) -> None:
        os.setgroups([])
        os.setgid(user)
        os.setuid(user)
        if not os.access(os.__file__, os.R_OK):
            self.report[UNREADABLE] = str(Path(os.__file__).parent)
        linux.allow_own_proc_files()
        self._try("user", self._own_user_namespace)

    def _restrict_files(self, hidden: int) -> None:
        writable = [self._settings.scratch]
        if self["mount"]:
            view = view_of(self._framework, self._settings)
            # what is covered in it has an empty folder in its place
            readable = list(view.readable)
            writable += ["/tmp", "/dev/shm"]
        else:
            view = view_of(self._framework, replace(self._settings, hidden=listed(hidden)))
            readable = view.allowed()
        readable += ["/proc"] if self["PID"] and self["mount"] else ["/proc/self", *MACHINE]
        # in a root of one's own there is nothing that may not be listed
        landlock.restrict(readable, writable, view.devices, listable=["/"] if self["mount"] else [])


def _open_proc() -> int:
    return os.open("/proc/self", os.O_PATH | os.O_DIRECTORY)
