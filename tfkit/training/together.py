"""One search in several processes: keras-tuner's distributed mode, for a file of answers."""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from tfkit._arguments import check_callable
from tfkit._ports import free_port

_SECONDS_BETWEEN_LOOKS = 0.2


class SharedTrial(NamedTuple):
    """A trial of `search_together` that has ended.

    Example:

    >>> SharedTrial("worker-1", 0.93, 6.1).score
    0.93

    Attributes:
        worker: The process that ran it.
        score: Its validation accuracy.
        seconds: When it ended, in seconds after the first process was started.
    """

    worker: str
    score: float
    seconds: float


def search_together(
    answers: str | Path,
    environments: Callable[[int, int], list[Mapping[str, str]]],
    *,
    workers: int = 2,
    max_trials: int = 12,
    epochs: int = 10,
) -> list[SharedTrial]:
    """Run a random search in a chief and several workers, each a process of its own on this machine.

    Each process reads the file `answers`, which defines `build_model(hp)` and `digits()`, and is a part of the search
    because of the variables in its environment. All have ended when this returns or raises.

    Example:

    >>> search_together("10_search.py", environments, workers=2)  # doctest: +SKIP
    [SharedTrial(worker='worker-1', score=0.93, seconds=6.1), ...]

    Args:
        answers: A Python file.
        environments: `environments(workers, port)` gives the variables of each process, the chief's first.
        workers: How many processes train.
        max_trials: How many trials they run together.
        epochs: Epochs of a trial.

    Returns:
        The trials in the order in which they ended.

    Raises:
        FileNotFoundError: If there is no such file.
        ValueError: If there is not one environment for each process, the chief's first.
        RuntimeError: If a process fails; the message has its last line.
    """
    check_callable("environments", environments, "search_together(__file__, environments)")
    if not Path(answers).is_file():
        raise FileNotFoundError(f"expected a Python file with the answers, received {answers}, which is not there")
    given = [dict(variables) for variables in environments(workers, free_port())]
    names = [variables.get("KERASTUNER_TUNER_ID", "") for variables in given]
    if len(given) != workers + 1 or ["chief" in name for name in names] != [True] + [False] * workers:
        raise ValueError(f"expected the environments of a chief and {workers} workers, received {names}")
    finished: list[SharedTrial] = []
    start = time.monotonic()
    processes: list[subprocess.Popen[str]] = []
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", __name__, str(answers), folder, str(max_trials), str(epochs)]
        readers: list[threading.Thread] = []
        try:
            for variables, name in zip(given, names, strict=True):
                with (Path(folder) / f"{name}.txt").open("w") as said:
                    process = subprocess.Popen(
                        command,
                        env={**os.environ, **variables, "no_grpc_proxy": "127.0.0.1", "TF_CPP_MIN_LOG_LEVEL": "3"},
                        stdin=subprocess.DEVNULL,
                        stdout=subprocess.PIPE,
                        stderr=said,
                        text=True,
                    )
                processes.append(process)
                readers.append(threading.Thread(target=_read, args=(process, name, start, finished)))
                readers[-1].start()
            _wait(processes, names, Path(folder))
        finally:  # on Ctrl-C and on errors too; the chief would wait 20 seconds before it looks around
            for process in processes:
                process.kill()
                process.wait()
            for reader in readers:
                reader.join()
    return finished


def _read(process: subprocess.Popen[str], name: str, start: float, finished: list[SharedTrial]) -> None:
    """Notes the trials of a process as they end."""
    assert process.stdout is not None
    with process.stdout as lines:
        for line in lines:
            if line.startswith("score "):
                finished.append(SharedTrial(name, float(line.split()[1]), time.monotonic() - start))


def _wait(processes: list[subprocess.Popen[str]], names: list[str], folder: Path) -> None:
    """Waits until all workers have ended."""
    while any(worker.poll() is None for worker in processes[1:]):
        time.sleep(_SECONDS_BETWEEN_LOOKS)
        for process, name in zip(processes, names, strict=True):
            if process.poll():
                told = (folder / f"{name}.txt").read_text("utf-8", "replace").strip().splitlines()
                raise RuntimeError(f"{name} has failed: {told[-1] if told else f'exit status {process.returncode}'}")


def _take_part(answers: str, folder: str, max_trials: str, epochs: str) -> None:
    """What each process does: the environment says whether it is the chief."""
    import keras_tuner

    from tfkit.training.trials import TrialModel

    mine = runpy.run_path(answers)
    (x, y), validation, *_ = mine["digits"]()

    class Telling(TrialModel):
        def fit(self, *args, **kwargs):  # type: ignore[no-untyped-def]
            history = super().fit(*args, **kwargs)
            print("score", max(history.history["val_accuracy"]), flush=True)
            return history

    tuner = keras_tuner.RandomSearch(
        Telling(mine["build_model"]),
        keras_tuner.Objective("val_accuracy", "max"),
        max_trials=int(max_trials),
        seed=1,
        directory=folder,
        project_name="search",
    )
    tuner.search(x, y, validation_data=validation, epochs=int(epochs), verbose=0)


if __name__ == "__main__":
    _take_part(*sys.argv[1:])
