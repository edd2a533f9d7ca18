"""The program as people start it, and a look at how far it has come."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]
# what is handed in to it: a right answer to the first question of 03, and time that passes before one
SIGMOID = """
import numpy as np
def sigmoid(Z):
    return np.where(Z < 0, np.exp(np.minimum(Z, 0)), 1) / (1 + np.exp(-np.abs(Z)))
"""
SLOW = "import time\ntime.sleep(0.4)\n"


class Program:
    """The program `autograder` in a process of its own, with its temporary files in a folder that can be looked at."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.scratch = folder / "tmp"
        self.scratch.mkdir()
        self.environment = os.environ | {
            "TMPDIR": str(self.scratch),
            "PYTHONPATH": str(ROOT),
            "COLUMNS": "100",
        }

    def start(self, *arguments: object) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "autograder", *map(str, arguments)]
        pipe = subprocess.PIPE

        def hear_interrupts() -> None:
            # a shell's background job, such as some CI runs, ignores Ctrl-C, and so would all that it starts
            signal.signal(signal.SIGINT, signal.SIG_DFL)

        return subprocess.Popen(
            command,
            stdout=pipe,
            stderr=pipe,
            text=True,
            env=self.environment,
            cwd=self.folder,
            start_new_session=True,
            preexec_fn=hear_interrupts,
        )

    def run(self, *arguments: object) -> tuple[int, str, str]:
        process = self.start(*arguments)
        out, error = process.communicate(timeout=120)
        assert "Traceback" not in out + error, error
        return process.returncode, out, error

    def processes(self) -> list[int]:
        """Processes that this program started, or their children started, and that still run."""
        found = []
        for process in psutil.process_iter():
            try:
                if process.environ().get("TMPDIR") == str(self.scratch) and process.status() != "zombie":
                    found.append(process.pid)
            except (psutil.Error, OSError):
                continue
        return found

    def assert_nothing_left(self) -> None:
        deadline = time.monotonic() + 15
        while (left := self.processes()) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert not left, left
        assert not list(self.scratch.glob("autograder-*"))


def graded(output: Path) -> int:
    path = output / "gradebook.sqlite"
    if not path.exists():
        return 0
    try:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
            return database.execute("SELECT count(*) FROM submissions").fetchone()[0]
    except sqlite3.Error:
        return 0


def wait_for(output: Path, count: int) -> None:
    deadline = time.monotonic() + 60
    while graded(output) < count:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def results(output: Path) -> dict[str, str]:
    """By the name of its file, each result without the seconds that it took."""
    texts = {path.stem: path.read_text("utf-8") for path in sorted((output / "results").glob("*.json"))}
    return {name: re.sub(r'"seconds": [\d.e-]+', "", text) for name, text in texts.items()}
