"""Where a fight takes place: a course with a secret in every place that a submission must not read, and listeners."""

from __future__ import annotations

import ast
import gzip
import hashlib
import os
import re
import secrets
import shutil
import socket
import sys
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path

from autograder.isolation.settings import LAYERS, Limits
from autograder.facts.result import STATUSES, Result
from autograder.authoring.tables import read_table
from tests.attacks.arena import ORDINARY

ROOT = Path(__file__).parents[2]
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
    "03_numpy_net": Limits(2.0, 4.0, 400, scratch_mb=64),
    "04_tape_net": Limits(6.0, 16.0, 1200, scratch_mb=64),
}
# how many right answers and how many wrong ones; those of 04 that are wrong are not the same to the byte each time
HONEST = {"03_numpy_net": (2, 2), "04_tape_net": (2, 0)}
# not the one that students check with: whoever knows the public answers knows nothing here
SEED = 4711
_PORT = 61999
_PATH_SOCKET = "/tmp/autograder-victim.sock"


# what a file says at top level runs when a name that it makes is read; an attacker's is run whole, with the first
# function that is asked for
_FOOTER = """

def __deeds__(lines=%r):
    import contextlib
    import linecache

    text = linecache.getlines(__deeds__.__code__.co_filename)
    for first, last in lines:
        with contextlib.suppress(Exception):
            code = chr(10) * (first - 1) + "".join(text[first - 1 : last])
            exec(compile(code, __deeds__.__code__.co_filename, "exec"), __deeds__.__globals__)


%s = __deeds__() or %s
"""


def _done_at_once(text: str) -> str:
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError):
        return ""
    functions = [one.name for one in body if isinstance(one, ast.FunctionDef)]
    first = next((name for name in ("sigmoid", "init_params", "forward") if name in functions), None)
    others = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
    deeds = [(one.lineno, one.end_lineno) for one in body if not isinstance(one, others)]
    return _FOOTER % (deeds, first, first) if first and deeds else ""


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
        self.name = name
        self.folder = Path(tempfile.mkdtemp(prefix="autograder-stage-"))
        self.folder.chmod(0o755)
        self.assignment = self.folder / "course" / "assignments" / name
        for folder in (name, "common"):
            target = self.folder / "course" / "assignments" / folder
            shutil.copytree(ROOT / "assignments" / folder, target, ignore=shutil.ignore_patterns("__pycache__"))
        self.submissions = self.folder / "submissions"
        self.grades = self.folder / "grades"
        self.home = self.folder / "home"
        for folder in (self.submissions, self.home, self.grades, self.folder / "wrong"):
            folder.mkdir()
        self._limit(LIMITS[name])
        self.secrets: dict[str, str] = {}
        for path in (self.assignment / "solution.py", self.assignment / "tests" / "test_hidden.py"):
            path.write_text(path.read_text("utf-8") + f"\n# {self.secret(path.name)}\n", "utf-8")
        expected = self.assignment / "expected" / "public.json"
        expected.write_text(expected.read_text("utf-8").replace("{", f'{{"note": "{self.secret("expected")}",', 1))
        (self.grades / "old-gradebook.sqlite").write_text(self.secret("gradebook"))
        (self.home / ".secret").write_text(self.secret("home"))
        kept = self.home / ".cache" / "tfkit-autograder"
        kept.mkdir(parents=True)
        (kept / "03_numpy_net-0.json.gz").write_bytes(gzip.compress(self.secret("bank").encode()))
        (self.submissions / "friend.py").write_text(f"# {self.secret('friend')}\ndef sigmoid(Z):\n    return Z\n")
        os.environ |= {"HOME": str(self.home), "AUTOGRADER_SECRET": self.secret("environment")}

    def _limit(self, limits: Limits) -> None:
        """Writes limits that are short enough for a class of attackers into the assignment's settings."""
        path = self.assignment / "assignment.toml"
        names = ("seconds_per_question", "seconds_per_submission", "memory_mb", "scratch_mb")
        kept = [line for line in path.read_text("utf-8").splitlines() if not line.startswith(names)]
        tables = next((number for number, line in enumerate(kept) if line.startswith("[")), len(kept))
        kept[tables:tables] = [f"{name} = {getattr(limits, name)}" for name in names]
        path.write_text("\n".join(kept) + "\n", "utf-8")

    def hand_in(self, path: Path, name: str = "") -> Path:
        """Puts a case into the class's folder, under its own name or another."""
        target = self.submissions / f"{name or path.stem}.py"
        if not target.exists():
            text = path.read_text("utf-8")
            attacks = path.parent.parent == Path(__file__).parent
            target.write_text(text + _done_at_once(text) if attacks else text, "utf-8")
        return target

    def honest(self) -> list[Path]:
        """Submissions that mean no harm: some right, some wrong."""
        rights, wrongs = HONEST[self.name]
        right = sorted((ROOT / "tests" / "rewrites" / self.name).glob("[!_]*.py"))[:rights]
        solution = (ROOT / "assignments" / self.name / "solution.py").read_text("utf-8")
        wrong = []
        for case in read_table(ROOT / "tests" / "mistakes" / f"{self.name}.txt")[:wrongs]:
            wrong.append(self.folder / "wrong" / f"{case.name}.py")
            wrong[-1].write_text(f"{solution}\n\n{case.text}", "utf-8")
        return right + wrong

    def secret(self, where: str) -> str:
        """A new secret."""
        token = f"CANARY-{secrets.token_hex(8)}"
        self.secrets[token] = where
        return token

    def snapshot(self) -> dict[str, str]:
        """All files of the course, and what hostile submissions plant elsewhere."""
        ours = ("__pycache__", "grades")
        found = {str(path): digest(path) for path in self.folder.rglob("*") if not set(ours) & set(path.parts)}
        places = ["/tmp", "/var/tmp", "/dev/shm", "/run/lock", str(self.home), *sys.path[1:], str(ROOT)]
        for place in places:
            for path in [*Path(place).glob("planted*"), *Path(place).glob(".planted*")]:
                found[str(path)] = digest(path)
        # folders of student processes come and go; that none of them stays is looked at when the class is done
        mine = [
            path for path in Path("/tmp").iterdir() if path != self.folder and not path.name.startswith("autograder-")
        ]
        return found | {str(path): "" for path in mine}


def digest(path: Path) -> str:
    """What a file is and holds, in a few words that can be compared."""
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


def as_text(result: Result) -> str:
    """A result as it must be whoever else is graded: without its wall time."""
    return re.sub(r'"seconds": [\d.]+', '"seconds": 0', result.to_json())


def judge_result(outcome: Outcome, result: Result, seconds: float, stage: Stage) -> None:
    """Notes what an attacker achieved as far as its result tells.

    Args:
        outcome: Where it is noted.
        result: Its result.
        seconds: The most that grading it may take.
        stage: Where the secrets are known.
    """
    of_questions = [text for row in result.questions for text in (row.message, row.output)]
    said = "\n".join([result.output, result.message, *of_questions])
    if result.score > 0:
        outcome.note("scores", f"{result.score} points")
    for token in set(re.findall(r"CANARY-[0-9a-f]{16}", said)) & set(stage.secrets):
        outcome.note("reads", stage.secrets[token])
    for line in re.findall(r"^ESCAPED.*", said, re.M):
        outcome.note("escapes", line)
    if result.seconds > seconds or result.status not in STATUSES:
        outcome.note("exhausts", f"{result.seconds:.1f} s, {result.status}")
