"""Virtual environments of the peers, outside the repository, and commands that are timed in them."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

# what every environment holds in the versions that we have ourselves
_SHARED = ("tensorflow", "keras", "numpy")
# what would let an environment see ours
_OURS = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
_TAIL = 1500


class NotInstalled(Exception):
    """A peer that cannot be had here; its text is one line that says why."""


class Failed(Exception):
    """A command that did not end as it should; its text is the end of what it printed."""


@dataclass(frozen=True)
class Ran:
    """What a command took: seconds by the clock and of the processor, and what it printed."""

    seconds: float
    processor: float
    printed: str


def home() -> Path:
    """The folder of all environments: $BENCHMARK_ENVIRONMENTS, or one in the user's cache folder."""
    if chosen := os.environ.get("BENCHMARK_ENVIRONMENTS"):
        return Path(chosen)
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "autograder-benchmarks"


class Environment:
    """A virtual environment with TensorFlow as we have it, and a few packages more.

    Attributes:
        folder: Where it is.
    """

    def __init__(self, name: str, packages: tuple[str, ...]) -> None:
        self.folder = home() / name
        self._wanted = [f"{one}=={version(one)}" for one in _SHARED] + list(packages)

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.program("python")

    def program(self, name: str) -> Path:
        """A program that is installed in it."""
        return self.folder / ("Scripts" if sys.platform == "win32" else "bin") / name

    def install(self) -> None:
        """Makes it, unless it is there with the same packages.

        Raises:
            NotInstalled: When it cannot be made.
        """
        marker = self.folder / "installed.json"
        wanted = {"python": sys.version, "packages": self._wanted}
        if marker.exists() and json.loads(marker.read_text("utf-8")) == wanted:
            return
        shutil.rmtree(self.folder, ignore_errors=True)
        try:
            run([sys.executable, "-m", "venv", str(self.folder)])
            run([str(self.python), "-m", "pip", "install", "--quiet", *self._wanted])
        except (Failed, OSError) as error:
            lines = [line for line in str(error).splitlines() if line.strip()] or ["pip failed"]
            raise NotInstalled(lines[-1].strip()[:200]) from None
        marker.write_text(json.dumps(wanted), "utf-8")

    def version(self, package: str) -> str:
        """The version of a package in it."""
        script = "import sys, importlib.metadata as found; print(found.version(sys.argv[1]))"
        return run([str(self.python), "-c", script, package]).printed.strip()


def run(command: list[str], cwd: Path | None = None, scratch: Path | None = None, check: bool = True) -> Ran:
    """Runs a command that sees nothing of our own environment, and times it.

    Args:
        command: The command.
        cwd: Where it runs.
        scratch: The folder in which Jupyter and IPython keep their files.
        check: Whether another exit status than 0 is a failure.

    Raises:
        Failed: When it fails.
    """
    environment = {name: value for name, value in os.environ.items() if name not in _OURS}
    environment |= {"TF_CPP_MIN_LOG_LEVEL": "3", "MPLBACKEND": "Agg", "PATH": _path(command[0])}
    if scratch is not None:
        for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"):
            (scratch / name.lower()).mkdir(exist_ok=True)
            environment[name] = str(scratch / name.lower())
    start, before = time.perf_counter(), _processor()
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)
    seconds, processor = time.perf_counter() - start, _processor() - before
    if check and done.returncode != 0:
        raise Failed(f"{done.stdout[-_TAIL:]}\n{done.stderr[-_TAIL:]}")
    return Ran(seconds, processor, done.stdout)


def _path(program: str) -> str:
    """The search path with the program's own folder in front: kernels are started as `python`."""
    return f"{Path(program).parent}{os.pathsep}{os.environ.get('PATH', '')}"


def _processor() -> float:
    """Seconds of the processor that ended children have taken."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@contextlib.contextmanager
def one_core() -> Iterator[bool]:
    """Confines what is started meanwhile to one core, where the system can; gives whether it can."""
    if not hasattr(os, "sched_setaffinity"):
        yield False
        return
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(cores)})
    try:
        yield True
    finally:
        os.sched_setaffinity(0, cores)
