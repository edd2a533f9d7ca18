"""The template process: imports the libraries once, then forks one student process whenever the grader asks.

It must import and touch nothing more: a fork after TensorFlow has run an operation hangs in the child.

A control socket carries one JSON line a request. `attach` comes with the descriptor of another control socket (one
per grader process); `spawn` with two: the conversation and the keeper's.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import selectors
import signal
import socket

from autograder.isolation.frameworks import import_framework
from autograder.isolation.keeper import keep
from autograder.isolation.sandbox import prepare
from autograder.isolation.settings import Settings

MAX_REQUEST = 65536


def main(framework: str, descriptor: int, warm: bool) -> None:
    """Serves control sockets until the last one is closed."""
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
    selector = selectors.DefaultSelector()
    selector.register(first, selectors.EVENT_READ)
    while selector.get_map():
        for key, _ in selector.select():
            control: socket.socket = key.fileobj  # type: ignore[assignment]
            request, descriptors = _receive(control)
            if request is None:
                selector.unregister(control)
                control.close()
            elif request["do"] == "attach":
                selector.register(socket.socket(fileno=descriptors[0]), selectors.EVENT_READ)
            else:
                _spawn(control, request, descriptors, framework)


def _receive(control: socket.socket) -> tuple[dict[str, str] | None, list[int]]:
    try:
        line, descriptors, _, _ = socket.recv_fds(control, MAX_REQUEST, 2)
    except OSError:
        return None, []
    return (json.loads(line), list(descriptors)) if line else (None, [])


def _spawn(control: socket.socket, request: dict[str, str], descriptors: list[int], framework: str) -> None:
    try:
        pid = os.fork()
        if pid == 0:
            conversation, status = descriptors
            keep(Settings.from_json(request["settings"]), conversation, status, framework)
        answer: dict[str, object] = {"pid": pid}
    except OSError as error:
        answer = {"error": str(error)}
    for descriptor in descriptors:
        os.close(descriptor)
    # a grader that was killed a moment ago is noticed by the keeper, not here
    with contextlib.suppress(OSError):
        control.sendall(json.dumps(answer).encode() + b"\n")
