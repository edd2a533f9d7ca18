"""The grader's side of the template: starting it, and asking it for student processes."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import re
import socket
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from autograder.isolation import cgroups
from autograder.isolation.process import Ending, StudentProcess, TemplateError
from autograder.isolation.settings import Settings
from autograder.wire import Channel

STUDENT_USER = 61_000
ROOT = str(Path(__file__).parents[2])


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
        conversation, students_end = socket.socketpair()
        keeper, keepers_end = socket.socketpair()
        with students_end, keepers_end:
            settings = replace(settings, cgroup=delegated_cgroup())
            request = json.dumps({"do": "spawn", "settings": settings.to_json()}).encode()
            try:
                socket.send_fds(self._connection, [request], [students_end.fileno(), keepers_end.fileno()])
                answer = json.loads(self._connection.recv(65536) or b"{}")
            except OSError:
                answer = {}
        if "pid" not in answer:
            raise TemplateError(f"the template cannot fork: {answer.get('error', 'it has ended')}")
        return StudentProcess(Channel(conversation), _Keeper(keeper), settings)

    def close(self) -> None:
        """Ends this line; the template ends with the last one."""
        self._connection.close()


def _harmless_environment() -> dict[str, str]:
    """The variables that libraries need. Every student process inherits the memory that they were handed over in."""
    return {name: value for name, value in os.environ.items() if _HARMLESS.fullmatch(name)}


class ForkingTemplate:
    """A template process: imports a framework once, forks for every submission.

    Args:
        framework: `numpy` or `tensorflow`.
        warm: Whether to import pandas and matplotlib as well.
    """

    def __init__(self, framework: str, warm: bool = False) -> None:
        self.framework = framework
        delegated_cgroup()
        ours, theirs = socket.socketpair()
        code = (
            f"import sys; sys.path[0] = {ROOT!r}; from autograder.isolation.template import main; "
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

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._lines = connection.makefile("rb")

    def begin(self, deadline: float) -> dict[str, Any]:
        return self._record(deadline)

    def end(self) -> Ending:
        # the keeper reads nothing: the end of our side is its order to kill
        with contextlib.suppress(OSError):
            self._connection.shutdown(socket.SHUT_WR)
        record = self._record(time.monotonic() + 10.0)
        self._lines.close()
        self._connection.close()
        return Ending(**record) if "signal" in record else Ending()

    def _record(self, deadline: float) -> dict[str, Any]:
        try:
            self._connection.settimeout(max(0.01, deadline - time.monotonic()))
            return json.loads(self._lines.readline() or b"{}")
        except (OSError, ValueError):
            return {}


def student_user(worker: int = 0) -> int | None:
    """The unprivileged user that a worker's submissions run as, or None when we are not root."""
    return STUDENT_USER + worker if hasattr(os, "geteuid") and os.geteuid() == 0 else None
