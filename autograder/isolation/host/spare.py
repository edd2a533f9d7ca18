"""Student processes where nothing can be forked (Windows; macOS by default): one is always imported ahead.

While a submission is graded, the next process imports the libraries; it is used for one submission and thrown away.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from autograder.isolation.host.errors import TemplateError
from autograder.isolation.host.forking import ROOT
from autograder.isolation.host.process import Ending, StudentProcess
from autograder.isolation.settings import LAYERS, Settings
from autograder.wire import Channel, ChannelClosed, ChannelTimeout, FrameError


class SpareTemplate:
    """Keeps one process with the framework imported, ready for the next submission."""

    def __init__(self, framework: str, warm: bool = False) -> None:
        self.framework = framework
        self._warm = warm
        self._spare = _Worker(framework, warm)

    @property
    def versions(self) -> dict[str, str]:
        """Versions of the imported libraries; waits until they are imported."""
        return self._spare.versions()

    def control(self) -> SpareTemplate:
        """A line to this template: itself."""
        return self

    def spawn(self, settings: Settings) -> StudentProcess:
        """Hands the spare process over and starts to import the next."""
        worker = self._spare
        worker.versions()
        worker.channel.send(settings.to_json())
        self._spare = _Worker(self.framework, self._warm)
        return StudentProcess(worker.channel, worker, settings)

    def close(self) -> None:
        """Ends the spare process."""
        self._spare.end()


class _Worker:
    """One process that imports, waits for its settings, and then serves a submission."""

    def __init__(self, framework: str, warm: bool) -> None:
        self.framework = framework
        ours, theirs = socket.socketpair()
        # a file, not a pipe: nobody need read it while the process runs
        self._output = tempfile.TemporaryFile()  # noqa: SIM115 - closed by end()
        code = f"import sys; sys.path[0] = {ROOT!r}; from autograder.isolation.host.spare import main; main"
        arguments = f"({framework!r}, {warm}, {theirs.fileno() if os.name != 'nt' else None})"
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-c", code + arguments],
                stdin=subprocess.PIPE,
                stdout=self._output,
                stderr=self._output,
                pass_fds=[theirs.fileno()] if os.name != "nt" else [],
                start_new_session=os.name != "nt",
            )
            if os.name == "nt":
                shared = theirs.share(self._process.pid)  # type: ignore[attr-defined]
                self._process.stdin.write(len(shared).to_bytes(4, "little") + shared)  # type: ignore[union-attr]
                self._process.stdin.flush()  # type: ignore[union-attr]
        self.channel = Channel(ours)
        self._versions: dict[str, str] = {}
        self._limit = 20_000
        self._told = 0

    def versions(self) -> dict[str, str]:
        if not self._versions:
            try:
                answer = self.channel.receive(time.monotonic() + 120.0)
            except (ChannelClosed, ChannelTimeout, FrameError):
                answer = {"error": "the process ended while importing"}
            if "error" in answer:
                raise TemplateError(f"{self.framework} cannot be imported: {answer['error']}")
            self._versions = answer["versions"]
        return self._versions

    def begin(self, deadline: float) -> dict[str, Any]:
        return {"pid": self._process.pid, "sandbox": dict.fromkeys(LAYERS, "needs Linux, and a process that can fork")}

    def printed(self) -> str:
        # the place in the file is the process's own, which writes there: it is not to be moved
        if not hasattr(os, "pread"):
            return ""
        size = os.fstat(self._output.fileno()).st_size
        part = os.pread(self._output.fileno(), min(max(size - self._told, 0), self._limit), self._told)
        self._told = size
        return part.decode("utf-8", "replace")

    def end(self) -> Ending:
        self.channel.close()
        with contextlib.suppress(OSError):
            if os.name == "nt":
                self._process.kill()
            else:
                os.killpg(self._process.pid, signal.SIGKILL)
        code = self._process.wait(10)
        self._process.stdin.close()  # type: ignore[union-attr]
        self._output.seek(self._told)
        output = self._output.read(self._limit).decode("utf-8", "replace")
        self._output.close()
        return Ending(signal=-code if code < 0 else 0, exit_code=max(code, 0), output=output)


def main(framework: str, warm: bool, descriptor: int | None) -> None:
    """Runs in the spare process: imports, waits for settings, then serves the submission."""
    from autograder.isolation.frameworks import import_framework
    from autograder.isolation.inside.student import serve
    from autograder.isolation.sandbox.limits import enter_scratch, limit_resources, limit_user

    if descriptor is None:
        size = int.from_bytes(sys.stdin.buffer.read(4), "little")
        connection = socket.fromshare(sys.stdin.buffer.read(size))  # type: ignore[attr-defined]
    else:
        connection = socket.socket(fileno=descriptor)
    channel = Channel(connection)
    try:
        versions = import_framework(framework, warm)
    except Exception as error:
        channel.send({"error": f"{type(error).__name__}: {error}"})
        return
    channel.send({"versions": versions})
    try:
        settings = Settings.from_json(channel.receive())
    except ChannelClosed:
        return
    sys.path[:] = [str(Path(folder).resolve()) for folder in sys.path]
    limit_resources(settings)
    limit_user(settings)
    enter_scratch(settings)
    serve(connection, settings.for_student(), framework)
