"""An exclusive lock on a file: one grader at a time writes one gradebook."""

from __future__ import annotations

import errno
import os
import socket
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_AWAY = 1 << 30  # the locked byte: far behind the text, which Windows could not read under a lock
_held: set[str] = set()


class LockedError(Exception):
    """Another process, or another object of this one, holds the lock."""

    def __init__(self, holder: str):
        super().__init__(holder)
        self.holder = holder  # who, as far as the lock file tells: `process 4711 on host ada`


class FileLock:
    """Holds a lock file from `acquire` to `release`, or to the end of the process, however it ends.

    The lock is the operating system's, not the file's existence: nothing has to be cleaned up after `kill
    -9`. On POSIX it is a record lock, which forked children do not inherit; an orphan of a killed grader
    therefore cannot keep its gradebook locked. Such locks do not exclude a second one in the same process,
    hence `_held`. The file stays when the lock is gone: removing it would let two processes lock two files.
    """

    def __init__(self, path: Path):
        self.path = path
        self._key = os.path.realpath(path)
        self._descriptor: int | None = None

    def acquire(self) -> None:
        """Take the lock at once."""
        # before opening: closing any descriptor of the file would drop a record lock that this process holds
        if self._key in _held:
            raise LockedError(f"process {os.getpid()}, this one")
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            self._take(descriptor)
            os.ftruncate(descriptor, 0)
            os.write(descriptor, f"process {os.getpid()} on host {socket.gethostname()}\n".encode())
        except BaseException:
            os.close(descriptor)
            raise
        self._descriptor = descriptor
        _held.add(self._key)

    def release(self) -> None:
        """Give the lock back; harmless when it is not held."""
        if self._descriptor is not None:
            _unlock(self._descriptor)
            os.close(self._descriptor)
            self._descriptor = None
            _held.discard(self._key)

    @staticmethod
    def _take(descriptor: int) -> None:
        try:
            _lock(descriptor)
        except OSError as error:
            # any other error, such as a network drive that knows no locks, is not somebody else's doing
            if error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
                raise
            holder = os.read(descriptor, 200).decode(errors="replace").strip()
            raise LockedError(holder or "an unknown process") from error


if sys.platform == "win32":

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, _AWAY, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, _AWAY, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:

    def _lock(descriptor: int) -> None:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _AWAY)

    def _unlock(descriptor: int) -> None:
        fcntl.lockf(descriptor, fcntl.LOCK_UN, 1, _AWAY)
