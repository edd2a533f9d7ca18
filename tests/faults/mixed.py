"""The class that is disturbed, its processes, and what is compared in the end."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psutil

from tests.grading.program import ROOT, SIGMOID, SLOW, results

Outcome = dict[str, str]

CLASS = {
    "ada": (ROOT / "assignments" / "03_numpy_net" / "solution.py").read_text("utf-8"),
    "boole": SLOW + SIGMOID,
    "cantor": SIGMOID + "\ndef mse_loss(Y_hat, Y):\n    ((Y_hat - Y) ** 2).mean()\n",
    "dedekind": "import os\nos._exit(3)\n",
    "euler": "def sigmoid(Z:\n    return Z\n",
    "fermat": SIGMOID + "\nimport os, signal\ndef init_params(*sizes):\n    os.kill(os.getpid(), signal.SIGKILL)\n",
    "gauss": "print('begun')\ndef sigmoid(Z):\n    print('called')\n    return Z\n",
    "hilbert": SIGMOID,
}
# of one that is waited for: a test on a busy machine fails because of what it tests, or not at all
PATIENCE = 300


def write_class(folder: Path) -> None:
    """Writes what is handed in."""
    folder.mkdir()
    for name, text in CLASS.items():
        (folder / f"{name}.py").write_text(text, "utf-8")


def command(folder: Path, output: str = "out", workers: int = 2, handed_in: str = "handed_in") -> tuple[object, ...]:
    """The command that grades the class of a folder."""
    options = ("--workers", workers, "--seed", 7, "--device", "cpu")
    return ("grade", "03", folder / handed_in, "--output", folder / output, *options)


def outcome(output: Path) -> Outcome:
    """The table and the results of a run, without the seconds that it took."""
    return results(output) | {"gradebook.csv": (output / "gradebook.csv").read_bytes().decode("utf-8")}


def gradings(output: Path) -> list[tuple[str, str, str]]:
    """All gradings that stand, as the gradebook has them: student, when, and the result."""
    if not (output / "gradebook.sqlite").exists():
        return []
    with closing(sqlite3.connect(output / "gradebook.sqlite", timeout=60)) as database:
        if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'gradings'").fetchone():
            return []
        query = "SELECT student, graded, result FROM gradings WHERE fingerprint != '' ORDER BY number"
        return database.execute(query).fetchall()


def assert_undisturbed(output: Path, undisturbed: Outcome) -> None:
    """Everything is graded, once, and as if nothing had happened."""
    assert outcome(output) == undisturbed
    assert sorted(student for student, _, _ in gradings(output)) == sorted(CLASS)


def assert_same_marks(output: Path, undisturbed: Outcome) -> None:
    """Everything is graded, once, and with the same points; of the words, some take time to find."""
    assert outcome(output)["gradebook.csv"] == undisturbed["gradebook.csv"]
    assert sorted(student for student, _, _ in gradings(output)) == sorted(CLASS)


def found(grader: psutil.Process, kind: str) -> list[psutil.Process]:
    """Processes of a grader that was started here: itself, `template`, `worker`, `keeper` or `student`."""
    if kind == "grader":
        return [grader]
    return list(_below(grader, kind))


def _below(grader: psutil.Process, kind: str) -> Iterator[psutil.Process]:
    words = "multiprocessing.spawn" if kind == "worker" else "autograder.isolation.inside.template"
    try:
        children = [one for one in grader.children() if words in " ".join(one.cmdline())]
        for _ in range({"keeper": 1, "student": 2}.get(kind, 0)):
            # what a template forks are keepers, and what these fork are processes of submissions
            children = [below for one in children for below in one.children()]
        yield from children
    except psutil.NoSuchProcess:
        return
