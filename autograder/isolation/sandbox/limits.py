"""The kernel's limits and the environment of a student process, set before any of the submission exists."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from autograder.isolation.settings import Settings

try:
    import resource
except ImportError:  # Windows has no resource limits
    resource = None  # type: ignore[assignment]

_MEGABYTE = 2**20
# signals that wait, and timers
_MOST_SIGNALS = 256
# processor seconds beyond the wall time of the submission
_SPARE_SECONDS = 5


def limit_resources(settings: Settings) -> None:
    """Sets the kernel's limits for this process and those that it starts; not what is counted for a user as a whole."""
    if resource is None:
        return
    limits = settings.limits
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, limits.scratch_mb * _MEGABYTE)
    _lower(resource.RLIMIT_NOFILE, limits.open_files)
    # the kernel warns with a signal that says why before it kills
    seconds = int(limits.seconds_per_submission) + _SPARE_SECONDS
    _lower(resource.RLIMIT_CPU, seconds, seconds + 1)
    # RLIMIT_AS would stop TensorFlow, which reserves far more than it uses; RLIMIT_DATA counts writable memory.
    # It stops the one huge request; growth is seen by the keeper's watch, which says what happened.
    # CUDA maps device memory as writable, so with a GPU that watch is all that bounds it.
    if settings.device == "cpu":
        bound_own_memory(int(1.25 * limits.memory_mb))


def limit_user(settings: Settings, counted_alone: bool = False) -> None:
    """Limits what the kernel counts for a user: processes and threads, signals that wait, message queues.

    To be called in the user namespace that this process is to have: the kernel begins to count there, and the limit
    that held when the namespace was made goes on holding for the user outside, whose other processes, perhaps in
    another container, it would count as well.
    """
    if sys.platform == "linux":
        # a user of its own runs nothing else
        others = 0 if counted_alone or settings.user is not None else tasks_of(os.getuid())
        _lower(resource.RLIMIT_NPROC, others + settings.limits.tasks)
        _lower(resource.RLIMIT_SIGPENDING, _MOST_SIGNALS)
        _lower(resource.RLIMIT_MSGQUEUE, 0)


def bound_own_memory(megabytes: int) -> None:
    """Bounds the writable memory of this process to what it has now and so much more (on Linux); then a MemoryError."""
    if sys.platform == "linux":
        status = Path("/proc/self/status").read_bytes()
        held = int(status.split(b"\nVmData:")[1].split()[0]) * 1024
        _lower(resource.RLIMIT_DATA, held + megabytes * _MEGABYTE)


def _lower(what: int, value: int, most: int | None = None) -> None:
    _, hard = resource.getrlimit(what)
    soft, most = (
        wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        for wanted in (value, value if most is None else most)
    )
    resource.setrlimit(what, (soft, most))


def tasks_of(uid: int) -> int:
    """How many processes and threads a user runs: what the kernel compares RLIMIT_NPROC with."""
    count = 0
    for name in os.listdir("/proc"):  # noqa: PTH208
        try:
            if name.isdigit() and os.stat(f"/proc/{name}").st_uid == uid:  # noqa: PTH116
                count += len(os.listdir(f"/proc/{name}/task"))  # noqa: PTH208
        except OSError:
            continue
    return count


def enter_scratch(settings: Settings) -> None:
    """Gives this process a clean environment and moves it into its scratch folder."""
    _set_environment(settings)
    # remembered from where the libraries were imported: AutoGraph would write there, and could not
    tempfile.tempdir = None
    os.chdir(settings.scratch)


def _set_environment(settings: Settings) -> None:
    # without SYSTEMROOT, Windows can start no process and draw no random number
    names = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "TF_CPP_MIN_LOG_LEVEL")
    kept = {name: os.environ[name] for name in names if name in os.environ}
    os.environ.clear()
    os.environ.update(kept)
    os.environ.update(
        HOME=settings.scratch,
        TMPDIR=settings.scratch,
        USER="student",
        LOGNAME="student",
        MPLBACKEND="Agg",
        MPLCONFIGDIR=settings.scratch,
        KERAS_HOME=settings.scratch,
        CUDA_VISIBLE_DEVICES=settings.device.removeprefix("gpu:") if settings.device != "cpu" else "-1",
    )
