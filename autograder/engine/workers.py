"""Worker processes that share one template and go through tasks; answers come back as they are finished."""

from __future__ import annotations

import contextlib
import multiprocessing
import multiprocessing.connection
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Protocol

from autograder.errors import UsageError
from autograder.isolation.templates import Share, Template, share, spawner_of

# a worker that dies with a task is replaced, and the task is tried once more
_TRIES = 2


class Job(Protocol):
    """What all workers do alike; it travels to them once."""

    @property
    def framework(self) -> str:
        """Which template is needed."""

    def begin(self, spawner: Any, versions: dict[str, str], number: int) -> Handler:
        """In a worker process: makes what does the tasks."""


class Handler(Protocol):
    """What does the tasks of one worker."""

    def do(self, task: Any) -> Any:
        """The answer to one task."""

    def close(self) -> None:
        """Ends what it holds."""


def work_through(job: Job, tasks: Iterable[Any], template: Template, workers: int) -> Iterator[tuple[Any, Any]]:
    """Gives each task to a worker that is free.

    Args:
        job: What to do.
        tasks: What to do it with.
        template: Where student processes come from.
        workers: How many to do at once.

    Yields:
        Task and answer, in the order of finishing; the answer is None for a task that ended its worker twice.

    Raises:
        UsageError: What a worker raised: the assignment itself is broken.
    """
    waiting = deque((task, 1) for task in tasks)
    team = [_Worker(job, template, number) for number in range(min(workers, len(waiting)))]
    try:
        for worker in team:
            worker.give(waiting)
        while any(worker.task for worker in team):
            busy = {worker.connection: worker for worker in team if worker.task}
            for connection in multiprocessing.connection.wait(list(busy)):
                worker = busy[connection]  # type: ignore[index]
                if worker.task is None:
                    continue
                task, tries = worker.task
                try:
                    answer = worker.connection.recv()
                except (EOFError, OSError):
                    worker.replace()
                    if tries < _TRIES:
                        waiting.appendleft((task, tries + 1))
                    else:
                        yield task, None
                    worker.give(waiting)
                    continue
                if isinstance(answer, UsageError):
                    raise answer
                worker.give(waiting)
                yield task, answer
    finally:
        for worker in team:
            worker.end()


class _Worker:
    """One worker process and the task it has."""

    def __init__(self, job: Job, template: Template, number: int) -> None:
        self._job = job
        self._template = template
        self._number = number
        self.task: tuple[Any, int] | None = None
        self.replace()

    def replace(self) -> None:
        """Starts a process in place of one that is gone."""
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        shared = share(self._template)
        self._process: BaseProcess = context.Process(
            target=_work,
            args=(theirs, self._job, shared, self._number),
            daemon=True,
        )
        self._process.start()
        theirs.close()
        if shared.connection is not None:
            shared.connection.close()

    def give(self, waiting: deque[tuple[Any, int]]) -> None:
        """Hands over the next task, if there is one."""
        self.task = waiting.popleft() if waiting else None
        if self.task is not None:
            with contextlib.suppress(OSError):
                self.connection.send(self.task[0])

    def end(self) -> None:
        """Ends the process; a task that it still has is not finished."""
        self.connection.close()
        if self.task is not None:
            self._process.terminate()
        self._process.join(10)
        if self._process.is_alive():
            self._process.kill()


def _work(connection: Connection, job: Job, shared: Share, number: int) -> None:
    """Runs in a worker process: does what comes until the connection closes."""
    # Ctrl-C reaches the whole group; the parent decides, and ends us by closing the connection
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    spawner = spawner_of(shared, job.framework)
    handler = job.begin(spawner, shared.versions, number)
    with contextlib.suppress(EOFError, OSError):
        while True:
            task = connection.recv()
            try:
                connection.send(handler.do(task))
            except UsageError as error:
                connection.send(error)
    handler.close()
    spawner.close()
