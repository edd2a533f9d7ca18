"""The template process: imports the libraries once, then forks one student process whenever the grader asks.

It must import and touch nothing more: a fork after TensorFlow has run an operation hangs in the child.

A control socket carries one JSON line a request. `attach` comes with the descriptor of another control socket (one
per grader process); `spawn` with three: the conversation, the keeper's, and a list of hidden folders that the template
does not read; `sweep` ends what a lost keeper left behind.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import selectors
import signal
import socket
import sys
import time

from autograder.isolation.frameworks import import_framework
from autograder.isolation.sandbox import linux
from autograder.isolation.sandbox.keeper import become_keeper
from autograder.isolation.sandbox.layers import prepare
from autograder.isolation.settings import Settings

MAX_REQUEST = 65536
_SWEEPS = 500


def main(framework: str, descriptor: int, warm: bool) -> None:
    """Serves control sockets until the last one is closed; in a student process, serves the submission."""
    # Ctrl-C goes to the whole foreground group; the grader decides when the template ends
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    first = socket.socket(fileno=descriptor)
    try:
        versions = import_framework(framework, warm)
    except Exception as error:
        first.sendall(json.dumps({"error": f"{type(error).__name__}: {error}"}).encode() + b"\n")
        return
    prepare(framework)
    # what is imported stays: keep the collector from touching, and so copying, its pages in every child
    gc.collect()
    gc.freeze()
    first.sendall(json.dumps({"versions": versions}).encode() + b"\n")
    # the frames between here and a submission are gone when it runs: they knew folders that it is not to know
    student = _Template(framework, first).serve()
    if student is not None:
        _serve_submission(*student, framework)


def _serve_submission(connection: socket.socket, settings: Settings, framework: str) -> None:
    code = 71
    try:
        from autograder.isolation.inside.student import serve

        serve(connection, settings, framework)
        code = 0
    except BaseException as error:
        os.write(2, f"autograder: the student process could not start: {error!r}\n".encode())
    os._exit(code)


class _Template:
    """The control sockets, and the keepers that were forked."""

    def __init__(self, framework: str, first: socket.socket) -> None:
        self._framework = framework
        self._selector = selectors.DefaultSelector()
        self._selector.register(first, selectors.EVENT_READ)
        self._keepers: set[int] = set()
        if sys.platform == "linux":
            # whom a lost keeper leaves behind becomes a child of this process, and can be found
            linux.become_subreaper()

    def serve(self) -> tuple[socket.socket, Settings] | None:
        """Answers requests until the last control socket is closed."""
        while self._selector.get_map():
            for key, _ in self._selector.select():
                control: socket.socket = key.fileobj  # type: ignore[assignment]
                request, descriptors = _receive(control)
                if request is None:
                    self._selector.unregister(control)
                    control.close()
                elif request["do"] == "attach":
                    self._selector.register(socket.socket(fileno=descriptors[0]), selectors.EVENT_READ)
                elif request["do"] == "sweep":
                    _answer(control, {"left": self._sweep()})
                else:
                    student = self._spawn(control, request, descriptors)
                    if student is not None:
                        return student
        return None

    def _spawn(
        self, control: socket.socket, request: dict[str, str], descriptors: list[int]
    ) -> tuple[socket.socket, Settings] | None:
        if len(descriptors) != 3:
            _answer(control, {"error": "descriptors were lost on the way"})
            return None
        try:
            pid = os.fork()
            if pid == 0:
                self._close()
                settings = Settings.from_json(request["settings"])
                conversation, status, hidden = descriptors
                return become_keeper(settings, conversation, status, hidden, self._framework), settings.for_student()
            self._keepers.add(pid)
            answer: dict[str, object] = {"pid": pid}
        except OSError as error:
            answer = {"error": str(error)}
        for descriptor in descriptors:
            os.close(descriptor)
        _answer(control, answer)
        return None

    def _close(self) -> None:
        """In a forked process: closes what is the template's."""
        for key in list(self._selector.get_map().values()):
            key.fileobj.close()  # type: ignore[union-attr]
        self._selector.close()

    def _sweep(self) -> int:
        """Ends every child that is no keeper; returns how many are left."""
        for _ in range(_SWEEPS):
            children = linux.children_of(os.getpid())
            self._keepers &= set(children)
            orphans = [child for child in children if child not in self._keepers]
            if not orphans:
                return 0
            for orphan in orphans:
                with contextlib.suppress(OSError):
                    os.kill(orphan, signal.SIGKILL)
            time.sleep(0.01)
        return len(orphans)


def _receive(control: socket.socket) -> tuple[dict[str, str] | None, list[int]]:
    try:
        line, descriptors, _, _ = socket.recv_fds(control, MAX_REQUEST, 3)
    except OSError:
        return None, []
    return (json.loads(line), list(descriptors)) if line else (None, [])


def _answer(control: socket.socket, answer: dict[str, object]) -> None:
    # a grader that was killed a moment ago is noticed by the keeper, not here
    with contextlib.suppress(OSError):
        control.sendall(json.dumps(answer).encode() + b"\n")
