"""A Dask scheduler and its workers, all of them on this machine and real, for as long as they are needed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import psutil

from tests.grading.program import ROOT


class Cluster:
    """A scheduler, and what is started to work for it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "scheduler.json"
        self.started: list[subprocess.Popen[bytes]] = []
        self.start("scheduler", "--port", "0", "--host", "127.0.0.1", "--no-dashboard")
        deadline = time.monotonic() + 120
        # it is there before it is written
        while not self.file.exists() or not self.file.read_text().rstrip().endswith("}"):
            if time.monotonic() > deadline:
                self.close()
                raise TimeoutError("the scheduler of Dask does not start")
            time.sleep(0.05)
        self.address: str = json.loads(self.file.read_text())["address"]

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "distributed.cli." + f"dask_{arguments[0]}", *arguments[1:]]
        command += ["--scheduler-file", str(self.file)]
        every = os.environ | {"PYTHONPATH": str(ROOT)} | environment
        with (self.folder / "log.txt").open("ab") as log:
            process = subprocess.Popen(command, env=every, stdout=log, stderr=log, cwd=self.folder)
        self.started.append(process)
        return process

    def add_workers(self, count: int, **environment: str) -> subprocess.Popen[bytes]:
        own = ("--nworkers", str(count), "--nthreads", "1", "--no-dashboard", "--local-directory", str(self.folder))
        return self.start("worker", *own, **environment)

    @property
    def workers(self) -> list[psutil.Process]:
        """The processes that grade; whoever watches over them starts another for each that ends."""
        nannies = [psutil.Process(process.pid) for process in self.started[1:] if process.poll() is None]
        below = [child for nanny in nannies for child in nanny.children()]
        return [one for one in below if "spawn_main" in " ".join(one.cmdline())]

    def close(self) -> None:
        for process in reversed(self.started):
            process.terminate()
        for process in self.started:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
