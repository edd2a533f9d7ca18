"""The parent of one student process: sets up its isolation, collects its output, and ends everything below it.

The keeper is forked from the template before any of the student's code exists and never talks to it. It holds one
socket to the grader. When the student process ends, the keeper says how on that socket; when the grader closes it
(verdict reached, time out, or the grader itself was killed), the keeper kills all that is left.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import signal
import socket
import sys
from pathlib import Path
from typing import NoReturn

from autograder.isolation import linux
from autograder.isolation.settings import Settings

try:
    import resource
except ImportError:  # Windows has no resource limits
    resource = None  # type: ignore[assignment]

STUDENT_USER = 61_000


def keep(settings: Settings, channel: int, status: int, framework: str) -> NoReturn:
    """Runs as the keeper until the student process and everything below it is gone. Never returns."""
    try:
        os.setsid()
        _close_all_but(channel, status)
        # the template ignores the end of its children; the keeper must hear of its own
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        read_end, write_end = os.pipe()
        before = linux.private_memory(os.getpid()) if sys.platform == "linux" else 0
        isolation = _isolate(settings)
        pid = os.fork()
        if pid == 0:
            os.close(read_end)
            os.close(status)
            _become_student(settings, channel, write_end, isolation, framework)
        os.close(channel)
        os.close(write_end)
        with socket.socket(fileno=status) as connection:
            connection.sendall(json.dumps({"pid": pid, "memory": before, "isolation": isolation}).encode() + b"\n")
            record = _watch(pid, read_end, connection, settings)
            _kill_descendants(pid)
            # here and not in the grader, which may have been killed
            shutil.rmtree(settings.scratch, ignore_errors=True)
            connection.sendall(json.dumps(record).encode() + b"\n")
    except BaseException as error:
        os.write(2, f"autograder: keeper: {error!r}\n".encode())
        os._exit(70)
    os._exit(0)


def _isolate(settings: Settings) -> str:
    """Enters the namespaces that the machine allows; says what was reached."""
    if sys.platform != "linux":
        return "process group"
    linux.become_subreaper()
    if not settings.namespaces:
        return "process group"
    flags = linux.CLONE_NEWPID | linux.CLONE_NEWIPC
    try:
        if os.geteuid() == 0:
            linux.unshare(flags)
        else:
            uid, gid = os.getuid(), os.getgid()
            linux.unshare(flags | linux.CLONE_NEWUSER)
            linux.map_user(uid, gid)
    except OSError:
        return "process group"
    return "namespaces"


def _become_student(settings: Settings, channel: int, output: int, isolation: str, framework: str) -> NoReturn:
    code = 71
    try:
        os.setpgid(0, 0)
        if isolation == "namespaces":
            # mounts of its own: the keeper must still see the scratch folder as the grader made it
            linux.unshare(linux.CLONE_NEWNS)
            linux.make_mounts_private()
            # a container may forbid a fresh /proc: then the old one shows, harmlessly, who else runs
            with contextlib.suppress(OSError):
                linux.mount_proc()
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(output, 1)
        os.dup2(output, 2)
        os.close(output)
        if settings.user is not None and isolation == "namespaces":
            linux.open_only(linux.closed_folders([*code_folders(), settings.scratch]))
        confine_self(settings)

        from autograder.isolation.student import serve

        serve(socket.socket(fileno=channel), settings, framework)
        code = 0
    except BaseException as error:
        os.write(2, f"autograder: the student process could not start: {error!r}\n".encode())
    os._exit(code)


def confine_self(settings: Settings) -> None:
    """Drops privileges, sets resource limits, and moves this process into its scratch folder."""
    if settings.user is not None:
        os.setgroups([])
        os.setgid(settings.user)
        os.setuid(settings.user)
    if sys.platform == "linux":
        linux.renounce_privileges()
    if resource is not None:
        _set_limits(settings)
    _set_environment(settings)
    os.chdir(settings.scratch)


def code_folders() -> list[str]:
    """The folders that a student process imports from: interpreter, packages, this kit."""
    folders = [sys.prefix, sys.base_prefix, str(Path(__file__).parents[1]), *sys.path]
    return [folder for folder in folders if folder and Path(folder).is_dir()]


def _set_limits(settings: Settings) -> None:
    megabyte = 2**20

    def lower(what: int, value: int) -> None:
        _, hard = resource.getrlimit(what)
        bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(what, (bound, bound))

    lower(resource.RLIMIT_CORE, 0)
    lower(resource.RLIMIT_FSIZE, settings.limits.file_mb * megabyte)
    # RLIMIT_AS would stop TensorFlow, which reserves far more than it uses; RLIMIT_DATA counts writable memory.
    # It stops the one huge request; growth is seen by the grader's watch, which says what happened.
    # CUDA maps device memory as writable, so with a GPU that watch is all that bounds it.
    if sys.platform == "linux" and settings.device == "cpu":
        status = Path("/proc/self/status").read_text()
        held = int(status.split("VmData:")[1].split()[0]) * 1024
        lower(resource.RLIMIT_DATA, held + int(1.25 * settings.limits.memory_mb) * megabyte)


def _set_environment(settings: Settings) -> None:
    keep = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "TF_CPP_MIN_LOG_LEVEL") if name in os.environ}
    os.environ.clear()
    os.environ.update(keep)
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


def _watch(pid: int, output: int, connection: socket.socket, settings: Settings) -> dict[str, object]:
    """Waits for the end of the student process, or for the grader to close its side; then kills what is left."""
    kept = bytearray()
    ended = os.pidfd_open(pid) if hasattr(os, "pidfd_open") else -1
    poll = select.poll()
    for descriptor in (output, connection.fileno(), ended):
        if descriptor >= 0:
            poll.register(descriptor, select.POLLIN)
    while True:
        ready = {descriptor for descriptor, _ in poll.poll(None if ended >= 0 else 20)}
        if output in ready:
            _read_output(output, kept, settings.limits.output_bytes, poll)
        if connection.fileno() in ready or ended in ready:
            break
        if ended < 0 and os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            break
    os.kill(pid, signal.SIGKILL)
    _, code, usage = os.wait4(pid, 0)
    os.set_blocking(output, False)
    while _read_output(output, kept, settings.limits.output_bytes, None):
        pass
    return {
        "signal": os.WTERMSIG(code) if os.WIFSIGNALED(code) else 0,
        "exit_code": os.WEXITSTATUS(code) if os.WIFEXITED(code) else 0,
        "output": bytes(kept).decode("utf-8", "replace"),
        "cpu_seconds": usage.ru_utime + usage.ru_stime,
    }


def _read_output(descriptor: int, kept: bytearray, limit: int, poll: select.poll | None) -> bool:
    try:
        part = os.read(descriptor, 2**16)
    except BlockingIOError:
        return False
    if not part and poll is not None:
        poll.unregister(descriptor)
    kept += part[: max(0, limit - len(kept))]
    return bool(part)


def _kill_descendants(pid: int) -> None:
    """Ends what the student process left behind: with a PID namespace nothing, without one its orphans."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass
    while True:
        for child in linux.children_of(os.getpid()) if sys.platform == "linux" else []:
            try:
                os.kill(child, signal.SIGKILL)
            except ProcessLookupError:
                pass
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


def _close_all_but(*kept: int) -> None:
    for descriptor in sorted(int(name) for name in os.listdir("/dev/fd")):  # noqa: PTH208
        if descriptor > 2 and descriptor not in kept:
            try:
                os.close(descriptor)
            except OSError:
                pass
