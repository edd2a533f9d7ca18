"""keras-tuner's distributed mode on one machine: a chief, workers, and nobody left behind."""

from __future__ import annotations

import contextlib
import multiprocessing
import multiprocessing.connection
import os
import pickle
import signal
import sys
import threading
import time
import traceback
from pathlib import Path
from typing import Any

from tfkit._ports import free_port
from tfkit._progress import TrialProgress
from tfkit.search._files import read_trials
from tfkit.search._job import Job

_SECONDS_BETWEEN_LOOKS = 0.5
_SECONDS_TO_END = 5.0


def run_with_workers(job: Job, folder: Path, workers: int, progress: TrialProgress) -> None:
    """Run a search in a chief and several workers; all of them have ended when this returns or raises."""
    _check_travels(job)
    # spawned, not forked: a process that has run TensorFlow and is then forked hangs
    context = multiprocessing.get_context("spawn")
    failures: Any = context.SimpleQueue()
    port = free_port()
    threads = max(1, (os.cpu_count() or 1) // workers)
    roles = ["chief", *(f"worker{i}" for i in range(workers))]
    processes = [
        context.Process(target=_serve, args=(role, job, folder, port, threads, failures), name=role, daemon=True)
        for role in roles
    ]
    try:
        for process in processes:
            process.start()
        _wait(processes, folder, progress, failures)
    finally:  # on Ctrl-C and on errors too
        for process in processes:
            if process.pid is not None:
                process.terminate()
        deadline = time.monotonic() + _SECONDS_TO_END
        for process in processes:
            if process.pid is not None:
                process.join(max(0.0, deadline - time.monotonic()))
                if process.is_alive():
                    process.kill()
                    process.join()


def _wait(processes: list[Any], folder: Path, progress: TrialProgress, failures: Any) -> None:
    chief, *workers = processes
    seen: set[str] = set()
    while any(worker.is_alive() for worker in workers) and chief.is_alive():
        sentinels = [process.sentinel for process in processes if process.is_alive()]
        multiprocessing.connection.wait(sentinels, timeout=_SECONDS_BETWEEN_LOOKS)
        _check_alive(processes, failures)
        with contextlib.suppress(ValueError, OSError):  # a file that is being written is read the next time
            for trial in read_trials(folder):
                if trial.id not in seen:
                    seen.add(trial.id)
                    progress.add(trial.score)
    _check_alive(processes, failures)
    # the chief would wait 20 seconds more before it looks whether all workers have gone; all trials are on disk


def _check_alive(processes: list[Any], failures: Any) -> None:
    for process in processes:
        if process.exitcode:
            text = failures.get() if not failures.empty() else f"it ended with code {process.exitcode}"
            raise RuntimeError(f"the search failed in {process.name}: {text}")


def _serve(role: str, job: Job, folder: Path, port: int, threads: int, failures: Any) -> None:
    """One process of the search."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears Ctrl-C and ends this process
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.environ |= {
        "KERASTUNER_TUNER_ID": role,
        "KERASTUNER_ORACLE_IP": "127.0.0.1",
        "KERASTUNER_ORACLE_PORT": str(port),
        "no_grpc_proxy": "127.0.0.1",
        "TF_NUM_INTRAOP_THREADS": str(threads),
    }
    try:
        from tfkit.search._running import run  # here: the variables above are read when TensorFlow is imported

        run(job, folder, lambda values, score: None)
    except BaseException:
        failures.put(traceback.format_exc())
        raise SystemExit(1) from None


def _end_with_parent() -> None:
    """A parent that was killed cannot end its workers: they end themselves."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _check_travels(job: Job) -> None:
    main = sys.modules.get("__main__")
    if getattr(job.build, "__module__", None) == "__main__" and not hasattr(main, "__file__"):
        reason = "it is defined in a notebook or at a prompt"
    else:
        try:
            pickle.dumps(job)
            return
        except (pickle.PicklingError, AttributeError, TypeError) as error:
            reason = str(error)
    raise ValueError(
        f"expected a build function that worker processes can import, but {reason}; "
        "put it into a module (a .py file) and import it, or use workers=1"
    )
