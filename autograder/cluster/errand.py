"""What a worker of a cluster does: it keeps a template and one grading process, and grades what it is sent.

Dask hands an `Errand` to each worker that is there and to each that comes later, before it gets a submission. The
grading itself is that of a single machine, in a process of its own that has limits of time and memory.
"""

from __future__ import annotations

import multiprocessing
import os
import platform
import shutil
import socket
import tempfile
import threading
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path
from typing import Any

import distributed
from distributed import WorkerPlugin

import autograder
from autograder.cluster.parcel import Parcel
from autograder.engine.classes import Plan
from autograder.engine.grader import Graded
from autograder.engine.workers import Team
from autograder.errors import UsageError
from autograder.handin.submissions import Submission
from autograder.isolation.host.choice import Template, new_template
from autograder.isolation.host.probe import report_of
from autograder.isolation.host.starting import Spawner

# libraries whose numbers may differ from version to version
_DECIDING = ("tensorflow", "keras", "keras-tuner", "numpy", "scipy", "scikit-learn", "pandas")
# seconds without a submission, after which nothing of an errand is left on a worker
_IDLE = 600.0
# with either of them a submission reaches no port of this machine, or of another
_WALLS = ("network", "seccomp")


def versions_here() -> dict[str, str]:
    """The versions that results depend on, by name; read from the packages, nothing is imported."""
    found = {"autograder": autograder.__version__, "python": platform.python_version()}
    for name in _DECIDING:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "none"
    return found


@dataclass(frozen=True)
class PlanThere(Plan):
    """A plan in a grading process of a worker.

    Attributes:
        cache: Where the bank of wrong answers was unpacked.
    """

    cache: Path = Path()

    def begin(self, spawner: Spawner, versions: dict[str, str], number: int) -> Any:
        """In the grading process: its grader."""
        os.environ["AUTOGRADER_CACHE"] = str(self.cache)
        return super().begin(spawner, versions, number)


class Errand(WorkerPlugin):
    """One run's assignment and plan, on each worker.

    Args:
        parcel: The assignment.
        plan: By what submissions are graded; its assignment's folder is that of the client.
        is_encrypted: Whether nobody without a certificate reaches the cluster.
    """

    def __init__(self, parcel: Parcel, plan: Plan, name: str, is_encrypted: bool) -> None:
        self.name = name
        self._parcel = parcel
        self._plan = replace(plan, assignment=replace(plan.assignment, folder=Path(parcel.name)))
        self._is_encrypted = is_encrypted

    def setup(self, worker: distributed.Worker) -> None:
        """As the worker gets it: what each submission needs is made ready when the first one comes."""
        self._folder = Path(worker.local_directory)
        self._ready: _Ready | None = None
        # a worker may have several threads; one submission at a time keeps times and memory what they are elsewhere
        self._turn = threading.Lock()
        self._waits: threading.Timer | None = None

    def grade(self, submission: Submission) -> tuple[Graded | None, str]:
        """What came of a submission, or None and why nothing did.

        Raises:
            UsageError: When nothing can be graded on this worker.
        """
        with self._turn:
            if self._waits is not None:
                self._waits.cancel()
            try:
                if self._ready is None:
                    self._ready = _Ready(self._parcel, self._plan, self._folder, self._is_encrypted)
                ((_, graded, reason),) = self._ready.team.work_through([submission])
            except UsageError as error:
                raise UsageError(f"{error} (on {socket.gethostname()})") from None
            finally:
                self._waits = threading.Timer(_IDLE, self._rest)
                self._waits.daemon = True
                self._waits.start()
        if graded is None:
            return None, reason
        # its contents are there already
        return replace(graded, submission=replace(submission, carried=None)), ""

    def teardown(self, worker: distributed.Worker) -> None:
        """Ends what runs, and removes the assignment."""
        if self._waits is not None:
            self._waits.cancel()
        self._end()

    def _rest(self) -> None:
        """The same, where none has come for long: the client may have been killed. A further one brings all back."""
        with self._turn:
            if self._waits is threading.current_thread():
                self._end()

    def _end(self) -> None:
        if self._ready is not None:
            self._ready.close()
            self._ready = None


class _Ready:
    """The folder, the template and the grading process of an errand."""

    def __init__(self, parcel: Parcel, plan: Plan, folder: Path, is_encrypted: bool) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="autograder-", dir=folder))
        self._template: Template | None = None
        try:
            assignment, cache = parcel.unpacked(self._folder)
            self._template = new_template(assignment.framework, warm=True)
            policy = replace(plan.policy, hidden=(str(folder.absolute()),))
            report = report_of(self._template, policy)
            if not is_encrypted and all(report.get(layer, "no report") for layer in _WALLS):
                raise UsageError(
                    "a submission here could reach the cluster's ports and say what it likes: the layers network and "
                    "seccomp of the sandbox are both missing; install libseccomp2, or use a cluster with certificates, "
                    "tls://…"
                )
            # Dask's own processes may have no children, so that none is left behind; ours end with their parent
            multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]
            known = {name: getattr(plan, name) for name in ("seed", "device", "explaining", "carrying", "known")}
            there = PlanThere(assignment=assignment, policy=policy, cache=cache, **known)
            self.team = Team(there, self._template, 1, first=os.getpid() % 46)
        except BaseException:
            self._end()
            raise

    def close(self) -> None:
        """Ends the processes and removes the folder."""
        self.team.close()
        self._end()

    def _end(self) -> None:
        if self._template is not None:
            self._template.close()
        shutil.rmtree(self._folder, ignore_errors=True)
