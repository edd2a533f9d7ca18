"""The figures of the grader, as ratios of timings taken in one run.

    run.py                       # `make benchmark`: ours against peers, workers, a thousand submissions, training
    run.py peers                 # one part, or several
    run.py growing               # a thousand of 03 and ten thousand, which takes an hour or two
    run.py --write               # writes results.json, RESULTS.md and the README's table as well
    run.py class parts memory    # where our own time goes; `all` for all of these

Machines drift: what is compared is measured in turn, and the ratio is what counts. Sizes: $BENCHMARK_PAIRS,
$BENCHMARK_CLASS, $BENCHMARK_EACH (submissions a peer grades in a pair), $BENCHMARK_THOUSAND, $BENCHMARK_GROWING,
$BENCHMARK_KERAS_EPOCHS.
$BENCHMARK_PEERS names the peers (otter-grader, nbgrader, gradescope-utils, pytest), by default all of
them. They are installed into $BENCHMARK_ENVIRONMENTS, or the user's cache folder.
"""

from __future__ import annotations

import argparse
import itertools
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import psutil

from autograder.assignment.definition import find_assignment
from autograder.defaults import DEFAULT_SEED
from autograder.engine.connection import Timings
from autograder.engine.grader import Grader

sys.path.insert(0, str(Path(__file__).parents[2]))

from autograder.authoring.tables import read_table
from autograder.explain.diagnosis.explainer import Explainer
from autograder.handin.submissions import Submission
from autograder.isolation.host.choice import new_template
from autograder.isolation.host.users import student_user
from autograder.isolation.sandbox.scratch import new_scratch
from autograder.isolation.settings import LAYERS, Limits, Settings
from tests.benchmarks import results
from tests.benchmarks.figures import FIGURES, LONG
from tests.benchmarks.peers.environment import Failed

ROOT = Path(__file__).parents[2]
NAME = "04_tape_net"
COUNT = int(os.environ.get("BENCHMARK_SUBMISSIONS", "100"))
MANY = int(os.environ.get("BENCHMARK_MANY", "1000"))
ENVIRONMENT = os.environ | {
    "PYTHONPATH": f"{ROOT}{os.pathsep}{Path(__file__).parent}",
    "TF_CPP_MIN_LOG_LEVEL": "3",
}


def timed(command: list[str], check: bool = True) -> float:
    """Wall seconds of a command."""
    start = time.perf_counter()
    done = subprocess.run(command, env=ENVIRONMENT, cwd=ROOT, capture_output=True, text=True)
    if check and done.returncode != 0:
        raise SystemExit(f"{' '.join(command)}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return time.perf_counter() - start


def rewrites() -> list[Path]:
    """Right submissions, written in different ways."""
    return sorted((ROOT / "tests" / "rewrites" / NAME).glob("[!_]*.py"))


def bench_class() -> None:
    """A class with one worker against one pytest process per submission, and with two workers."""
    assignment = ROOT / "assignments" / NAME
    tests = [str(assignment / "tests" / name) for name in ("test_public.py", "test_hidden.py")]
    base = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "in_process"]
    base += [
        "--import-mode=importlib",
        "-c",
        os.devnull,
        "--rootdir",
        str(ROOT),
        "--assignment",
        str(assignment),
    ]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "class"
        folder.mkdir()
        for number, path in zip(range(COUNT), itertools.cycle(rewrites()), strict=False):
            shutil.copyfile(path, folder / f"student{number:03d}.py")
        Path(name).chmod(0o755)
        single: list[float] = []
        files = itertools.cycle(sorted(folder.iterdir())[:5])
        totals = {}
        # the pytest processes are spread between the runs of the grader, so that drift meets both
        single += [timed([*base, "--submission", str(next(files)), *tests]) for _ in range(2)]
        for workers in (1, 2):
            grade = [
                sys.executable,
                "-m",
                "autograder",
                "grade",
                NAME,
                str(folder),
                "--fresh",
                "--device",
                "cpu",
            ]
            totals[workers] = timed([*grade, "--output", f"{name}/out{workers}", "--workers", str(workers)])
            single += [timed([*base, "--submission", str(next(files)), *tests]) for _ in range(3 - workers)]
    scaled = statistics.mean(single) * COUNT
    print(f"one pytest process a submission: {statistics.mean(single):.2f} s each, {scaled:.0f} s for {COUNT}")
    for workers, total in totals.items():
        print(f"autograder, {workers} worker(s): {total:.1f} s for {COUNT}, 1/{scaled / total:.1f} of that")
    print(f"two workers against one: {totals[1] / totals[2]:.2f} times faster")


def bench_parts() -> None:
    """Where a submission's wall time goes."""
    assignment = find_assignment(NAME)
    template = new_template(assignment.framework, warm=True)
    versions = template.versions
    spawner = template.control()
    grader = Grader(assignment, spawner, user=student_user(), versions=versions)
    total = Timings()
    grader.grade(Submission("first", assignment.solution))  # the reference's values are computed once a class
    for path in rewrites() * 2:
        timings = grader.grade(Submission(path.stem, path)).timings
        for field in fields(Timings):
            setattr(total, field.name, getattr(total, field.name) + getattr(timings, field.name))
    whole = total.total
    print(f"a submission: {whole / len(rewrites() * 2):.2f} s, of which")
    shares = {
        "the student process's own work": total.inside,
        "fork, isolation, end": total.fork,
        "wire": total.wire,
    }
    shares |= {"comparison": total.comparison, "pytest": total.pytest}
    for what, seconds in shares.items():
        print(f"  {100 * seconds / whole:5.1f} %  {what}")
    grader.close()
    spawner.close()
    template.close()


def bench_memory() -> None:
    """Memory of the process that grades, after 10 submissions and after 1,000 (or $BENCHMARK_MANY)."""
    assignment = find_assignment("03_numpy_net")
    template = new_template(assignment.framework)
    versions = template.versions
    spawner = template.control()
    grader = Grader(assignment, spawner, user=student_user(), versions=versions)
    sizes = {}
    for number in range(1, MANY + 1):
        grader.grade(Submission("solution", assignment.solution))
        if number in (10, MANY):
            sizes[number] = psutil.Process().memory_info().rss / 2**20
    print(f"grader process: {sizes[10]:.0f} MB after 10 submissions, {sizes[MANY]:.0f} MB after {MANY}")
    print(f"  {sizes[MANY] / sizes[10]:.3f} times as much; tensorflow loaded in it: {'tensorflow' in sys.modules}")
    grader.close()
    spawner.close()
    template.close()


def bench_sandbox() -> None:
    """What the sandbox adds to a submission: the same process with every layer and with none, in turn."""
    for framework in ("numpy", "tensorflow"):
        template = new_template(framework, warm=True)
        _ = template.versions
        spawner = template.control()
        rounds: list[dict[str, float]] = []
        for _ in range(COUNT // 2):
            seconds = {}
            for name, layers in (("with", LAYERS), ("without", ())):
                # without mounts an interpreter that only root may read cannot be shown to another user
                user = student_user() if layers else None
                start = time.perf_counter()
                process = spawner.spawn(Settings(new_scratch(user), user=user, layers=layers))
                process.start()
                process.close()
                seconds[name] = time.perf_counter() - start
            rounds.append(seconds)
        added = statistics.median(one["with"] - one["without"] for one in rounds)
        plain = statistics.median(one["without"] for one in rounds)
        print(
            f"{framework}: {1000 * plain:.0f} ms for a process that loads nothing, {1000 * added:+.1f} ms with sandbox"
        )
        spawner.close()
        template.close()


_GREEDY = ("fork_bomb", "thread_bomb", "mem_balloon_anonymous", "mem_balloon_processes", "disk_fill", "small_files")
_GREEDY += ("fd_exhaust", "stdout_spam", "busy_loop_c", "sleep_forever")


def bench_greed() -> None:
    """What a submission that uses all it can costs: its own time, and how long another process waits for its turn."""
    assignment = find_assignment("03_numpy_net")
    assignment = replace(assignment, limits=Limits(3.0, 6.0, 400, scratch_mb=64))
    template = new_template(assignment.framework)
    versions = template.versions
    spawner = template.control()
    grader = Grader(assignment, spawner, user=student_user(), versions=versions)
    grader.grade(Submission("first", assignment.solution))
    for name in ("an honest one", *_GREEDY):
        path = ROOT / "tests" / "attacks" / assignment.name / f"{name}.py"
        pauses: list[float] = []
        done = threading.Event()
        heart = threading.Thread(target=_beat, args=(pauses, done))
        heart.start()
        result = grader.grade(Submission(name, path if path.exists() else assignment.solution)).result
        done.set()
        heart.join()
        longest = 1000 * max(pauses, default=0.0)
        print(f"{name:24} {result.status:8} {result.seconds:5.1f} s   longest wait for a turn {longest:5.0f} ms")
    grader.close()
    spawner.close()
    template.close()


def _beat(pauses: list[float], done: threading.Event) -> None:
    """Notes how much longer than asked each sleep of 10 ms takes."""
    while not done.is_set():
        start = time.perf_counter()
        time.sleep(0.01)
        pauses.append(time.perf_counter() - start - 0.01)


def bench_causes() -> None:
    """What naming causes costs a submission, right or wrong, graded in turn with and without; and the audits."""
    for name in ("03_numpy_net", "04_tape_net"):
        for label, extra in (("cold", ["--fresh"]), ("warm", [])):
            seconds = timed([sys.executable, "-m", "autograder", "audit", name, *extra])
            print(f"audit {name}, {label}: {seconds:.1f} s")
        assignment = find_assignment(name)
        template = new_template(assignment.framework, warm=True)
        control = template.control()
        graders = {}
        for label in ("without", "with"):
            explainer = Explainer(assignment, DEFAULT_SEED) if label == "with" else None
            graders[label] = Grader(
                assignment,
                control,
                user=student_user(),
                versions=template.versions,
                explainer=explainer,
            )
        solution = assignment.solution.read_text("utf-8")
        with tempfile.TemporaryDirectory() as folder:
            rewrites = sorted((ROOT / "tests" / "rewrites" / name).glob("[!_]*.py"))[:COUNT]
            mistakes = read_table(ROOT / "tests" / "mistakes" / f"{name}.txt")[:COUNT]
            kinds = {
                "rewrites": {path.stem: path.read_text("utf-8") for path in rewrites},
                "mistakes": {case.name: f"{solution}\n\n{case.text}" for case in mistakes},
            }
            for kind, texts in kinds.items():
                taken: dict[str, list[float]] = {"without": [], "with": []}
                for case, text in texts.items():
                    copy = Path(folder) / f"{case}.py"
                    copy.write_text(text, "utf-8")
                    for label, grader in graders.items():
                        taken[label].append(grader.grade(Submission(case, copy)).result.seconds)
                extra = [b - a for a, b in zip(taken["without"], taken["with"], strict=True)]
                middle = statistics.median(taken["without"])
                print(
                    f"{name}, {len(extra)} {kind}: {middle:.3f} s without; with causes "
                    f"{statistics.median(extra):+.3f} s (median), {max(extra):+.3f} s (most)"
                )
        for grader in graders.values():
            grader.close()
        control.close()
        template.close()


def bench_start() -> None:
    """What a person waits for."""
    program = [sys.executable, "-m", "autograder"]
    solution = str(ROOT / "assignments" / "03_numpy_net" / "solution.py")
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "import tfkit": [sys.executable, "-c", "import tfkit"],
        "autograder --help": [*program, "--help"],
        "autograder check 03_numpy_net": [*program, "check", "03_numpy_net", solution],
        "import tensorflow": [sys.executable, "-c", "import tensorflow"],
    }
    rounds: list[dict[str, float]] = [{what: timed(command) for what, command in commands.items()} for _ in range(3)]
    for what in commands:
        seconds = statistics.median(one[what] for one in rounds)
        ratio = statistics.median(one[what] / one["import tensorflow"] for one in rounds)
        print(f"{what:32} {seconds:6.2f} s   {ratio:6.3f} of importing tensorflow")


PARTS: dict[str, Callable[[], None]] = {
    "start": bench_start,
    "parts": bench_parts,
    "memory": bench_memory,
    "sandbox": bench_sandbox,
    "greed": bench_greed,
    "causes": bench_causes,
    "class": bench_class,
}


def main(arguments: list[str]) -> int:
    """Measures the parts that are named, by default those that are written down; 1 where one of them failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", nargs="*", choices=[*FIGURES, *PARTS, "all", []], help="parts to measure")
    parser.add_argument("--write", action="store_true", help="write down what was measured")
    options = parser.parse_args(arguments)
    chosen = options.part or [name for name in FIGURES if name not in LONG]
    chosen = [one for name in chosen for one in (PARTS if name == "all" else [name])]
    status = 0
    for name in chosen:
        figure = FIGURES.get(name)
        print(f"\n{name}: {(figure or PARTS[name]).__doc__}", flush=True)
        if figure is None:
            PARTS[name]()
            continue
        busy = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
        try:
            part = results.measured(figure(), busy)
        except (Failed, OSError) as error:
            print(f"{name} failed: {error}", file=sys.stderr)
            status = 1
            continue
        record = results.load()
        record["parts"][name] = part
        for aim in results.AIMS:
            if aim.part == name:
                print(f"{aim.told}: {aim.written(record)} ({aim.wanted})", flush=True)
        if options.write:
            # at once: a part that fails later loses nothing
            results.write(record)
    return status


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
