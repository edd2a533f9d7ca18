"""A disk that is small: a real one, which only this process sees, and those that it starts."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from autograder.isolation.sandbox import linux

_BLOCK = 4096
_MEGABYTES = 4


class SmallDisk:
    """A disk of few megabytes.

    Attributes:
        folder: Where it is.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ballast = folder / "ballast"

    def leave(self, kilobytes: int) -> None:
        """Fills it, but for so many kilobytes."""
        self.fill()
        os.truncate(self._ballast, max(0, self._ballast.stat().st_size - kilobytes * 1024))

    def fill(self) -> None:
        """Takes all the room that there is."""
        with self._ballast.open("ab", buffering=0) as file:
            try:
                while True:
                    file.write(b"0" * _BLOCK)
            except OSError as error:
                assert error.errno == errno.ENOSPC

    def free(self) -> None:
        """Gives back what it was filled with."""
        self._ballast.unlink(missing_ok=True)


@contextmanager
def small_disk(folder: Path) -> Iterator[SmallDisk]:
    """A small disk while the block runs, mounted in a mount namespace of this thread's own."""
    here = Path.cwd()
    before = os.open("/proc/thread-self/ns/mnt", os.O_RDONLY)
    try:
        linux.unshare(linux.CLONE_NEWNS)
        try:
            subprocess.run(["mount", "--make-rprivate", "/"], check=True, capture_output=True)
            folder.mkdir(exist_ok=True)
            mount = ["mount", "-t", "tmpfs", "-o", f"size={_MEGABYTES}m,mode=1777", "tmpfs", str(folder)]
            subprocess.run(mount, check=True, capture_output=True)
            yield SmallDisk(folder)
        finally:
            # the namespace ends with the last process in it, and with it the disk
            linux.join_mounts(before)
            os.chdir(here)
    finally:
        os.close(before)


def why_not(folder: Path) -> str:
    """Why no disk can be mounted here; "" where one can."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "only root mounts a disk, and only Linux where nobody else sees it"
    if not shutil.which("mount"):
        return "there is no program to mount a disk with"
    with suppress(OSError, subprocess.CalledProcessError), small_disk(folder):
        return ""
    return "no disk can be mounted here"
