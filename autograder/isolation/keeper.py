"""The parent of one student process: sets up its isolation, collects its output, and ends everything below it.

The keeper is forked from the template before any of the student's code exists and never talks to it. It holds one
socket to the grader, and watches what the processes below it use. When the student process ends, the keeper says how on
that socket; when the grader closes it (verdict reached, time out, or the grader itself was killed), the keeper kills
all that is left.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import sys
from pathlib import Path
from typing import NoReturn

from autograder.isolation import linux
from autograder.isolation.cgroups import Group
from autograder.isolation.sandbox import Sandbox
from autograder.isolation.scratch import remove_scratch
from autograder.isolation.settings import Settings
from autograder.isolation.view import view_of
from autograder.isolation.watch import Watch, tasks_of

try:
    import resource
except ImportError:  # Windows has no resource limits
    resource = None  # type: ignore[assignment]

_TICK = 50  # milliseconds between two looks at memory
_GRACE = 0.1  # seconds
_PRECEDENCE = 15
_STUDENT_PRIORITY = 5


def keep(settings: Settings, channel: int, status: int, framework: str) -> NoReturn:
    """Runs as the keeper until the student process and everything below it is gone. Never returns."""
    try:
        os.setsid()
        _close_all_but(channel, status)
        # the template ignores the end of its children; the keeper must hear of its own
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        output, students_output = os.pipe()
        setup, students_setup = os.pipe()
        linux.become_subreaper()
        # hundreds of greedy processes must not keep their keeper from ending them
        with contextlib.suppress(PermissionError):
            os.nice(-_PRECEDENCE)
        sandbox = Sandbox(settings, view_of(framework, settings))
        sandbox.enter_namespaces()
        watch = Watch(settings.limits)
        group = _group(settings, sandbox)
        pid = os.fork()
        if pid == 0:
            for descriptor in (output, setup, status):
                os.close(descriptor)
            _become_student(settings, channel, students_output, students_setup, sandbox, group, framework)
        for descriptor in (channel, students_output, students_setup):
            os.close(descriptor)
        with socket.socket(fileno=status) as connection:
            report = _read_report(setup)
            if report.get("mount"):
                watch.folder = settings.scratch
            connection.sendall(json.dumps({"pid": pid, "sandbox": report}).encode() + b"\n")
            record = _watch(pid, output, connection, settings, watch)
            _kill_descendants(pid)
            if group is not None:
                record["reason"] = "memory" if group.ran_out_of_memory() else record["reason"]
                group.remove()
            # here and not in the grader, which may have been killed
            remove_scratch(settings.scratch)
            connection.sendall(json.dumps(record).encode() + b"\n")
    except BaseException as error:
        os.write(2, f"autograder: keeper: {error!r}\n".encode())
        os._exit(70)
    os._exit(0)


def _group(settings: Settings, sandbox: Sandbox) -> Group | None:
    """The student process's control group, where one may be made; the sandbox's report says so."""
    if settings.cgroup and settings.layers:
        try:
            group = Group(
                settings.cgroup, settings.limits.memory_mb + settings.limits.scratch_mb, settings.limits.processes
            )
        except OSError as error:
            sandbox.report["memory"] = f"watched by the keeper; no control group: {error.strerror}"
        else:
            sandbox.report["memory"] = "limited by control group, version 2"
            return group
    return None


def _become_student(
    settings: Settings,
    channel: int,
    output: int,
    setup: int,
    sandbox: Sandbox,
    group: Group | None,
    framework: str,
) -> NoReturn:
    code = 71
    try:
        # the scheduler shares the processor between sessions: greedy processes do not take the keeper's part
        os.setsid()
        os.setpriority(os.PRIO_PROCESS, 0, _STUDENT_PRIORITY)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(output, 1)
        os.dup2(output, 2)
        os.close(output)
        if group is not None:
            group.join()
        limit_resources(settings, counted_alone=sandbox["user"])
        sandbox.confine()
        enter_scratch(settings)
        sandbox.filter_system_calls()
        os.write(setup, json.dumps(sandbox.report).encode())
        os.close(setup)

        from autograder.isolation.student import serve

        serve(socket.socket(fileno=channel), settings, framework)
        code = 0
    except BaseException as error:
        os.write(2, f"autograder: the student process could not start: {error!r}\n".encode())
    os._exit(code)


def _read_report(setup: int) -> dict[str, str]:
    """The student process's own report of its layers: nothing of the submission exists yet when it is written."""
    with open(setup, "rb") as file:
        return json.loads(file.read() or b"{}")


def limit_resources(settings: Settings, counted_alone: bool = False) -> None:
    """Sets the kernel's limits for this process and those that it starts.

    Args:
        settings: The limits, and the user that this process is going to be.
        counted_alone: Whether the kernel counts processes for this process alone: in a user namespace of its own.
    """
    if resource is None:
        return
    megabyte = 2**20

    def lower(what: int, value: int) -> None:
        _, hard = resource.getrlimit(what)
        bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(what, (bound, bound))

    lower(resource.RLIMIT_CORE, 0)
    lower(resource.RLIMIT_FSIZE, settings.limits.scratch_mb * megabyte)
    lower(resource.RLIMIT_NOFILE, settings.limits.open_files)
    # RLIMIT_AS would stop TensorFlow, which reserves far more than it uses; RLIMIT_DATA counts writable memory.
    # It stops the one huge request; growth is seen by the keeper's watch, which says what happened.
    # CUDA maps device memory as writable, so with a GPU that watch is all that bounds it.
    if sys.platform == "linux" and settings.device == "cpu":
        status = Path("/proc/self/status").read_text()
        held = int(status.split("VmData:")[1].split()[0]) * 1024
        lower(resource.RLIMIT_DATA, held + int(1.25 * settings.limits.memory_mb) * megabyte)
    if sys.platform == "linux":
        # the unprivileged user runs nothing else
        others = 0 if counted_alone or settings.user is not None else tasks_of(os.getuid())
        lower(resource.RLIMIT_NPROC, others + settings.limits.processes)


def enter_scratch(settings: Settings) -> None:
    """Gives this process a clean environment and moves it into its scratch folder."""
    _set_environment(settings)
    os.chdir(settings.scratch)


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


def _watch(pid: int, output: int, connection: socket.socket, settings: Settings, watch: Watch) -> dict[str, object]:
    """Waits for the end of the student process, for the grader to close its side, or for a limit; then kills."""
    kept = bytearray()
    reason = ""
    ended = os.pidfd_open(pid) if hasattr(os, "pidfd_open") else -1
    poll = select.poll()
    for descriptor in (output, connection.fileno(), ended):
        if descriptor >= 0:
            poll.register(descriptor, select.POLLIN)
    while not reason:
        ready = {descriptor for descriptor, _ in poll.poll(20 if ended < 0 else _TICK)}
        if output in ready:
            _read_output(output, kept, settings.limits.output_bytes, poll)
        if ended in ready:
            break
        if connection.fileno() in ready:
            # a process that is about to end by itself is to be told by its own exit status
            select.select([ended] if ended >= 0 else [], [], [], _GRACE)
            break
        if ended < 0 and os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            break
        reason = watch.exceeded()
    os.kill(pid, signal.SIGKILL)
    _, code, usage = os.wait4(pid, 0)
    os.set_blocking(output, False)
    while _read_output(output, kept, settings.limits.output_bytes, None):
        pass
    return {
        "signal": os.WTERMSIG(code) if os.WIFSIGNALED(code) else 0,
        "exit_code": os.WEXITSTATUS(code) if os.WIFEXITED(code) else 0,
        "output": bytes(kept).decode("utf-8", "replace"),
        "reason": reason,
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
