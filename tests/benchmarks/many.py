"""How time and memory grow with the class: N submissions and ten times as many, through the real program.

`python tests/benchmarks/many.py 1000` grades 1000 and 10 000 cheap submissions, each a rewrite of one answer, which
takes an hour or more on two cores; another assignment is named after the number. With `records` before the number
nothing is graded: the gradebook of ten submissions is copied to as many, and the table, the results and the pages are
made of it, which takes minutes. It prints what a submission takes, and the memory of everything that is trusted: the
most of the grader itself, and of all together.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [] if str(ROOT) in sys.path else [str(ROOT)]  # as a script it stands alone

from autograder.assignment.definition import find_folder  # noqa: E402
from autograder.facts.result import Result  # noqa: E402
from autograder.records.gradebook import Gradebook  # noqa: E402
from autograder.records.listing import Entry  # noqa: E402
from tests.benchmarks.memory import Memory  # noqa: E402

CHEAP = str(ROOT / "tests" / "authors" / "20_line")
_FEW = 10


@dataclass
class Taken:
    """What a run has taken.

    Attributes:
        seconds: By the clock.
        most: Megabytes of the grader itself, when it had most.
        all: Megabytes of everything trusted together, shared pages counted once.
    """

    seconds: float
    most: float
    all: float


def write_class(folder: Path, count: int, assignment: Path) -> None:
    """Writes so many submissions, no two of them alike."""
    folder.mkdir()
    text = (assignment / "solution.py").read_text("utf-8")
    for number in range(count):
        (folder / f"student{number:06}.py").write_text(f"{text}\n\nnumber = {number}\n", "utf-8")


def measured(*arguments: object) -> Taken:
    """Runs the program, and looks at its processes meanwhile."""
    command = [sys.executable, "-m", "autograder", *map(str, arguments)]
    start = time.perf_counter()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=output)
        memory = Memory(process.pid)
        status = process.wait()
        most, grader = memory.close()
        if status:
            output.seek(0)
            raise SystemExit(output.read().decode("utf-8", "replace")[-2000:])
    return Taken(time.perf_counter() - start, grader, most)


def copied(source: Path, output: Path, count: int) -> None:
    """A gradebook with the results of another, each under many names."""
    with closing(sqlite3.connect(source / "gradebook.sqlite")) as database:
        texts = [text for (text,) in database.execute("SELECT result FROM submissions ORDER BY student")]
    with Gradebook(output / "gradebook.sqlite") as gradebook:
        for number in range(count):
            name = f"student{number:06}"
            text = texts[number % len(texts)].replace(Result.from_json(texts[number % len(texts)]).student, name)
            gradebook.record(Result.from_json(text), f"print{number}", Entry(name, name))


def tell(what: str, count: int, taken: Taken) -> None:
    """Prints a line."""
    each = 1000 * taken.seconds / count
    memory = f"grader {taken.most:6.0f} MB, all that is trusted {taken.all:6.0f} MB"
    print(f"{what:8} {count:7} submissions: {taken.seconds:8.1f} s, {each:7.1f} ms each; {memory}", flush=True)


def graded(count: int, assignment: Path) -> tuple[Taken, Taken]:
    """Grades so many submissions and ten times as many, from cold starts, each class once more at once."""
    taken = []
    with tempfile.TemporaryDirectory() as place:
        for number in (count, 10 * count):
            folder = Path(place) / f"class{number}"
            write_class(folder, number, assignment)
            arguments = ("grade", assignment, folder, "--output", Path(place) / f"out{number}", "--workers", 2)
            taken.append(measured(*arguments))
            tell("grade", number, taken[-1])
            tell("again", number, measured(*arguments))
    return taken[0], taken[1]


def reported(count: int, assignment: Path) -> tuple[Taken, Taken]:
    """Makes tables and pages of so many results and of ten times as many."""
    taken = []
    with tempfile.TemporaryDirectory() as place:
        write_class(Path(place) / "few", _FEW, assignment)
        measured("grade", assignment, Path(place) / "few", "--output", Path(place) / "graded")
        for number in (count, 10 * count):
            output = Path(place) / f"out{number}"
            start = time.perf_counter()
            copied(Path(place) / "graded", output, number)
            print(f"{'record':8} {number:7} submissions: {time.perf_counter() - start:8.1f} s", flush=True)
            taken.append(measured("report", output))
            tell("report", number, taken[-1])
    return taken[0], taken[1]


def main(*arguments: str) -> None:
    """Prints two lines, and how they compare."""
    only_records = arguments[:1] == ("records",)
    number, name = (*arguments[only_records:], *("1000", CHEAP)[len(arguments) - only_records :])
    less, more = (reported if only_records else graded)(int(number), find_folder(name))
    print(
        f"ten times as many take {more.seconds / less.seconds:.1f} times as long, "
        f"{more.most / less.most:.2f} times the grader's memory, {more.all / less.all:.2f} times that of all"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
