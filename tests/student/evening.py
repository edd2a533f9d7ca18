"""A student's evening: a kit in a folder of its own, the package without the course, and the program as a process."""

from __future__ import annotations

import contextlib
import io
import os
import queue
import re
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from autograder.assignment.definition import find_assignment
from autograder.authoring.kit import files_of_kit, packed
from autograder.cli.program import program, run

ROOT = Path(__file__).parents[2]
WITHOUT_MEAN = ('D2 = 2 * (cache["Y_hat"] - Y) / len(Y)', 'D2 = 2 * (cache["Y_hat"] - Y)')


@cache
def kit_of(name: str) -> bytes:
    """The kit, as `release` packs it."""
    return packed(files_of_kit(find_assignment(name)))


@dataclass
class Evening:
    """What a student has.

    Attributes:
        course: The folder in which kits are unpacked.
        name: The assignment.
    """

    course: Path
    name: str = "03_numpy_net"
    variables: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        site = self.course / ".site"
        site.mkdir()
        for one in ("autograder", "tfkit", "datasets"):
            (site / one).symlink_to(ROOT / one)
        self.unpack(self.name)

    def unpack(self, name: str) -> None:
        """Unpacks a kit."""
        with zipfile.ZipFile(io.BytesIO(kit_of(name))) as archive:
            archive.extractall(self.course)

    @property
    def kit(self) -> Path:
        """The folder of the kit."""
        return self.course / self.name

    @property
    def file(self) -> Path:
        """The script."""
        return self.kit / f"{self.name}.py"

    @property
    def cache(self) -> Path:
        """The student's own cache folder."""
        return self.course / ".cache"

    def solved(self, *changes: tuple[str, str]) -> str:
        """The solution with some texts changed."""
        text = find_assignment(self.name).solution.read_text("utf-8")
        for before, after in changes:
            assert before in text
            text = text.replace(before, after, 1)
        return text

    def environment(self) -> dict[str, str]:
        """What the program is started with."""
        site = str(self.course / ".site")
        own = {"PYTHONPATH": site, "COLUMNS": "200", "AUTOGRADER_CACHE": str(self.cache)}
        kept = {name: value for name, value in os.environ.items() if name != "AUTOGRADER_ASSIGNMENTS"}
        return {**kept, **own, **self.variables}

    def run(self, *arguments: object, folder: Path | None = None, **variables: str) -> tuple[int, str]:
        """Runs the program; gives its exit status and what it wrote."""
        done = subprocess.run(
            [sys.executable, "-m", "autograder", *map(str, arguments)],
            capture_output=True,
            cwd=folder or self.kit,
            env=self.environment() | variables,
            timeout=180,
        )
        out = (done.stdout + done.stderr).decode(variables.get("PYTHONIOENCODING", "utf-8"))
        assert "Traceback" not in out, out
        return done.returncode, out

    def refused(self, *arguments: object) -> str:
        """The one line that is said of wrong usage; in this process, since nothing of a student's is run."""
        said, words = io.StringIO(), [str(one) for one in arguments]
        with (
            inside(self.kit, AUTOGRADER_CACHE=str(self.cache)),
            contextlib.redirect_stderr(said),
            contextlib.redirect_stdout(io.StringIO()),
        ):
            status = run(lambda: program.main(words, prog_name="autograder", standalone_mode=False))
        out = said.getvalue()
        assert status == 2 and out.count("\n") == 1 and out.startswith("autograder: "), out
        return out.removeprefix("autograder: ").rstrip("\n")

    def watch(self, *arguments: object) -> Watched:
        """Starts `check --watch`."""
        process = subprocess.Popen(
            [sys.executable, "-u", "-m", "autograder", "check", *map(str, arguments), "--watch"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            cwd=self.kit,
            env=self.environment(),
            start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        return Watched(process)


@contextlib.contextmanager
def inside(folder: Path, **variables: str) -> Iterator[None]:
    """Runs the block in a folder, with some variables."""
    before, here = dict(os.environ), Path.cwd()
    os.environ.update(variables)
    os.environ.pop("AUTOGRADER_ASSIGNMENTS", None)
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(here)
        os.environ.clear()
        os.environ.update(before)


class Watched:
    """A running `check --watch`, whose blocks are read one by one."""

    # the last line of a verdict, or what is told in its place
    _END = re.compile(r"public points|is gone;|is empty;|merge conflict|cannot be read|is gone, and|stopped|^\{")

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            for line in lines:
                self._lines.put(line)

    def block(self, seconds: float = 60.0) -> str:
        """The next verdict."""
        deadline, text = time.monotonic() + seconds, ""
        while True:
            line = self._lines.get(timeout=max(0.01, deadline - time.monotonic()))
            text += line
            if self._END.search(line):
                return text

    def rest(self) -> str:
        """What is told until the end."""
        self.process.wait(20)
        time.sleep(0.1)
        return "".join(self._lines.get() for _ in range(self._lines.qsize()))

    def stop(self) -> int:
        """Ctrl-C, as a terminal sends it; gives the exit status."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(20)


def processes_of(environment: Mapping[str, str]) -> list[int]:
    """Processes that were started with this cache folder."""
    mark = f"AUTOGRADER_CACHE={environment['AUTOGRADER_CACHE']}".encode()
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            found += [int(path.parent.name)] if mark in path.read_bytes() else []
        except OSError:
            continue
    return found
