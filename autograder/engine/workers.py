"""Worker processes that share one template and go through tasks; answers come back as they are finished."""

from __future__ import annotations

import contextlib
import math
import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Protocol

from autograder.errors import UsageError
from autograder.isolation.host.choice import Attachment, Template, attach, spawner_of
from autograder.isolation.host.clock import use_of
from autograder.isolation.sandbox.limits import bound_own_memory
from autograder.isolation.sandbox.linux import die_with_parent
from autograder.isolation.sandbox.scratch import remove_scratch_of

# a worker that dies with a task is replaced, and the task is tried once more
_TRIES = 2
# where the machine is out of processes for a moment, a worker is started again after so many seconds
_PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0)


@dataclass(frozen=True)
class TaskBounds:
    """What one task may take of its worker; beyond it the task is given up, and the others go on.

    Attributes:
        seconds: Wall time; a worker that takes longer is ended.
        patience: How many times as long a worker may take that has used no more of the processor than that.
        memory_mb: Memory beyond what the worker has when it begins, in megabytes; 0 is no bound.
    """

    seconds: float = math.inf
    memory_mb: int = 0
    patience: float = 1.0


class Job(Protocol):
    """What all workers do alike; it travels to them once."""

    @property
    def framework(self) -> str:
        """Which template is needed."""

    @property
    def bounds(self) -> TaskBounds:
        """What one task may take."""

    def begin(self, spawner: Any, versions: dict[str, str], number: int) -> Handler:
        """In a worker process: makes what does the tasks."""


class Handler(Protocol):
    """What does the tasks of one worker."""

    def do(self, task: Any) -> Any:
        """The answer to one task."""

    def close(self) -> None:
        """Ends what it holds."""


def work_through(job: Job, tasks: Iterable[Any], template: Template, workers: int) -> Iterator[tuple[Any, Any, str]]:
    """Gives each task to a worker that is free; gives back each with its answer, or None and why there is none.

    Raises:
        UsageError: What a worker raised: the assignment itself is broken.
    """
    with contextlib.closing(Team(job, template, workers)) as team:
        yield from team.work_through(tasks)


class Team:
    """Worker processes, each started when there is a task for it, and kept until the team is closed.

    Args:
        job: What they all do.
        template: Where their student processes come from.
        workers: How many there are at most.
        first: The number of the first: no two on one machine have the same.
    """

    def __init__(self, job: Job, template: Template, workers: int, first: int = 0) -> None:
        self._job = job
        self._template = template
        self._numbers = range(first, first + workers)
        self._members: list[_Worker] = []

    def work_through(self, tasks: Iterable[Any]) -> Iterator[tuple[Any, Any, str]]:
        """As the function of this name does, and may be called again."""
        waiting = deque((task, 1) for task in tasks)
        wanted = self._numbers[len(self._members) : len(waiting)]
        self._members += [_Worker(self._job, self._template, number) for number in wanted]
        for worker in self._members:
            worker.give(waiting)
        while any(worker.task for worker in self._members):
            busy = {worker.connection: worker for worker in self._members if worker.task}
            patience = min(worker.next_look for worker in busy.values()) - time.monotonic()
            ready = multiprocessing.connection.wait(list(busy), None if patience == math.inf else max(0.0, patience))
            overdue = [one.connection for one in busy.values() if one.is_overdue()]
            for connection in dict.fromkeys([*ready, *overdue]):
                worker = busy[connection]  # type: ignore[index]
                if worker.task is None:
                    continue
                task, tries = worker.task
                try:
                    if connection not in ready:
                        raise TimeoutError(f"it took longer than {self._job.bounds.seconds:g} s")
                    answer = worker.connection.recv()
                except TimeoutError as error:
                    worker.replace()
                    worker.give(waiting)
                    yield task, None, str(error)
                    continue
                except (EOFError, OSError):
                    worker.replace()
                    if tries < _TRIES:
                        waiting.appendleft((task, tries + 1))
                    else:
                        yield task, None, "its process ended, twice"
                    worker.give(waiting)
                    continue
                if isinstance(answer, UsageError):
                    raise answer
                worker.give(waiting)
                if isinstance(answer, _Failure):
                    yield task, None, answer.reason
                else:
                    yield task, answer, ""

    def close(self) -> None:
        """Ends them; tasks that they still have are not finished."""
        for worker in self._members:
            worker.end()
        self._members = []


@dataclass(frozen=True)
class _Failure:
    """What a worker sends in place of an answer.

    Attributes:
        reason: Why there is none.
    """

    reason: str


class _Worker:
    """One worker process and the task it has."""

    def __init__(self, job: Job, template: Template, number: int) -> None:
        self._job = job
        self._template = template
        self._number = number
        self.task: tuple[Any, int] | None = None
        self.next_look = math.inf
        self._deadline = math.inf
        self._used = 0.0
        self._process: BaseProcess | None = None
        self.replace()

    def replace(self) -> None:
        """Starts a process in place of one that is gone, or that takes too long.

        Raises:
            UsageError: When this machine has had no room for it for some time.
        """
        if self._process is not None:
            self.connection.close()
            self._process.kill()
            self._process.join(10)
            remove_scratch_of(self._process.pid or 0)
        for pause in (*_PAUSES, None):
            try:
                self._start()
                return
            except OSError as error:
                if pause is None:
                    raise UsageError(
                        f"no process can be started to grade in ({error.strerror}); close other programs, "
                        "or use fewer --workers, and start the same command again: it goes on where it was"
                    ) from None
            time.sleep(pause)

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        shared = attach(self._template)
        self._process = context.Process(
            target=_work,
            args=(theirs, self._job, shared, self._number, os.getpid()),
            daemon=True,
        )
        with _without_ctrl_c():
            self._process.start()
        theirs.close()
        if shared.connection is not None:
            shared.connection.close()

    def give(self, waiting: deque[tuple[Any, int]]) -> None:
        """Hands over the next task, if there is one."""
        self.task = waiting.popleft() if waiting else None
        if self.task is not None:
            bounds = self._job.bounds
            self.next_look = time.monotonic() + bounds.seconds
            self._deadline = time.monotonic() + bounds.patience * bounds.seconds
            self._used = self._processor_seconds() or 0.0
            with contextlib.suppress(OSError):
                self.connection.send(self.task[0])

    def is_overdue(self) -> bool:
        """Whether its task has taken longer than it may: its own seconds count, where the machine is busy."""
        now = time.monotonic()
        if now < self.next_look:
            return False
        used = self._processor_seconds()
        left = self._job.bounds.seconds - (used - self._used) if used is not None else 0.0
        if now >= self._deadline or left <= 0:
            return True
        self.next_look = min(now + max(left, 1.0), self._deadline)
        return False

    def _processor_seconds(self) -> float | None:
        use = use_of(self._process.pid or 0) if self._process is not None else None
        return use.cpu if use is not None else None

    def end(self) -> None:
        """Ends the process; a task that it still has is not finished."""
        self.connection.close()
        if self._process is None:
            return
        if self.task is not None:
            self._process.terminate()
        self._process.join(10)
        if self._process.is_alive():
            self._process.kill()
            self._process.join(10)
        remove_scratch_of(self._process.pid or 0)


@contextlib.contextmanager
def _without_ctrl_c() -> Iterator[None]:
    """Holds Ctrl-C back: a process that is started meanwhile, and has not begun to ignore it, prints no traceback."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(connection: Connection, job: Job, shared: Attachment, number: int, parent: int) -> None:
    """Runs in a worker process: does what comes until the connection closes."""
    # Ctrl-C reaches the whole group; the parent decides, and ends us by closing the connection
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    if sys.platform == "linux":
        # a parent that is killed closes nothing that would be looked at before a submission is done
        die_with_parent()
        if os.getppid() != parent:
            return
    spawner = spawner_of(shared, job.framework)
    handler = job.begin(spawner, shared.versions, number)
    if job.bounds.memory_mb:
        bound_own_memory(job.bounds.memory_mb)
    with contextlib.suppress(EOFError, OSError):
        while True:
            task = connection.recv()
            try:
                connection.send(handler.do(task))
            except UsageError as error:
                connection.send(error)
            except Exception as error:
                # whatever one task brings, the next is done
                connection.send(_Failure(type(error).__name__))
    handler.close()
    spawner.close()
