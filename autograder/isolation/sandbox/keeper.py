"""The parent of one student process: sets up its isolation, collects its output, and ends everything below it.

The keeper is forked from the template before any of the student's code exists and never talks to it. It holds one
socket to the grader, and watches what the processes below it use. Whenever the grader asks, it tells what was printed
since. When the student process ends, the keeper says how on that socket; when the grader closes it (verdict reached,
time out, or the grader itself was killed), the keeper kills all that is left.

Whatever happens to the keeper, all below it dies first: it kills before it leaves, whyever it leaves; if it is killed
itself, the kernel kills the student process, and with it its PID namespace.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import sys
import time
from typing import NoReturn

from autograder.isolation.sandbox import linux
from autograder.isolation.sandbox.cgroups import Group
from autograder.isolation.sandbox.layers import Sandbox
from autograder.isolation.sandbox.limits import enter_scratch, limit_resources, limit_user
from autograder.isolation.sandbox.mounter import make_root
from autograder.isolation.sandbox.scratch import remove_scratch
from autograder.isolation.sandbox.watch import Watch
from autograder.isolation.settings import Settings

_TICK = 50  # milliseconds between two looks at what is used
_GRACE = 0.1  # seconds
_PRECEDENCE = 15
_STUDENT_PRIORITY = 5
_BREATH = 0.001  # seconds
# what was printed and not yet read: a pipe holds 64 KB
_LAST_READS = 4
# seconds after which a process that has been killed counts as one that cannot be
_PATIENCE = 5.0


def become_keeper(settings: Settings, channel: int, status: int, hidden: int, framework: str) -> socket.socket:
    """Runs as the keeper until the student process and everything below it is gone; never returns there.

    In the student process alone it returns: the conversation, when all is set up, confined, and ready to serve. The
    descriptors are the conversation, this process's socket to the grader, and the list of folders not to be seen.
    """
    try:
        os.setsid()
        _close_all_but(channel, status, hidden)
        # the template ignores the end of its children; the keeper must hear of its own
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        output, students_output = os.pipe()
        # whoever holds the other end can read from it as well, and leave nothing for a read that waits
        os.set_blocking(output, False)
        setup, students_setup = os.pipe()
        linux.become_subreaper()
        # hundreds of greedy processes must not keep their keeper from ending them
        with contextlib.suppress(PermissionError):
            os.nice(-_PRECEDENCE)
        inside, outside = socket.socketpair()
        sandbox = Sandbox(settings, framework)
        sandbox.enter_namespaces()
        watch = Watch(settings.limits)
        group = _group(settings, sandbox)
        pid = os.fork()
    except BaseException as error:
        _give_up(status, error)
    if pid == 0:
        outside.close()
        for descriptor in (output, setup, status):
            os.close(descriptor)
        with inside:
            _become_student(settings, students_output, students_setup, sandbox, group, inside, hidden)
        return socket.socket(fileno=channel)
    code = 70
    try:
        inside.close()
        for descriptor in (channel, students_output, students_setup):
            os.close(descriptor)
        with outside:
            if "mount" in settings.layers:
                _have_root_made(outside, hidden, settings, framework, sandbox["PID"])
        os.close(hidden)
        with socket.socket(fileno=status) as connection:
            ended = os.pidfd_open(pid) if hasattr(os, "pidfd_open") else -1
            report = _read_report(setup)
            if report.get("mount"):
                watch.folder = settings.scratch
            watch.own_network = report.get("network") == ""
            begun = json.dumps({"pid": pid, "sandbox": report}).encode() + b"\n"
            # if the keeper should be lost, the grader can still end the process: by what cannot be anybody else's
            socket.send_fds(connection, [begun], [ended] if ended >= 0 else [])
            record = _watch(pid, ended, output, connection, settings, watch)
            if group is not None:
                record["reason"] = "memory" if group.ran_out_of_memory() else record["reason"]
                group.remove()
            remove_scratch(settings.scratch)
            connection.sendall(json.dumps(record).encode() + b"\n")
        code = 0
    except BaseException as error:
        os.write(2, f"autograder: keeper: {error!r}\n".encode())
    finally:
        try:
            _end_all_below(pid)
            if group is not None:
                group.remove()
        finally:
            # here and not in the grader, which may have been killed
            remove_scratch(settings.scratch)
            os._exit(code)


def _have_root_made(door: socket.socket, hidden: int, settings: Settings, framework: str, own_processes: bool) -> None:
    mounter = os.fork()
    if mounter == 0:
        make_root(door, hidden, settings, framework, own_processes)
    os.waitpid(mounter, 0)


def _give_up(status: int, error: BaseException) -> NoReturn:
    """Tells the grader that there will be no student process: nothing of the submission exists yet."""
    with contextlib.suppress(OSError):
        os.write(status, json.dumps({"error": str(error) or type(error).__name__}).encode() + b"\n")
    os._exit(70)


def _group(settings: Settings, sandbox: Sandbox) -> Group | None:
    """The student process's control group, where one may be made; the sandbox's report says so."""
    if settings.cgroup and settings.layers:
        try:
            group = Group(
                settings.cgroup, settings.limits.memory_mb + settings.limits.scratch_mb, settings.limits.tasks
            )
        except OSError as error:
            sandbox.report["memory"] = f"watched by the keeper; no control group: {error.strerror}"
        else:
            sandbox.report["memory"] = "limited by control group, version 2"
            return group
    return None


def _become_student(
    settings: Settings,
    output: int,
    setup: int,
    sandbox: Sandbox,
    group: Group | None,
    door: socket.socket,
    hidden: int,
) -> None:
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
        limit_resources(settings)
        sandbox.confine(door, hidden)
        limit_user(settings, counted_alone=sandbox["user"])
        os.close(hidden)
        enter_scratch(settings)
        linux.die_with_parent()
        sandbox.filter_system_calls()
        # a keeper that was gone before the kernel knew whose end to watch reads this no more
        os.write(setup, json.dumps(sandbox.report).encode())
        os.close(setup)
    except BaseException as error:
        os.write(2, f"autograder: the student process could not start: {error!r}\n".encode())
        os._exit(71)


def _read_report(setup: int) -> dict[str, str]:
    """The student process's own report of its layers: nothing of the submission exists yet when it is written."""
    with open(setup, "rb") as file:
        return json.loads(file.read() or b"{}")


def _watch(
    pid: int, ended: int, output: int, connection: socket.socket, settings: Settings, watch: Watch
) -> dict[str, object]:
    """Waits for the end of the student process, for the grader to close its side, or for a limit; then kills.

    Meanwhile it reads what is printed, and tells the grader when it asks.
    """
    kept = bytearray()
    reason = ""
    poll = select.poll()
    for descriptor in (output, connection.fileno(), ended):
        if descriptor >= 0:
            poll.register(descriptor, select.POLLIN)
    while not reason:
        ready = {descriptor for descriptor, _ in poll.poll(20 if ended < 0 else _TICK)}
        if output in ready:
            if not _read_output(output, kept, settings.limits.output_bytes):
                poll.unregister(output)
            # who prints without end waits for us, and not we for him: 64 KB each time are plenty
            time.sleep(_BREATH)
        if ended in ready:
            break
        if connection.fileno() in ready:
            if _is_asked(connection):
                _read_all_output(output, kept, settings.limits.output_bytes)
                if _has_told(connection, kept):
                    continue
            # a process that is about to end by itself is to be told by its own exit status
            select.select([ended] if ended >= 0 else [], [], [], _GRACE)
            break
        if ended < 0 and os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            break
        reason = watch.exceeded()
    watch.release()
    code, seconds, left = _end_all_below(pid)
    _read_all_output(output, kept, settings.limits.output_bytes)
    return {
        "signal": os.WTERMSIG(code) if os.WIFSIGNALED(code) else 0,
        "exit_code": os.WEXITSTATUS(code) if os.WIFEXITED(code) else 0,
        "output": kept.decode("utf-8", "replace"),
        "reason": reason,
        "cpu_seconds": seconds,
        "left": left,
    }


def _is_asked(connection: socket.socket) -> bool:
    """Whether the grader asks what was printed; when not, it has closed its side."""
    try:
        return bool(connection.recv(16))
    except OSError:
        return False


def _has_told(connection: socket.socket, kept: bytearray) -> bool:
    """Tells what was printed and forgets it; False when nobody is there to be told."""
    try:
        connection.sendall(json.dumps({"printed": kept.decode("utf-8", "replace")}).encode() + b"\n")
    except OSError:
        return False
    kept.clear()
    return True


def _read_all_output(descriptor: int, kept: bytearray, limit: int) -> None:
    """Reads what was printed before, which the pipe holds: of who prints without end, no more."""
    for _ in range(_LAST_READS):
        _read_output(descriptor, kept, limit)


def _read_output(descriptor: int, kept: bytearray, limit: int) -> bool:
    """Reads what there is; whether there may be more to come."""
    try:
        part = os.read(descriptor, 2**16)
    except BlockingIOError:
        return True
    kept += part[: max(0, limit - len(kept))]
    return bool(part)


def _end_all_below(pid: int) -> tuple[int, float, int]:
    """Ends the student process and what it left behind: with a PID namespace nothing, without one its orphans.

    Orphans become children of this process; when it has no child left, nothing is. Gives the exit code as `wait` gives
    it, the processor seconds, and how many processes below this one would not end.
    """
    code, seconds, deadline = 0, 0.0, time.monotonic() + _PATIENCE
    with contextlib.suppress(OSError):
        # raises when it is our child no more, and the number perhaps another's
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        os.kill(pid, signal.SIGKILL)
        os.killpg(pid, signal.SIGKILL)
    while True:
        for child in linux.children_of(os.getpid()) if sys.platform == "linux" else []:
            with contextlib.suppress(OSError):
                os.kill(child, signal.SIGKILL)
        try:
            gone, status, usage = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            return code, seconds, 0
        if gone == pid:
            code, seconds = status, usage.ru_utime + usage.ru_stime
        elif gone == 0:
            if time.monotonic() > deadline:
                return code, seconds, len(linux.children_of(os.getpid()))
            time.sleep(0.001)


def _close_all_but(*kept: int) -> None:
    for descriptor in sorted(int(name) for name in os.listdir("/dev/fd")):  # noqa: PTH208
        if descriptor > 2 and descriptor not in kept:
            try:
                os.close(descriptor)
            except OSError:
                pass
