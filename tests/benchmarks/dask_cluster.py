"""A Dask scheduler and its workers on the loopback address, for as long as they are measured."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from tests.benchmarks.peers.environment import Failed
from tests.benchmarks.peers.submissions import ROOT

_PATIENCE = 120


class Cluster:
    """A scheduler with workers, one thread each.

    Attributes:
        address: What `--cluster` is given.
    """

    def __init__(self, folder: Path, count: int) -> None:
        self._folder = folder
        self._file = folder / "scheduler.json"
        self._started: list[subprocess.Popen[bytes]] = []
        self._start("scheduler", "--port", "0", "--host", "127.0.0.1", "--no-dashboard")
        deadline = time.monotonic() + _PATIENCE
        while not self._file.exists() or not self._file.read_text("utf-8").rstrip().endswith("}"):
            if time.monotonic() > deadline:
                self.close()
                raise Failed("the scheduler of Dask does not start")
            time.sleep(0.1)
        self.address: str = json.loads(self._file.read_text("utf-8"))["address"]
        own = ["--nworkers", str(count), "--nthreads", "1", "--no-dashboard", "--local-directory", str(folder)]
        self._start("worker", *own)

    def _start(self, what: str, *options: str) -> None:
        command = [sys.executable, "-m", f"distributed.cli.dask_{what}", *options, "--scheduler-file", str(self._file)]
        with (self._folder / "log.txt").open("ab") as log:
            environment = os.environ | {"PYTHONPATH": str(ROOT), "TF_CPP_MIN_LOG_LEVEL": "3"}
            self._started.append(subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=self._folder))

    def close(self) -> None:
        """Ends the workers, then the scheduler."""
        for process in reversed(self._started):
            process.terminate()
        for process in self._started:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
