"""Control groups, version 2: the kernel's own count of a whole process tree's memory, where we were given a group.

A user gets one from systemd: `systemd-run --user --scope -p Delegate=yes autograder grade …`. Elsewhere the keeper
watches instead.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

_MOUNTS = (Path("/sys/fs/cgroup"), Path("/sys/fs/cgroup/unified"))
CONTROLLERS = ("memory", "pids")
# of the processor, against 100 of the grader's own group: whatever a submission starts has this share together
_WEIGHT = 20
_MEGABYTE = 2**20


def own_folder() -> Path | None:
    """The folder of this process's group of version 2, or None where there is none."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/cgroup").read_text().splitlines():
            if line.startswith("0::"):
                for mount in _MOUNTS:
                    if (mount / "cgroup.controllers").is_file():
                        return mount / line[3:].lstrip("/")
    return None


def take_over(controllers: tuple[str, ...] = CONTROLLERS) -> str:
    """Makes this process's group ready to have a group below it for each submission.

    A group that divides its memory may hold no process itself: if this process is alone in it, it moves one down.
    """
    folder = own_folder()
    if folder is None or not os.access(folder / "cgroup.procs", os.W_OK):
        return ""
    try:
        if folder.name.startswith("autograder-grader-"):
            return str(folder.parent)
        if not set(controllers) <= set((folder / "cgroup.controllers").read_text().split()):
            return ""
        if not set(controllers) <= set((folder / "cgroup.subtree_control").read_text().split()):
            if (folder / "cgroup.procs").read_text().split() != [str(os.getpid())]:
                return ""
            below = folder / f"autograder-grader-{os.getpid()}"
            below.mkdir()
            (below / "cgroup.procs").write_text(str(os.getpid()))
            (folder / "cgroup.subtree_control").write_text(" ".join(f"+{name}" for name in controllers))
        with contextlib.suppress(OSError):
            (folder / "cgroup.subtree_control").write_text("+cpu")
    except OSError:
        return ""
    return str(folder)


class Group:
    """The group of one student process and all that it starts."""

    def __init__(self, folder: str, memory_mb: int, processes: int) -> None:
        self._folder = Path(folder) / f"autograder-student-{os.getpid()}"
        self._folder.mkdir()
        limits = {"memory.max": memory_mb * _MEGABYTE, "memory.swap.max": 0, "memory.oom.group": 1}
        for name, value in (limits | {"pids.max": processes, "cpu.weight": _WEIGHT}).items():
            # a kernel may lack swap, and its file; the processor may not have been delegated
            if (self._folder / name).exists():
                (self._folder / name).write_text(str(value))

    def join(self) -> None:
        """Moves this process in."""
        (self._folder / "cgroup.procs").write_text("0")

    def ran_out_of_memory(self) -> bool:
        """Whether the kernel ended a process of it for its memory."""
        try:
            events = dict(line.split() for line in (self._folder / "memory.events").read_text().splitlines())
        except OSError:
            return False
        return int(events.get("oom_kill", 0)) > 0

    def remove(self) -> None:
        """Removes the group, whose processes have ended."""
        with contextlib.suppress(OSError):
            (self._folder / "cgroup.kill").write_text("1")
        with contextlib.suppress(OSError):
            self._folder.rmdir()
