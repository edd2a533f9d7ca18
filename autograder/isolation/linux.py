"""The few Linux calls that Python 3.10 has no function for, each raising OSError when the kernel says no."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

CLONE_NEWNS = 0x00020000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000

_MS_NOSUID, _MS_NODEV, _MS_NOEXEC = 2, 4, 8
_MS_BIND, _MS_REC, _MS_PRIVATE = 4096, 16384, 1 << 18
_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38
_PR_SET_CHILD_SUBREAPER = 36
_CAPABILITY_VERSION_3 = 0x20080522

_libc = ctypes.CDLL(None, use_errno=True)


def _checked(result: int, what: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def unshare(flags: int) -> None:
    """Gives this process new namespaces; a new PID namespace begins with its next child."""
    _checked(_libc.unshare(flags), "unshare")


def become_subreaper() -> None:
    """Makes orphans among the descendants children of this process, so that none escapes it."""
    _checked(_libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0), "prctl")


def die_with_parent(signal_number: int) -> None:
    """Asks the kernel to signal this process when its parent ends."""
    _checked(_libc.prctl(_PR_SET_PDEATHSIG, signal_number, 0, 0, 0), "prctl")


def renounce_privileges() -> None:
    """Drops every capability for good: none now, none gained by running a set-user-id program."""
    _checked(_libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "prctl")
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    nothing = (ctypes.c_uint32 * 6)()
    _checked(_libc.capset(header, nothing), "capset")


def map_user(uid: int, gid: int) -> None:
    """Keeps the same user and group numbers in the user namespace that was just made."""
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
    Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")


def _mount(source: str, target: str, kind: str | None, flags: int, options: str | None = None) -> None:
    encode = lambda text: None if text is None else os.fsencode(text)  # noqa: E731
    _checked(
        _libc.mount(encode(source), encode(target), encode(kind), ctypes.c_ulong(flags), encode(options)),
        f"mount {target}",
    )


def make_mounts_private() -> None:
    """Cuts this mount namespace off from the one it was copied from."""
    _mount("none", "/", None, _MS_REC | _MS_PRIVATE)


def mount_proc() -> None:
    """Shows this PID namespace, and no other, under /proc."""
    _mount("proc", "/proc", "proc", _MS_NOSUID | _MS_NODEV | _MS_NOEXEC)


def closed_folders(paths: list[str]) -> dict[str, list[str]]:
    """The folders that other users may not enter on the way to `paths`, each with the paths below it."""
    closed: dict[str, list[str]] = {}
    for path in sorted({str(Path(path).resolve()) for path in paths}):
        for parent in reversed(Path(path).parents):
            if not parent.stat().st_mode & 0o001:
                closed.setdefault(str(parent), []).append(path)
                break
    return closed


def open_only(closed: dict[str, list[str]]) -> None:
    """Hides each closed folder behind an empty one that shows nothing but the paths asked for.

    An interpreter installed under /root can be read by no one else; in its private mount namespace the student
    process sees /root with that interpreter and nothing more.
    """
    for folder, paths in closed.items():
        kept = {path: os.open(path, os.O_PATH) for path in paths}
        _mount("tmpfs", folder, "tmpfs", _MS_NOSUID | _MS_NODEV, "mode=755,size=1m")
        for path, descriptor in kept.items():
            Path(path).mkdir(parents=True, exist_ok=True)
            _mount(f"/proc/self/fd/{descriptor}", path, None, _MS_BIND | _MS_REC)
            os.close(descriptor)


def children_of(pid: int) -> list[int]:
    """The direct children of a process, of all its threads."""
    found: list[int] = []
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += map(int, (task / "children").read_text().split())
    except (OSError, ValueError):
        return found
    return found


def private_memory(pid: int) -> int:
    """Bytes of memory that a process and all below it have written to, pages shared with a parent included."""
    total = 0
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith(("RssAnon:", "RssShmem:")):
                total += 1024 * int(line.split()[1])
    except OSError:
        return 0
    return total + sum(private_memory(child) for child in children_of(pid))
