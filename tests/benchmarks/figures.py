"""The figures that the README promises: each function measures one part and returns what its record holds.

Machines drift: what is compared alternates within one run, and the median of the ratios counts. A class has a start
(libraries, the reference's values) that it pays once, so each of ours is measured with a small class and with a larger
one: the difference is what a submission takes once it runs.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks import many
from tests.benchmarks.memory import Memory
from tests.benchmarks.peers.environment import Failed, NotInstalled, one_core
from tests.benchmarks.peers.gradescope_utils import GradescopeUtils
from tests.benchmarks.peers.nbgrader import Nbgrader
from tests.benchmarks.peers.otter import Otter
from tests.benchmarks.peers.peer import Graded, Peer
from tests.benchmarks.peers.pytest_process import PytestProcess
from tests.benchmarks.peers.submissions import NAME, ROOT, write_class
from tests.grading.dask_cluster import Cluster

PEERS: tuple[type[Peer], ...] = (Otter, Nbgrader, GradescopeUtils, PytestProcess)
#: packages of the peers that are measured; all where it is empty
ONLY = os.environ.get("BENCHMARK_PEERS", "").split()
PAIRS = int(os.environ.get("BENCHMARK_PAIRS", "3"))
CLASS = int(os.environ.get("BENCHMARK_CLASS", "40"))
EACH = int(os.environ.get("BENCHMARK_EACH", "2"))
THOUSAND = int(os.environ.get("BENCHMARK_THOUSAND", "1000"))
GROWING = int(os.environ.get("BENCHMARK_GROWING", "1000"))
KERAS_EPOCHS = int(os.environ.get("BENCHMARK_KERAS_EPOCHS", "500"))
# right and wrong ones alike
SMALL = 4

Record = dict[str, Any]


@dataclass
class Run:
    """A run of ours: how long it took, and the points of each."""

    seconds: float
    scores: dict[str, float]
    most: float = 0.0
    grader: float = 0.0


class Classroom:
    """Classes of several sizes, and our program, which grades them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._runs = 0

    def paths(self, count: int) -> list[Path]:
        """The submissions of a class of that size."""
        folder = self._folder / f"class{count}"
        return sorted(folder.iterdir()) if folder.exists() else write_class(folder, count)

    def grade(self, count: int, *options: str, watch: bool = False) -> Run:
        """`autograder grade` over a class, from a cold start, pages and gradebook included."""
        folder = self.paths(count)[0].parent
        self._runs += 1
        output = self._folder / f"out{self._runs}"
        command = [sys.executable, "-m", "autograder", "grade", NAME, str(folder), "--fresh", "--device", "cpu"]
        environment = os.environ | {"PYTHONPATH": str(ROOT), "TF_CPP_MIN_LOG_LEVEL": "3"}
        start = time.perf_counter()
        with (self._folder / "log.txt").open("w+") as log:
            process = subprocess.Popen(
                [*command, "--quiet", "--output", str(output), *options],
                env=environment,
                cwd=ROOT,
                stdout=log,
                stderr=log,
            )
            memory = Memory(process.pid) if watch else None
            status = process.wait()
            seconds = time.perf_counter() - start
            most, grader = memory.close() if memory is not None else (0.0, 0.0)
            if status != 0:
                log.seek(0)
                raise Failed(log.read()[-1500:])
        results = (json.loads(path.read_text("utf-8")) for path in (output / "results").glob("*.json"))
        return Run(seconds, {one["student"]: one["score"] for one in results}, most, grader)


def running(whole: Run, small: Run, count: int) -> float:
    """Seconds of a submission once the class runs."""
    return (whole.seconds - small.seconds) / (count - SMALL)


def peers() -> Record:
    """Ours with one worker against each peer, in turn, all on one core."""
    with tempfile.TemporaryDirectory() as name, one_core() as alone:
        home = Path(name)
        home.chmod(0o755)
        room = Classroom(home)
        rows: dict[str, Record] = {}
        ready: list[Peer] = []
        for peer in (kind() for kind in PEERS if not ONLY or kind.package in ONLY):
            row: Record = {"lacks": peer.lacks, "pairs": []}
            rows[peer.name] = row
            if _begin(peer, room, home / peer.package, row):
                ready.append(peer)
        room.grade(SMALL, "--workers", "1")
        for number in range(PAIRS):
            small = room.grade(SMALL, "--workers", "1")
            for peer in ready:
                ours = room.grade(CLASS, "--workers", "1")
                chosen = [room.paths(CLASS)[index % CLASS] for index in range(number * EACH, (number + 1) * EACH)]
                try:
                    theirs = peer.grade(chosen)
                except (Failed, OSError, ValueError, KeyError) as error:
                    print(f"{peer.name}: {_line(error)}", flush=True)
                    rows[peer.name]["failed"] = "did not run to its end"
                    continue
                pair = _pair(ours, small, theirs)
                rows[peer.name]["pairs"].append(pair)
                print(f"{peer.name}: {pair['theirs']:.2f} s, ours {pair['ours']:.3f} s", flush=True)
        for row in rows.values():
            row |= _summary(row["pairs"])
    return {"class": CLASS, "small": SMALL, "each": EACH, "one_core": alone, "peers": rows}


def _begin(peer: Peer, room: Classroom, folder: Path, row: Record) -> bool:
    """Makes a peer ready and grades once, untimed; where that fails, one line says why."""
    # the record says that it failed; why, with what it tells of this machine, is printed alone
    try:
        row["version"] = peer.install()
        folder.mkdir()
        peer.prepare(folder)
        peer.grade(room.paths(CLASS)[:1])
    except NotInstalled as error:
        row["failed"] = "could not be installed"
        print(f"{peer.name} cannot be installed here: {error}", flush=True)
    except (Failed, OSError, ValueError, KeyError) as error:
        row["failed"] = "did not run"
        print(f"{peer.name} does not run here: {_line(error)}", flush=True)
    return "failed" not in row


def _line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[-1][:200] if lines else type(error).__name__


def _pair(ours: Run, small: Run, theirs: Graded) -> Record:
    most = max(ours.scores.values())
    same = [(ours.scores[name] == most) == (theirs.scores.get(name, 0.0) == most) for name in theirs.scores]
    each = sum(theirs.seconds) / len(theirs.seconds)
    once = running(ours, small, CLASS)
    return {
        "theirs": each,
        "theirs_processor": sum(theirs.processor) / len(theirs.processor),
        "class": ours.seconds,
        "small": small.seconds,
        "ours": once,
        "ratio": each / once,
        "ratio_with_start": each / (ours.seconds / CLASS),
        "verdicts": len(same),
        "same_verdicts": sum(same),
    }


def _summary(pairs: list[Record]) -> Record:
    if not pairs:
        return {}
    medians = {name: median(one[name] for one in pairs) for name in ("theirs", "ours", "ratio", "ratio_with_start")}
    return medians | {name: sum(one[name] for one in pairs) for name in ("verdicts", "same_verdicts")}


def workers() -> Record:
    """Two workers against one, and two workers of a Dask cluster on this machine against two of our own, in turn."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        home.chmod(0o755)
        room = Classroom(home)
        (home / "cluster").mkdir()
        cluster = Cluster(home / "cluster")
        try:
            cluster.add_workers(2, TF_CPP_MIN_LOG_LEVEL="3")
            ways = {
                "one": ("--workers", "1"),
                "two": ("--workers", "2"),
                "dask": ("--cluster", cluster.address),
            }
            for options in ways.values():
                room.grade(SMALL, *options)
            rounds = []
            for _ in range(PAIRS):
                # the larger ones first: each beside its like
                whole = {way: room.grade(CLASS, *options) for way, options in ways.items()}
                small = {way: room.grade(SMALL, *options) for way, options in ways.items()}
                one: Record = {way: running(whole[way], small[way], CLASS) for way in ways}
                one |= {f"{way}_class": whole[way].seconds for way in ways}
                one["two_to_one"], one["dask_to_two"] = one["one"] / one["two"], one["two"] / one["dask"]
                one["two_to_one_with_start"] = whole["one"].seconds / whole["two"].seconds
                one["dask_to_two_with_start"] = whole["two"].seconds / whole["dask"].seconds
                rounds.append(one)
                print(f"two to one {one['two_to_one']:.2f}, Dask to two {one['dask_to_two']:.2f}", flush=True)
        finally:
            cluster.close()
    ratios = [name for name in rounds[0] if "_to_" in name]
    return {"class": CLASS, "rounds": rounds} | {name: median(one[name] for one in rounds) for name in ratios}


def thousand() -> Record:
    """A thousand submissions on two cores, from a cold start to the last page, and the memory of everything trusted."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        run = Classroom(Path(name)).grade(THOUSAND, "--workers", "2", watch=True)
    print(f"{THOUSAND} submissions: {run.seconds:.0f} s, everything trusted {run.most:.0f} MB", flush=True)
    return {"count": THOUSAND, "seconds": run.seconds, "trusted_mb": run.most, "program_mb": run.grader}


def growing() -> Record:
    """A class of 03 and one of ten times as many, by two workers: what a submission takes, and the memory."""
    less, more = many.graded(GROWING, many.find_folder("03_numpy_net"))
    return {
        "count": GROWING,
        "less": asdict(less),
        "more": asdict(more),
        "time_ratio": more.seconds / less.seconds / 10,
        "memory_ratio": more.most / less.most,
    }


def training() -> Record:
    """The lecture's network for 5,000 epochs, from a cold start: `tfkit.fit` against Keras's `fit`, in turn."""
    script = str(Path(__file__).with_name("training.py"))
    environment = os.environ | {"PYTHONPATH": str(ROOT), "TF_CPP_MIN_LOG_LEVEL": "3"}
    pairs: list[Record] = []
    for _ in range(PAIRS):
        pair: Record = {}
        for who in ("tfkit", "keras"):
            command = [sys.executable, script, "--cold", who, "--keras-epochs", str(KERAS_EPOCHS)]
            done = subprocess.run(command, env=environment, capture_output=True, text=True)
            if done.returncode != 0:
                raise Failed(done.stderr[-1500:])
            pair[who] = float(done.stdout.split()[-1])
        pair["ratio"] = pair["keras"] / pair["tfkit"]
        pairs.append(pair)
        print(f"tfkit.fit {pair['tfkit']:.2f} s, Keras {pair['keras']:.0f} s", flush=True)
    medians = {name: median(one[name] for one in pairs) for name in pairs[0]}
    return {"keras_epochs": KERAS_EPOCHS, "pairs": pairs} | medians


#: the parts that are written down
FIGURES: dict[str, Callable[[], Record]] = {
    "peers": peers,
    "cluster": workers,
    "thousand": thousand,
    "training": training,
    "growing": growing,
}
#: those that take hours, and are measured by name alone
LONG = frozenset({"growing"})
