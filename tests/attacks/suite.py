"""Grades a class of honest submissions with every attacker among them, and says what each attacker achieved.

`python tests/attacks/suite.py` prints the table of all levels that is in `autograder/isolation/README.md`; the tests
run one level at a time. An attacker achieves something when it

* scores: has a point,
* reads: prints a secret that was planted where only others may read,
* changes: leaves a file, or changes one, outside its scratch folder, or another submission's result,
* reaches: is heard by a listener on loopback or on a UNIX socket outside,
* stays: has a process after its verdict,
* exhausts: is not stopped inside its limits of time, or ends the grader,
* escapes: says that it was given a privilege.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from autograder.assignment import Assignment  # noqa: E402
from autograder.engine.grading import Grader  # noqa: E402
from autograder.isolation.users import student_user  # noqa: E402
from autograder.isolation.settings import LAYERS, Limits, SandboxPolicy  # noqa: E402
from autograder.isolation.templates import new_template  # noqa: E402
from autograder.records.result import STATUSES, Result  # noqa: E402
from autograder.submissions import Submission  # noqa: E402
from tests.attacks.arena import ORDINARY, UNSHARE, enter_arena  # noqa: E402

LEVELS = {
    "strict": LAYERS,
    # a container that may not make namespaces
    "no namespaces": ("Landlock", "seccomp"),
    # an old kernel, no libseccomp
    "namespaces alone": tuple(layer for layer in LAYERS if layer not in ("Landlock", "seccomp")),
    "none": (),
}
USERS = {"root": 0, "ordinary user": ORDINARY}
LIMITS = {
    "03_numpy_net": Limits(3.0, 6.0, 400, scratch_mb=64),
    "04_tape_net": Limits(6.0, 16.0, 1200, scratch_mb=64),
}
HONEST = {
    "03_numpy_net": ["rewrites/03_numpy_net/*.py", "mistakes/03_numpy_net/loss*.py"],
    "04_tape_net": ["rewrites/04_tape_net/*.py"],
}
_PORT = 61999
RECORD = Path(__file__).with_name("let_through.json")
_PATH_SOCKET = "/tmp/autograder-victim.sock"


@dataclass
class Outcome:
    """What one attacker achieved.

    Attributes:
        name: The submission.
        status: Its result's status.
        achieved: Words from the list above; empty when it was stopped.
        details: A line for each.
        seconds: Wall time of grading it.
    """

    name: str
    status: str = ""
    achieved: list[str] = field(default_factory=list)
    details: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def note(self, what: str, detail: str) -> None:
        """Records one success."""
        if what not in self.achieved:
            self.achieved.append(what)
        self.details.append(f"{what}: {detail[:300]}")


class Stage:
    """A course as an instructor has it, with a secret in every place that a submission must not read."""

    def __init__(self, name: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="autograder-stage-"))
        self.folder.chmod(0o755)
        self.assignment = self.folder / "course" / "assignments" / name
        shutil.copytree(ROOT / "assignments" / name, self.assignment, ignore=shutil.ignore_patterns("__pycache__"))
        self.submissions = self.folder / "submissions"
        self.home = self.folder / "home"
        for folder in (self.submissions, self.home, self.folder / "grades"):
            folder.mkdir()
        self.secrets: dict[str, str] = {}
        for path in (self.assignment / "solution.py", self.assignment / "tests" / "test_hidden.py"):
            path.write_text(path.read_text("utf-8") + f"\n# {self.secret(path.name)}\n", "utf-8")
        expected = self.assignment / "expected" / "public.json"
        expected.write_text(expected.read_text("utf-8").replace("{", f'{{"note": "{self.secret("expected")}",', 1))
        (self.folder / "grades" / "gradebook.sqlite").write_text(self.secret("gradebook"))
        (self.home / ".secret").write_text(self.secret("home"))
        (self.submissions / "friend.py").write_text(f"# {self.secret('friend')}\ndef sigmoid(Z):\n    return Z\n")
        os.environ |= {"HOME": str(self.home), "AUTOGRADER_SECRET": self.secret("environment")}

    def secret(self, where: str) -> str:
        """A new secret."""
        token = f"CANARY-{secrets.token_hex(8)}"
        self.secrets[token] = where
        return token

    def snapshot(self) -> dict[str, str]:
        """All files of the course, and what hostile submissions plant elsewhere."""
        found = {str(path): _digest(path) for path in self.folder.rglob("*") if "__pycache__" not in path.parts}
        places = ["/tmp", "/var/tmp", "/dev/shm", "/run/lock", str(self.home), *sys.path[1:], str(ROOT)]
        for place in places:
            for path in [*Path(place).glob("planted*"), *Path(place).glob(".planted*")]:
                found[str(path)] = _digest(path)
        mine = {path for path in Path("/tmp").iterdir() if path != self.folder}
        return found | {str(path): "" for path in mine}


def _digest(path: Path) -> str:
    try:
        content = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        return f"{path.lstat().st_mode} {hashlib.sha256(content).hexdigest()}"
    except OSError as error:
        return str(error)


class Listeners:
    """Whoever could be talked to: TCP and UDP on loopback, UNIX sockets with a name and with a path."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self._sockets: list[socket.socket] = []
        for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
            for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
                self._listen(family, kind, (address, _PORT))
        for name in ("\0autograder-victim", _PATH_SOCKET):
            self._listen(socket.AF_UNIX, socket.SOCK_STREAM, name)
        Path(_PATH_SOCKET).chmod(0o777)

    def _listen(self, family: int, kind: socket.SocketKind, address: object) -> None:
        listener = socket.socket(family, kind)
        self._sockets.append(listener)
        try:
            listener.bind(address)  # type: ignore[arg-type]
        except OSError:
            return
        if kind == socket.SOCK_STREAM:
            listener.listen()
        threading.Thread(target=self._hear, args=(listener, kind, f"{kind.name} {address!r}"), daemon=True).start()

    def _hear(self, listener: socket.socket, kind: int, name: str) -> None:
        while True:
            if kind == socket.SOCK_DGRAM:
                listener.recv(1000)
            else:
                listener.accept()[0].close()
            self.heard.append(name)


def fight(name: str, layers: tuple[str, ...], attackers: list[Path]) -> Iterator[Outcome | dict[str, object]]:
    """Grades the class; gives each attacker's outcome, and at the end what became of the honest."""
    stage, listeners = Stage(name), Listeners()
    assignment = replace(Assignment.load(stage.assignment), limits=LIMITS[name])
    template = new_template(assignment.framework, warm=True)
    spawner = template.control()
    grader = Grader(
        assignment,
        spawner,  # type: ignore[arg-type]
        lambda: spawner,  # type: ignore[arg-type,return-value]
        user=student_user(),
        policy=SandboxPolicy(layers, hidden=(str(stage.folder),)),
        versions=template.versions,
    )
    honest = [path for pattern in HONEST[name] for path in sorted((ROOT / "tests").glob(pattern))[:2]]
    alone = {path.stem: _text(grader.grade(_handed_in(path, stage))[0]) for path in honest}
    sandbox = json.loads(next(iter(alone.values())))["sandbox"]
    time.sleep(0.5)
    before, trusted = stage.snapshot(), set(psutil.pids())
    harmed: dict[str, str] = {}
    for number, path in enumerate(attackers):
        print(json.dumps({"begins": path.stem}), flush=True)
        listeners.heard.clear()
        # it lies among the others from the beginning: that is not its doing
        submission = _handed_in(path, stage)
        before |= {str(submission.path): _digest(submission.path)}
        result, _ = grader.grade(submission)
        outcome = Outcome(path.stem, result.status, seconds=round(result.seconds, 2))
        _judge(outcome, result, assignment.limits, stage, listeners, trusted)
        before = _compare(outcome, before, stage)
        if number % 8 == 7 or path == attackers[-1]:
            for one in honest:
                now = _text(grader.grade(_handed_in(one, stage))[0])
                if now != alone[one.stem]:
                    harmed[one.stem] = f"after {path.stem} or one of the seven before it: {now}"
        yield outcome
    grader.close()
    spawner.close()
    template.close()
    leftover = [path for path in stage.snapshot() if path not in before]
    shutil.rmtree(stage.folder, ignore_errors=True)
    yield {"harmed": harmed, "leftover": leftover, "sandbox": sandbox}


def _handed_in(path: Path, stage: Stage) -> Submission:
    text = path.read_text("utf-8")
    if "mistakes" in path.parts:
        text = (stage.assignment / "solution.py").read_text("utf-8") + "\n\n" + text
    target = stage.submissions / path.name
    if not target.exists():
        target.write_text(text, "utf-8")
    return Submission(path.stem, target)


def _text(result: Result) -> str:
    return re.sub(r'"seconds": [\d.]+', '"seconds": 0', result.to_json())


def _judge(
    outcome: Outcome, result: Result, limits: Limits, stage: Stage, listeners: Listeners, trusted: set[int]
) -> None:
    said = "\n".join([result.output, result.message, *(row.message for row in result.questions)])
    if result.score > 0:
        outcome.note("scores", f"{result.score} points")
    for token in set(re.findall(r"CANARY-[0-9a-f]{16}", said)) & set(stage.secrets):
        outcome.note("reads", stage.secrets[token])
    for line in re.findall(r"^ESCAPED.*", said, re.M):
        outcome.note("escapes", line)
    for name in sorted(set(listeners.heard)):
        outcome.note("reaches", name)
    # room for starting a process again for each question, on a busy machine
    allowed = limits.seconds_per_submission + 3.0 * len(result.questions)
    if result.seconds > allowed or result.status not in STATUSES:
        outcome.note("exhausts", f"{result.seconds:.1f} s, {result.status}")
    # the keeper, which ends with its report, takes a moment
    deadline = time.monotonic() + 3
    while _left(trusted) and time.monotonic() < deadline:
        time.sleep(0.02)
    for process in _left(trusted):
        outcome.note("stays", repr(process))
        process.kill()


def _left(trusted: set[int]) -> list[psutil.Process]:
    """Processes that are neither the grader's nor its template's nor its reference's: nobody else is in the arena."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.pid not in trusted and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.Error:
            continue
    return found


def _compare(outcome: Outcome, before: dict[str, str], stage: Stage) -> dict[str, str]:
    after = stage.snapshot()
    for path in sorted(before.keys() | after.keys()):
        if before.get(path) != after.get(path):
            outcome.note("changes", path)
    return after


# one level, in a process of its own


def run_level(level: str, user: str, name: str) -> tuple[list[Outcome], dict[str, object]]:
    """Runs the suite at a level; an attacker that ends the grader is noted, and the others go on after it.

    Args:
        level: One of `LEVELS`.
        user: Who runs the grader: one of `USERS`.
        name: The assignment.

    Returns:
        The outcomes, and what became of the honest.
    """
    waiting = attackers(name, level)
    outcomes: list[Outcome] = []
    while True:
        command = [sys.executable, __file__, "--level", level, "--user", user, "--assignment", name, *waiting]
        environment = os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": "/tmp", "PYTHONDONTWRITEBYTECODE": "1"}
        with tempfile.TemporaryFile("w+") as errors:
            done = subprocess.run(
                [*UNSHARE, *command], env=environment, stdout=subprocess.PIPE, stderr=errors, text=True, timeout=1500
            )
            errors.seek(0)
            said = errors.read()
        lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        outcomes += [Outcome(**line) for line in lines if "achieved" in line]
        if lines and "harmed" in lines[-1]:
            return outcomes, lines[-1]
        began = [line["begins"] for line in lines if "begins" in line]
        finished = {outcome.name for outcome in outcomes}
        if not began or began[-1] in finished:
            raise RuntimeError(f"the suite ended by itself at {level}, {user}, {name}: {said[-2000:]}")
        outcomes.append(Outcome(began[-1], "ended the grader", ["exhausts"], [said[-300:]]))
        waiting = [one for one in waiting if one not in finished and one != began[-1]]


def attackers(name: str, level: str) -> list[str]:
    """Who takes part: everybody at `strict`, at weaker levels not those who only use up their limits again."""
    paths = sorted((ROOT / "tests" / "attacks" / name).glob("[!_]*.py"))
    return [path.stem for path in paths if level == "strict" or "aims: exhaust" not in path.read_text("utf-8")]


def table(record: dict[str, dict[str, list[str]]]) -> str:
    """What each level lets through, as the text of a page."""
    lines = ["| level | assignment | started by | stopped | what the others achieved |", "|---|---|---|---|---|"]
    for level in LEVELS:
        for key, achieved in sorted(record.items(), key=lambda item: list(reversed(item[0].split(" / ")))):
            of_level, user, name = key.split(" / ")
            if of_level != level:
                continue
            words = sorted({word for found in achieved.values() for word in found})
            told = [f"{word}: {', '.join(sorted(who for who in achieved if word in achieved[who]))}" for word in words]
            stopped = sum(not found for found in achieved.values())
            lines.append(
                f"| {level} | {name} | {user} | {stopped} of {len(achieved)} | {'; '.join(told) or 'nothing'} |"
            )
    return "\n".join(lines)


def main() -> None:
    """Runs one level in the arena; or, without attackers, all levels, and prints what each lets through."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--level", choices=LEVELS)
    parser.add_argument("--user", choices=USERS, default="root")
    parser.add_argument("--assignment", choices=LIMITS, default="03_numpy_net")
    parser.add_argument("attackers", nargs="*")
    options = parser.parse_args()
    if options.attackers:
        enter_arena(USERS[options.user])
        folder = ROOT / "tests" / "attacks" / options.assignment
        paths = [folder / f"{name}.py" for name in options.attackers]
        for outcome in fight(options.assignment, LEVELS[options.level], paths):
            print(json.dumps(outcome.__dict__ if isinstance(outcome, Outcome) else outcome), flush=True)
        return
    record: dict[str, dict[str, list[str]]] = {}
    for level in [options.level] if options.level else LEVELS:
        for user in USERS:
            outcomes, rest = run_level(level, user, options.assignment)
            print(f"{level}, started by {user}: {rest}")
            for outcome in outcomes:
                if outcome.achieved:
                    print(
                        f"  {outcome.name} ({outcome.status}, {outcome.seconds} s): {'; '.join(outcome.details)[:300]}"
                    )
            record[f"{level} / {user} / {options.assignment}"] = {one.name: one.achieved for one in outcomes}
            print(table(record), flush=True)
    RECORD.write_text(json.dumps(recorded() | record, indent=1) + "\n")


def recorded() -> dict[str, dict[str, list[str]]]:
    """What each level let through when the page was written."""
    return json.loads(RECORD.read_text()) if RECORD.is_file() else {}


if __name__ == "__main__":
    main()
