"""Grades the same submissions on the processor and on a card, and compares every verdict.

    tests/gpu/run.sh                                  # on a machine with a card: all of it, and tests/gpu/RESULTS.md
    python tests/gpu/agreement.py --device gpu:0 --workers 1 4 --write tests/gpu/RESULTS.md
    python tests/gpu/agreement.py --device cpu --only 04 --few 2       # the processor against itself, anywhere

Of every assignment on TensorFlow: its solution, right answers that are written otherwise, and mistakes. After them come
submissions that harm the card, each followed by the solution, which must lose nothing. Exit status 1 if a verdict
differs, 2 if there is no such device.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from autograder.assignment.definition import Assignment  # noqa: E402
from autograder.authoring.tables import read_table  # noqa: E402
from autograder.defaults import DEFAULT_SEED  # noqa: E402
from autograder.engine.classes import LocalGraders, Plan, grade_class  # noqa: E402
from autograder.errors import UsageError  # noqa: E402
from autograder.facts.result import Result  # noqa: E402
from autograder.handin.submissions import Submission  # noqa: E402
from autograder.isolation.host.choice import Template, new_template  # noqa: E402
from autograder.isolation.host.devices import cards, resolve_device, share_of  # noqa: E402
from autograder.isolation.settings import SandboxPolicy  # noqa: E402

Verdicts = dict[str, dict[str, tuple[str, float]]]

# what each does to the card, in the function that 04 asks for first; the process of the next one must not notice
HARMFUL = {
    "takes_all_memory": """
        kept = []
        while True:
            kept.append(tf.ones((2**14, 2**14)))
    """,
    "never_ends_on_the_card": """
        A = tf.ones((2048, 2048)) / 2048
        while True:
            for _ in range(1000):
                A = A @ A
    """,
    "ends_while_the_card_computes": """
        A = tf.ones((4096, 4096))
        for _ in range(200):
            A = A @ A
        os._exit(0)
    """,
    "writes_where_nothing_is": """
        tf.ones((2, 2)) @ tf.ones((2, 2))
        driver = ctypes.CDLL("libcuda.so.1")
        driver.cuMemsetD8_v2(ctypes.c_uint64(0xDEAD0000), 1, 4096)
        return {"W1": tf.ones((2, 2)) @ tf.ones((2, 2))}
    """,
    "resets_the_card": """
        tf.ones((2, 2)) @ tf.ones((2, 2))
        ctypes.CDLL("libcuda.so.1").cuDevicePrimaryCtxReset_v2(0)
        return {"W1": tf.ones((2, 2)) @ tf.ones((2, 2))}
    """,
}


@dataclass
class Compared:
    """What came of one assignment.

    Attributes:
        name: The assignment.
        count: How many submissions.
        seconds: Of each way to grade them, such as `gpu:0, 4 workers`.
        differ: A line for each verdict that is another than on the processor.
    """

    name: str
    count: int
    seconds: dict[str, float] = field(default_factory=dict)
    differ: list[str] = field(default_factory=list)


def submissions_of(assignment: Assignment, few: int, folder: Path) -> list[Submission]:
    """The solution, right answers and mistakes, as files of a folder."""
    name, solution = assignment.name, assignment.solution.read_text("utf-8")
    texts = {"solution": solution}
    for path in sorted((ROOT / "tests" / "rewrites" / name).glob("[!_]*.py"))[:few]:
        texts[f"right_{path.stem}"] = path.read_text("utf-8")
    table = ROOT / "tests" / "mistakes" / f"{name}.txt"
    cases = read_table(table) if table.exists() else []
    # from all over the table, which goes from question to question
    for case in cases[:: max(1, len(cases) // few)][:few]:
        texts[f"wrong_{case.name}"] = f"{solution}\n\n{case.text}"
    return _written(texts, folder)


def harmful(folder: Path, solution: str) -> list[Submission]:
    """Submissions to 04 that harm the card, the solution after each."""
    texts = {}
    for number, (name, body) in enumerate(HARMFUL.items()):
        head = "import ctypes\nimport os\nimport tensorflow as tf\n\n\ndef init_params(n, h, k, seed):"
        texts[f"{number}_a_{name}"] = head + body.rstrip() + "\n"
        texts[f"{number}_b_after_{name}"] = solution
    return _written(texts, folder)


def _written(texts: dict[str, str], folder: Path) -> list[Submission]:
    folder.mkdir()
    found = []
    for name, text in texts.items():
        path = folder / f"{name}.py"
        path.write_text(text, "utf-8")
        found.append(Submission(name, path))
    return found


def graded(
    assignment: Assignment, submissions: list[Submission], template: Template, device: str, workers: int
) -> tuple[dict[str, Result], float]:
    """Each submission's result, and the seconds of all together."""
    policy = SandboxPolicy(device_mb=share_of(device, workers))
    plan = Plan(assignment, DEFAULT_SEED, device, policy)
    start = time.monotonic()
    found = {
        one.submission.student: one.result for one in grade_class(plan, submissions, LocalGraders(template, workers))
    }
    return found, time.monotonic() - start


def verdicts(results: dict[str, Result]) -> Verdicts:
    """What a student is told of each question: how it came out, and its points."""
    return {
        student: {"": (result.status, result.score)} | {row.id: (row.outcome, row.points) for row in result.questions}
        for student, result in results.items()
    }


def differences(way: str, right: Verdicts, received: Verdicts) -> list[str]:
    """A line for each verdict that is not that of the processor."""
    return [
        f"{student} {question or 'as a whole'}: {' '.join(map(str, own))} on the processor, "
        f"{' '.join(map(str, received[student].get(question, ('nothing',))))} with {way}"
        for student, questions in right.items()
        for question, own in questions.items()
        if received[student].get(question) != own
    ]


def compared(assignment: Assignment, few: int, template: Template, device: str, workers: Sequence[int]) -> Compared:
    """Grades an assignment's submissions on the processor and on the device."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        submissions = submissions_of(assignment, few, Path(name) / "class")
        found = Compared(assignment.name, len(submissions))
        results, found.seconds["cpu, 1 worker"] = graded(assignment, submissions, template, "cpu", 1)
        right = verdicts(results)
        for count in workers:
            way = f"{device}, {count} worker{'s' if count > 1 else ''}"
            results, seconds = graded(assignment, submissions, template, device, count)
            found.seconds[f"{way} again" if way in found.seconds else way] = seconds
            found.differ += differences(way, right, verdicts(results))
    return found


def unharmed(assignment: Assignment, template: Template, device: str) -> tuple[list[str], list[str]]:
    """What became of those who harm the card, and of whoever lost something after them."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        submissions = harmful(Path(name) / "class", assignment.solution.read_text("utf-8"))
        results, _ = graded(assignment, submissions, template, device, 1)
    told = [f"{student[4:]}: {one.status}, {one.score:g}" for student, one in results.items() if "_a_" in student]
    lost = [
        f"the solution {student[4:]}: {one.status}, {one.score:g} of {one.max_score:g}"
        for student, one in results.items()
        if "_b_" in student and not one.is_perfect
    ]
    return told, lost


def stack() -> list[str]:
    """What TensorFlow was built for, and what this machine has."""
    code = "import tensorflow as tf; i = tf.sysconfig.get_build_info(); "
    code += "print(tf.__version__, i.get('cuda_version', 'none'), i.get('cudnn_version', 'none'), "
    code += "len(tf.config.list_physical_devices('GPU')))"
    environment = os.environ | {"TF_CPP_MIN_LOG_LEVEL": "3"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)
    version, cuda, cudnn, seen = (done.stdout.split() or ["?"] * 4)[-4:]
    lines = [f"TensorFlow {version}, built for CUDA {cuda} and cuDNN {cudnn}; it sees {seen} cards"]
    lines += [f"gpu:{one.number}: {one.name}, {one.memory_mb} MB, driver {one.driver}" for one in cards()]
    if not cards():
        lines.append("no driver of NVIDIA's answers: install one, or let this container use the card")
    elif seen == "0":
        need = f"the libraries of CUDA {cuda}" if cuda != "none" else "a TensorFlow that is built for CUDA"
        lines.append(f"the driver answers, TensorFlow lacks {need}: pip install 'tfkit-autograder[gpu]'")
    return lines


def page(device: str, found: list[Compared], told: list[str], lost: list[str]) -> str:
    """The table of agreement and times, as a page."""
    ways = list(found[0].seconds)
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, {time.strftime('%Y-%m-%d')}"
    lines = [f"# The processor and {device}", "", f"{machine}. {'; '.join(stack())}.", ""]
    lines += [
        "| assignment | submissions | verdicts that differ | " + " | ".join(f"{way}, s" for way in ways) + " |",
        "|---" * (3 + len(ways)) + "|",
    ]
    for one in found:
        seconds = " | ".join(f"{one.seconds[way]:.1f}" for way in ways)
        lines.append(f"| {one.name} | {one.count} | {len(one.differ)} | {seconds} |")
    lines += ["", *[f"* {line}" for one in found for line in one.differ]]
    if told:
        lines += ["", f"Who harms the card: {'; '.join(told)}."]
        lines.append(f"Who came after them and lost something: {'; '.join(lost) or 'nobody'}.")
    return "\n".join(lines).replace("\n\n\n", "\n\n").rstrip() + "\n"


def main(arguments: list[str]) -> int:
    """Compares, prints the page, and says whether all agree."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--device", default="gpu:0", help="what is compared with the processor")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 4], help="so many share the device")
    parser.add_argument("--few", type=int, default=6, help="right answers, and mistakes, of each assignment")
    parser.add_argument("--only", nargs="+", default=[], help="assignments, by the beginning of their names")
    parser.add_argument("--write", type=Path, help="the file that the page goes to")
    options = parser.parse_args(arguments)
    known = [Assignment.load(path.parent) for path in sorted((ROOT / "assignments").glob("*/assignment.toml"))]
    chosen = [
        one
        for one in known
        if one.framework == "tensorflow" and (not options.only or one.name.startswith(tuple(options.only)))
    ]
    with closing(new_template("tensorflow", warm=True)) as template:
        try:
            resolve_device(options.device, template)
        except UsageError as error:
            print(error, *stack(), sep="\n", file=sys.stderr)
            return 2
        found = []
        for assignment in chosen:
            print(f"{assignment.name} …", file=sys.stderr, flush=True)
            found.append(compared(assignment, options.few, template, options.device, options.workers))
        told, lost = [], []
        if options.device != "cpu":
            of_04 = next(one for one in known if one.name.startswith("04"))
            told, lost = unharmed(of_04, template, options.device)
    text = page(options.device, found, told, lost)
    print(text)
    if options.write:
        options.write.write_text(text, "utf-8")
    return int(bool(lost) or any(one.differ for one in found))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
