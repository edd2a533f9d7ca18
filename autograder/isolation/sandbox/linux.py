"""The few Linux calls that Python has no function for, each raising OSError when the kernel says no."""

from __future__ import annotations

import ctypes
import os
import signal
from typing import Any

CLONE_NEWNS = 0x00020000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000

_MS_NOSUID, _MS_NODEV, _MS_NOEXEC = 2, 4, 8
_MS_BIND, _MS_REC, _MS_PRIVATE = 4096, 16384, 1 << 18
_MNT_DETACH = 2
_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_SECCOMP = 22
_PR_SET_CHILD_SUBREAPER = 36
_PR_SET_NO_NEW_PRIVS = 38
_SECCOMP_MODE_FILTER = 2
_CAPABILITY_VERSION_3 = 0x20080522
# these numbers are the same on every architecture
_SYS_MOUNT_SETATTR = 442
_MOUNT_ATTR_RDONLY, _MOUNT_ATTR_NOSUID, _MOUNT_ATTR_NODEV = 1, 2, 4
_AT_FDCWD, _AT_RECURSIVE = -100, 0x8000

_libc: Any = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None


def checked(result: int, what: str) -> int:
    """The result of a call, or the OSError that its errno means."""
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def syscall(number: int, *arguments: object) -> int:
    """A system call without a function in the C library; the result may be negative."""
    return _libc.syscall(ctypes.c_long(number), *arguments)


# processes and privileges


def unshare(flags: int) -> None:
    """Gives this process new namespaces; a new PID namespace begins with its next child."""
    checked(_libc.unshare(flags), "unshare")


def become_subreaper() -> None:
    """Makes orphans among the descendants children of this process, so that none escapes it."""
    checked(_libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0), "prctl")


def die_with_parent() -> None:
    """Has this process killed when its parent ends, however that ends.

    The kernel forgets it whenever the user or the capabilities change: to be called after all that.
    """
    checked(_libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0), "prctl")


def allow_own_proc_files() -> None:
    """Makes /proc/self writable by this process again, which changing the user had made root's."""
    checked(_libc.prctl(_PR_SET_DUMPABLE, 1, 0, 0, 0), "prctl")


def renounce_new_privileges() -> None:
    """Promises for good that no set-user-id program will give this process more than it has."""
    checked(_libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "prctl")


def drop_capabilities() -> None:
    """Gives up every capability."""
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    nothing = (ctypes.c_uint32 * 6)()
    checked(_libc.capset(header, nothing), "capset")


class _FilterProgram(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]


def filter_system_calls(program: bytes) -> None:
    """Installs a seccomp filter, 8 bytes an instruction, for this process and all that it starts."""
    prepared = _FilterProgram(len(program) // 8, program)
    checked(_libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(prepared), 0, 0), "seccomp")


def map_user(folder: int, uid: int, gid: int) -> None:
    """Keeps the same user and group numbers in the user namespace that was just made."""
    # the folder is /proc/self, opened before: this process may see another /proc by now
    for name, text in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"), ("gid_map", f"{gid} {gid} 1")):
        descriptor = os.open(name, os.O_WRONLY, dir_fd=folder)
        try:
            os.write(descriptor, text.encode())
        finally:
            os.close(descriptor)


# mounts


def _mount(source: str, target: str, kind: str | None, flags: int, options: str | None = None) -> None:
    encode = lambda text: None if text is None else os.fsencode(text)  # noqa: E731
    result = _libc.mount(encode(source), encode(target), encode(kind), ctypes.c_ulong(flags), encode(options))
    checked(result, f"mount {target}")


def join_mounts(namespace: int) -> None:
    """Moves this process into a mount namespace, and to its root."""
    checked(_libc.setns(namespace, CLONE_NEWNS), "setns")


def make_mounts_private() -> None:
    """Cuts this mount namespace off from the one it was copied from."""
    _mount("none", "/", None, _MS_REC | _MS_PRIVATE)


def mount_proc(target: str) -> None:
    """Shows this PID namespace, and no other, under a folder."""
    _mount("proc", target, "proc", _MS_NOSUID | _MS_NODEV | _MS_NOEXEC)


def mount_memory(target: str, options: str) -> None:
    """Puts an empty file system that lives in memory on a folder."""
    _mount("tmpfs", target, "tmpfs", _MS_NOSUID | _MS_NODEV, options)


def bind(source: str, target: str) -> None:
    """Shows a file or folder, and what is mounted below it, in a second place."""
    _mount(source, target, None, _MS_BIND | _MS_REC)


def make_read_only(target: str, recursive: bool = False, devices: bool = False) -> None:
    """Makes a mount (and all below it) read-only, without set-user-id programs and, by default, without devices."""
    # before Linux 5.12 there is no call to do so for a whole tree
    wanted = _MOUNT_ATTR_RDONLY | _MOUNT_ATTR_NOSUID | (0 if devices else _MOUNT_ATTR_NODEV)
    attributes = (ctypes.c_uint64 * 4)(wanted, 0, 0, 0)
    flags = _AT_RECURSIVE if recursive else 0
    size = ctypes.c_size_t(ctypes.sizeof(attributes))
    checked(syscall(_SYS_MOUNT_SETATTR, _AT_FDCWD, os.fsencode(target), flags, attributes, size), "mount_setattr")


def unmount(target: str) -> None:
    """Takes a mount, and all below it, away."""
    checked(_libc.umount2(os.fsencode(target), _MNT_DETACH), "umount2")


def change_root(folder: str) -> None:
    """Makes a mount the root of this mount namespace, and lets go of the old root."""
    os.chdir(folder)
    checked(_libc.pivot_root(b".", b"."), "pivot_root")
    unmount(".")
    os.chdir("/")


# what runs


def children_of(pid: int) -> list[int]:
    """The direct children of a process, of all its threads."""
    found: list[int] = []
    try:
        for task in os.listdir(f"/proc/{pid}/task"):  # noqa: PTH208 - called twenty times a second
            found += map(int, bytes_of(f"/proc/{pid}/task/{task}/children").split())
    except OSError:
        return found
    return found


def bytes_of(path: str) -> bytes:
    """The content of a file of /proc. Never as text: a process may have any bytes in its name."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        parts = []
        while part := os.read(descriptor, 2**16):
            parts.append(part)
        return b"".join(parts)
    finally:
        os.close(descriptor)
