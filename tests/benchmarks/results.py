"""What was measured, as a record in `results.json`; the page `RESULTS.md` and the README's table are made from it."""

from __future__ import annotations

import json
import os
import platform
import time
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from assignments.course import replaced

HERE = Path(__file__).parent
RECORD = HERE / "results.json"
PAGE = HERE / "RESULTS.md"
README = HERE.parents[1] / "README.md"
TABLE, MAKER = "how fast", "tests/benchmarks/run.py --write"

Record = dict[str, Any]

_PACKAGES = ("tensorflow", "keras", "numpy", "pytest", "distributed")
_COMMAND = "python tests/benchmarks/run.py"
_NOT_MEASURED = "not measured"


@dataclass(frozen=True)
class Aim:
    """A figure, what it should be, and the part that measures it.

    Attributes:
        told: What the figure says.
        part: The part.
        path: Where the figure is in the part's record.
        aim: The number it should reach.
        form: How it is written.
        below: Whether it should stay below the number.
        count: How many submissions it is about, where it says so; measured with others it is another figure.
    """

    told: str
    part: str
    path: tuple[str, ...]
    aim: float
    form: str = "{:.1f} times"
    below: bool = False
    count: int | None = None

    def value(self, record: Record) -> float | None:
        """The figure, or None where it was not measured."""
        found: Any = record.get("parts", {}).get(self.part)
        if self.count is not None and found and found["count"] != self.count:
            return None
        for name in self.path:
            found = found.get(name) if isinstance(found, dict) else None
        return found

    def met(self, value: float) -> bool:
        """Whether a figure is as it should be."""
        return value <= self.aim if self.below else value >= self.aim

    def written(self, record: Record) -> str:
        """The figure in words."""
        value = self.value(record)
        return _NOT_MEASURED if value is None else self.form.format(value)

    @property
    def wanted(self) -> str:
        """The aim in words."""
        return f"{'at most' if self.below else 'at least'} {self.form.format(self.aim)}"


def _of_peer(name: str, aim: float) -> Aim:
    return Aim(f"{name}: throughput of ours, per core", "peers", ("peers", name, "ratio"), aim)


OTTER = _of_peer("otter-grader, `otter run`", 25)
PYTEST = _of_peer("one pytest process a submission", 12)
TWO = Aim("two workers against one", "cluster", ("two_to_one",), 1.8, "{:.2f} times")
DASK = Aim("two workers of Dask against two of our own", "cluster", ("dask_to_two",), 0.9, "{:.2f} times")
SECONDS = Aim("1,000 submissions of 04, two workers", "thousand", ("seconds",), 300, "{:.0f} s", True, 1000)
MEMORY = Aim("memory of everything trusted then", "thousand", ("trusted_mb",), 600, "{:.0f} MB", True, 1000)
FIT = Aim("`tfkit.fit`, 5,000 epochs from a cold start, against `fit`", "training", ("ratio",), 300, "{:.0f} times")
TIME = Aim("10,000 of 03 against 1,000: time of each", "growing", ("time_ratio",), 1.1, "{:.2f} times", True, 1000)
FLAT = Aim("memory of the program then", "growing", ("memory_ratio",), 1.1, "{:.2f} times", True, 1000)
AIMS = (OTTER, PYTEST, TWO, DASK, SECONDS, MEMORY, TIME, FLAT, FIT)


def load() -> Record:
    """The record, or an empty one."""
    return json.loads(RECORD.read_text("utf-8")) if RECORD.exists() else {"parts": {}}


def machine() -> Record:
    """What this machine is: cores, memory, processor and system, and nothing that names it."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30 if hasattr(os, "sysconf") else 0.0
    return {
        "cores": os.cpu_count() or 1,
        "memory_gb": round(memory, 1),
        "processor": _processor(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "versions": {name: _version(name) for name in _PACKAGES},
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def measured(part: Record, busy: float) -> Record:
    """A part with when and where it was measured, and how busy the machine was before."""
    return part | {"date": time.strftime("%Y-%m-%d"), "busy": round(busy, 1), "machine": machine()}


def write(record: Record) -> None:
    """Writes the record, the page and the README's table."""
    RECORD.write_text(json.dumps(record, indent=1, sort_keys=True) + "\n", "utf-8")
    record = load()  # in the order that it has from now on
    PAGE.write_text(page(record), "utf-8")
    README.write_text(with_table(README.read_text("utf-8"), record), "utf-8")


def with_table(text: str, record: Record) -> str:
    """The README with its table made anew."""
    return replaced(text, TABLE, table(record), MAKER)


def table(record: Record) -> str:
    """The README's five lines."""
    rows = [
        ("throughput of `otter run`, per core", OTTER.written(record), "peers"),
        ("throughput of one pytest process a submission, per core", PYTEST.written(record), "peers"),
        (
            "two workers against one; two of a Dask cluster against two",
            f"{TWO.written(record)}; {DASK.written(record)}",
            "cluster",
        ),
        (
            "1,000 submissions of 04 on two cores; memory of everything trusted",
            f"{SECONDS.written(record)}; {MEMORY.written(record)}",
            "thousand",
        ),
        ("`tfkit.fit` against Keras's `fit`, 5,000 epochs, from a cold start", FIT.written(record), "training"),
    ]
    lines = ["| figure | measured | the command that shows it |", "|---|---|---|"]
    lines += [f"| {told} | {value} | [`{_COMMAND} {part}`](tests/benchmarks/run.py) |" for told, value, part in rows]
    return "\n".join(lines)


def page(record: Record) -> str:
    """The results page."""
    parts = record["parts"]
    made = "Made by `python tests/benchmarks/run.py --write` from `results.json`; do not edit it."
    lines = ["# How fast", "", made, ""]
    lines += ["`make benchmark` measures all of it again, and `make benchmark WRITE=--write` writes it down.", ""]
    lines += ["## In short", "", "| figure | measured | aimed at | reached |", "|---|---|---|---|"]
    for aim in AIMS:
        value = aim.value(record)
        reached = "" if value is None else "yes" if aim.met(value) else "**no**"
        lines.append(f"| {aim.told} | {aim.written(record)} | {aim.wanted} | {reached} |")
    lines += ["", "## Where we lose", "", *_losses(record), ""]
    for name, describe in _DESCRIBED.items():
        if name in parts:
            lines += [*describe(parts[name]), "", _where(parts[name]), ""]
    return "\n".join(lines).rstrip() + "\n"


def _losses(record: Record) -> list[str]:
    lines = []
    for aim in AIMS:
        value = aim.value(record)
        if value is not None and not aim.met(value):
            lines.append(f"- {aim.told}: {aim.written(record)}, where {aim.wanted} was the aim.")
    part = record["parts"].get("peers")
    rows = part["peers"] if part else {}
    for name, row in rows.items():
        if row["pairs"]:
            small, ours = sum(one["small"] for one in row["pairs"]) / len(row["pairs"]), row["ours"]
            start = small - part["small"] * ours
            # after so many submissions the start is paid
            alike = start / (row["theirs"] - ours) if row["theirs"] > ours else float("inf")
            if alike > 1:
                lines.append(
                    f"- A class of fewer than {alike:.1f} is graded sooner by {name}: our start is {start:.1f} s."
                )
    for name, row in rows.items():
        if row.get("verdicts", 0) != row.get("same_verdicts", 0):
            lines.append(
                f"- Of {row['verdicts']} submissions, {name} says of {row['verdicts'] - row['same_verdicts']} "
                "otherwise than we do whether it is all right; see below."
            )
    return lines or ["Nowhere in these figures." if record["parts"] else "Nothing has been measured yet."]


def _where(part: Record) -> str:
    here = part["machine"]
    versions = ", ".join(f"{name} {one}" for name, one in here["versions"].items())
    return (
        f"{part['date']}: {here['cores']} cores, {here['memory_gb']:g} GB, {here['processor']}, {here['system']}, "
        f"Python {here['python']}, {versions}. Before it the machine had {part['busy']:g} processes to run."
    )


def _peers(part: Record) -> list[str]:
    core = "on one core" if part["one_core"] else "on all cores, since this system cannot confine a process to one"
    lines = [f"## Peers (`{_COMMAND} peers`)", ""]
    lines += [
        f"The same questions (`peers/checks.py`: one plain function for each of our tests of 04, with its points, "
        f"sizes and number of calls), the same submissions (right ones and wrong ones in turn), {core}. Each peer "
        "lives in an environment of its own with the same TensorFlow, and was run once before. Ours and theirs "
        f"take turns: `autograder grade --workers 1` over a class of {part['class']}, then {part['each']} submissions "
        "by the peer. "
        f"*Once running* is what a submission of the class takes beyond a class of {part['small']}; *with its start* "
        f"spreads everything, libraries, reference values, pages and gradebook, over the class of {part['class']}. Of "
        "nbgrader the start is left out. Ours also isolates each submission, names the cause of what is wrong, and "
        "judges what builds on a mistake once more; the peers do not.",
        "",
        "A submission is all right for a grader when it has all points. Where verdicts differ, one reason may be "
        "TensorFlow's graph optimizer, which ours turns off: it has returned wrong variables for a right submission "
        "of the class (four tapes in one `tf.function`).",
        "",
        "| peer | version | theirs, s | ours once running, s | times | times with its start | same verdicts |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, row in part["peers"].items():
        if row["pairs"]:
            numbers = f"{row['theirs']:.2f} | {row['ours']:.3f} | {row['ratio']:.1f} | {row['ratio_with_start']:.1f}"
            verdicts = f"{row['same_verdicts']} of {row['verdicts']}"
            lines.append(f"| {name} | {row['version']} | {numbers} | {verdicts} |")
    lines += ["", "Medians of pairs. All pairs, seconds by the clock; of the processor in brackets:", ""]
    lines += ["| peer | theirs | our class | our small class | times |", "|---|---|---|---|---|"]
    for name, row in part["peers"].items():
        for one in row["pairs"]:
            theirs = f"{one['theirs']:.2f} ({one['theirs_processor']:.2f})"
            lines.append(f"| {name} | {theirs} | {one['class']:.1f} | {one['small']:.1f} | {one['ratio']:.1f} |")
    lines += ["", "What a peer does not do here:", ""]
    lines += [f"- {name}: {row['lacks']}" for name, row in part["peers"].items()]
    lines += [f"- {name} {row['failed']}" for name, row in part["peers"].items() if "failed" in row]
    return lines


def _cluster(part: Record) -> list[str]:
    lines = [f"## Workers and a cluster (`{_COMMAND} cluster`)", ""]
    lines += [
        f"A class of {part['class']} by one worker, by two, and by two workers of a Dask cluster on the loopback "
        "address, in turn. Seconds a submission once running, seconds of the whole class in brackets.",
        "",
        "| one | two | two of Dask | two to one | Dask to two |",
        "|---|---|---|---|---|",
    ]
    for one in part["rounds"]:
        seconds = [f"{one[way]:.3f} ({one[f'{way}_class']:.1f})" for way in ("one", "two", "dask")]
        lines.append(f"| {' | '.join(seconds)} | {one['two_to_one']:.2f} | {one['dask_to_two']:.2f} |")
    lines += [
        "",
        f"With the start of each class: two to one {part['two_to_one_with_start']:.2f}, Dask to two "
        f"{part['dask_to_two_with_start']:.2f} (medians).",
    ]
    return lines


def _thousand(part: Record) -> list[str]:
    return [
        f"## A thousand submissions (`{_COMMAND} thousand`)",
        "",
        f"{part['count']} submissions of 04, half of them wrong, by two workers, from a cold start to the last page: "
        f"{part['seconds']:.0f} s. Everything trusted (the program, its workers, the processes that submissions are "
        f"forked from, and what watches over them) held {part['trusted_mb']:.0f} MB at most, a page that several share "
        f"counted once; the program itself {part['program_mb']:.0f} MB. What a submission runs in is not counted.",
    ]


def _growing(part: Record) -> list[str]:
    lines = [
        f"## Ten times as many (`{_COMMAND} growing`)",
        "",
        "Submissions of 03, all right and no two alike, by two workers, each class from a cold start to the last page. "
        "Memory as above.",
        "",
        "| submissions | seconds | each, ms | the program, MB | everything trusted, MB |",
        "|---|---|---|---|---|",
    ]
    for count, taken in ((part["count"], part["less"]), (10 * part["count"], part["more"])):
        seconds = taken["seconds"]
        lines.append(
            f"| {count} | {seconds:.0f} | {1000 * seconds / count:.0f} | {taken['most']:.0f} | {taken['all']:.0f} |"
        )
    return lines


def _training(part: Record) -> list[str]:
    lines = [f"## Training (`{_COMMAND} training`)", ""]
    lines += [
        "The lecture's network (200 examples of 3 features, 3 hidden units, batches of 50) for 5,000 epochs, each "
        "time in a new process, libraries imported and the model compiled, nothing traced: `tfkit.fit` in full; "
        f"Keras's `fit` for {part['keras_epochs']} epochs, of which all but the first are scaled to 4,999.",
        "",
        "| `tfkit.fit`, s | Keras `fit`, s | times |",
        "|---|---|---|",
    ]
    lines += [f"| {one['tfkit']:.3f} | {one['keras']:.1f} | {one['ratio']:.0f} |" for one in part["pairs"]]
    return lines


_DESCRIBED = {
    "peers": _peers,
    "cluster": _cluster,
    "thousand": _thousand,
    "growing": _growing,
    "training": _training,
}
