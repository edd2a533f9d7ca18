"""Landlock: a process gives up, for good, all files but those it names. Any user may do so; no namespace is needed.

Called directly: it is three system calls. The binding on PyPI is an alpha release that knows neither the network nor
the scopes of later kernels, and asks for one `open` a rule more than is needed.
"""

from __future__ import annotations

import ctypes
import os
import stat
from collections.abc import Iterable

from autograder.isolation.sandbox.linux import checked, syscall

_SYS_CREATE_RULESET, _SYS_ADD_RULE, _SYS_RESTRICT_SELF = 444, 445, 446
_CREATE_RULESET_VERSION = 1
_RULE_PATH_BENEATH = 1

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_REMOVE_DIR, _REMOVE_FILE = 1 << 4, 1 << 5
_MAKE_CHAR, _MAKE_DIR, _MAKE_REG, _MAKE_SOCK, _MAKE_FIFO, _MAKE_BLOCK, _MAKE_SYM = (1 << bit for bit in range(6, 13))
_REFER, _TRUNCATE, _IOCTL_DEVICE = 1 << 13, 1 << 14, 1 << 15
_NETWORK = 0b11  # binding and connecting TCP
_SCOPES = 0b11  # abstract UNIX sockets and signals

_READ = _EXECUTE | _READ_FILE | _READ_DIR
_WRITE = _WRITE_FILE | _REMOVE_DIR | _REMOVE_FILE | _MAKE_DIR | _MAKE_REG | _MAKE_SOCK | _MAKE_FIFO | _MAKE_SYM
_WRITE |= _REFER | _TRUNCATE
_ALL = _READ | _WRITE | _MAKE_CHAR | _MAKE_BLOCK | _IOCTL_DEVICE
_FOR_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEVICE


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = [("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32)]


def version() -> int:
    """Version of the kernel's Landlock, 1 or more."""
    return checked(syscall(_SYS_CREATE_RULESET, None, ctypes.c_size_t(0), _CREATE_RULESET_VERSION), "landlock")


def restrict(
    readable: Iterable[str],  # to be read and executed, with all below; what does not exist is left out
    writable: Iterable[str],  # folders in which everything is allowed but making device files
    devices: Iterable[str] = (),  # device files to be read, written and commanded
    listable: Iterable[str] = (),  # folders in which names may be listed, and in all below them
) -> None:
    """Leaves this process, and all that it starts, these files alone; no new TCP connection; no signal to others.

    Later kernels restrict more: TCP from 6.7, device commands from 6.10, signals and abstract sockets from 6.12.
    """
    abi = version()
    handled = _ALL
    for since, right in ((2, _REFER), (3, _TRUNCATE), (5, _IOCTL_DEVICE)):
        if abi < since:
            handled &= ~right
    attributes = (ctypes.c_uint64 * 3)(handled, _NETWORK, _SCOPES)
    # an older kernel takes a shorter structure
    size = ctypes.c_size_t(8 if abi < 4 else 16 if abi < 6 else 24)
    ruleset = checked(syscall(_SYS_CREATE_RULESET, attributes, size, 0), "landlock")
    try:
        for paths, rights in (
            (readable, _READ),
            (writable, _READ | _WRITE),
            (listable, _READ_DIR),
            (devices, _READ_FILE | _WRITE_FILE | _IOCTL_DEVICE),
        ):
            for path in paths:
                _allow(ruleset, path, rights & handled)
        checked(syscall(_SYS_RESTRICT_SELF, ruleset, 0), "landlock")
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            rights &= _FOR_FILES
        rule = _PathBeneath(rights, descriptor)
        checked(syscall(_SYS_ADD_RULE, ruleset, _RULE_PATH_BENEATH, ctypes.byref(rule), 0), f"landlock {path}")
    finally:
        os.close(descriptor)
