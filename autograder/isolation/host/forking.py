"""The grader's side of the template: starting it, and asking it for student processes."""

from __future__ import annotations

import contextlib
import errno
import functools
import json
import os
import re
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from autograder.isolation.host.errors import NO_ROOM, NO_SPACE, NoProcess, TemplateError
from autograder.isolation.host.process import Ending, StudentProcess
from autograder.isolation.sandbox import cgroups
from autograder.isolation.settings import Settings
from autograder.wire import Channel

ROOT = str(Path(__file__).parents[3])


# a keeper answers in far less than a millisecond: one that does not has been stopped
_PATIENCE = 0.5  # seconds
_HARMLESS = re.compile(
    "PATH|HOME|LANG|LC_.*|TZ|TMPDIR|PYTHONPATH|PYTHONHASHSEED|LD_LIBRARY_PATH|SYSTEMROOT|(TF|XLA|CUDA|NVIDIA|OMP|MKL)_.*"
)
# asked once, before there are other processes of ours in the group
delegated_cgroup = functools.cache(cgroups.take_over)


class Control:
    """A line to a running template. One grader process each; it may be handed to a process started by `spawn`."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def spawn(self, settings: Settings) -> StudentProcess:
        """Asks for a student process; it has begun to set itself up when this returns."""
        settings = replace(settings, cgroup=delegated_cgroup())
        with contextlib.ExitStack() as theirs:
            try:
                conversation, students_end = socket.socketpair()
                theirs.enter_context(students_end)
                keeper, keepers_end = socket.socketpair()
                theirs.enter_context(keepers_end)
                # apart from the rest: what the template has read, all its children can find in their memory
                hidden = theirs.enter_context(_written(json.dumps(settings.hidden).encode()))
                request = json.dumps({"do": "spawn", "settings": replace(settings, hidden=()).to_json()}).encode()
                descriptors = [students_end.fileno(), keepers_end.fileno(), hidden.fileno()]
                socket.send_fds(self._connection, [request], descriptors)
                answer = json.loads(self._connection.recv(65536) or b"{}")
            except OSError as error:
                if error.errno in NO_ROOM:
                    raise NoProcess(str(error.strerror)) from None
                if error.errno in NO_SPACE:
                    raise TemplateError(
                        f"no temporary file can be written: {error.strerror}; make room, or set TMPDIR to another "
                        "place, and start the same command again: it goes on where it was"
                    ) from None
                answer = {}
        if "error" in answer:
            raise NoProcess(answer["error"])
        if "pid" not in answer:
            raise TemplateError("the template has ended, and with it the processes that it would have made; try again")
        return StudentProcess(Channel(conversation), _Keeper(keeper, self), settings)

    def sweep(self) -> int:
        """Has the template end what a lost keeper left behind; returns how many processes would not end."""
        try:
            self._connection.sendall(b'{"do": "sweep"}')
            return int(json.loads(self._connection.recv(65536) or b'{"left": 0}')["left"])
        except OSError:
            return 0

    def close(self) -> None:
        """Ends this line; the template ends with the last one."""
        self._connection.close()


def _written(content: bytes) -> IO[bytes]:
    """A file without a name that holds this."""
    # without a buffer: one that cannot be written is tried again, and fails again, where the file is closed
    file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - the caller closes it
    try:
        if file.write(content) < len(content):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    except BaseException:
        file.close()
        raise
    return file


def _harmless_environment() -> dict[str, str]:
    """The variables that libraries need. Every student process inherits the memory that they were handed over in."""
    return {name: value for name, value in os.environ.items() if _HARMLESS.fullmatch(name)}


class ForkingTemplate:
    """A template process: imports a framework once, forks for every submission."""

    def __init__(self, framework: str, warm: bool = False) -> None:
        self.framework = framework
        delegated_cgroup()
        ours, theirs = socket.socketpair()
        code = (
            f"import sys; sys.path[0] = {ROOT!r}; from autograder.isolation.inside.template import main; "
            f"main({framework!r}, {theirs.fileno()}, {warm})"
        )
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-c", code],
                pass_fds=[theirs.fileno()],
                env=_harmless_environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._connection = ours
        self._versions: dict[str, str] | None = None

    @property
    def versions(self) -> dict[str, str]:
        """Versions of the imported libraries; waits until they are imported."""
        if self._versions is None:
            line = b""
            while not line.endswith(b"\n"):
                part = self._connection.recv(65536)
                if not part:
                    raise TemplateError(f"the {self.framework} template ended while importing")
                line += part
            answer = json.loads(line)
            if "error" in answer:
                raise TemplateError(f"{self.framework} cannot be imported: {answer['error']}")
            self._versions = answer["versions"]
        return self._versions

    def control(self) -> Control:
        """A new line to the template."""
        return Control(self.new_line())

    def new_line(self) -> socket.socket:
        """The socket of a new line to the template."""
        _ = self.versions
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self._connection, [b'{"do": "attach"}'], [theirs.fileno()])
        return ours

    def close(self) -> None:
        """Ends the template."""
        self._connection.close()
        self._process.terminate()
        self._process.wait(10)


class _Keeper:
    """The socket to the keeper of one student process."""

    def __init__(self, connection: socket.socket, control: Control) -> None:
        self._connection = connection
        self._control = control
        self._received = b""
        self._process = -1
        self._tells = True
        self._last: dict[str, Any] = {}

    def begin(self, deadline: float) -> dict[str, Any]:
        record = self._record(deadline)
        if "error" in record:
            raise NoProcess(record["error"])
        return record

    def printed(self) -> str:
        if not self._tells:
            return ""
        record: dict[str, Any] = {}
        with contextlib.suppress(OSError):
            self._connection.sendall(b"?")
            record = self._record(time.monotonic() + _PATIENCE)
        if "printed" not in record:
            # the process has ended, and this is how; or it is not to be known now
            self._tells, self._last = False, record
        return record.get("printed", "")

    def end(self) -> Ending:
        # the end of our side is the keeper's order to kill
        with contextlib.suppress(OSError):
            self._connection.shutdown(socket.SHUT_WR)
        record, late = self._last or self._record(time.monotonic() + 10.0), ""
        while "printed" in record:  # an answer that came too late
            late += record["printed"]
            record = self._record(time.monotonic() + 10.0)
        if late:
            record["output"] = late + record.get("output", "")
        self._connection.close()
        ending = Ending(**record) if "signal" in record else self._without_keeper()
        if self._process >= 0:
            ending.left += 0 if _has_ended(self._process) else 1
            os.close(self._process)
        return ending

    def _without_keeper(self) -> Ending:
        """Ends the process of a keeper that was killed, which should have ended with it."""
        if self._process >= 0:
            with contextlib.suppress(OSError):
                signal.pidfd_send_signal(self._process, signal.SIGKILL)
        return Ending(reason="keeper", left=self._control.sweep())

    def _record(self, deadline: float) -> dict[str, Any]:
        """The next line that the keeper says; {} when it says nothing more."""
        try:
            while b"\n" not in self._received:
                self._connection.settimeout(max(0.01, deadline - time.monotonic()))
                part, descriptors, _, _ = socket.recv_fds(self._connection, 2**16, 1)
                if descriptors:
                    self._process = descriptors[0]
                if not part:
                    return {}
                self._received += part
            line, _, self._received = self._received.partition(b"\n")
            return json.loads(line)
        except (OSError, ValueError):
            return {}


def _has_ended(process: int) -> bool:
    """Whether the process of a descriptor has ended, and with it, where it has one, its PID namespace."""
    return bool(select.select([process], [], [], 2.0)[0])
