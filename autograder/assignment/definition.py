"""An assignment's folder: its settings, its tests, and how it is found by name."""

from __future__ import annotations

import ast
import contextlib
import difflib
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path

from autograder.assignment.course import Course
from autograder.assignment.graded_text import graded_text
from autograder.assignment.hints import HINTS, read_hints
from autograder.assignment.late import LatePolicy
from autograder.assignment.settings import CHOICES, KEYS, NAMES, read_settings
from autograder.assignment.stubs import definitions_in, functions_of
from autograder.errors import Mistakes, UsageError, did_you_mean
from autograder.fingerprint import fingerprint, fingerprint_of_files
from autograder.isolation.settings import Limits

SETTINGS = "assignment.toml"
# what a student's kit was packed of
KIT = "kit.json"
# of a name that is misspelt: letters that a part of it has at least, how much like another it is (of 1), and by how
# much more than the next
_LEAST, _ALIKE, _CLEARLY = 3, 0.6, 0.1
PUBLIC_TESTS = "test_public.py"
_QUESTION = re.compile(r"""^@(?:\w+\.)*question\(\s*["']([^"']+)["']""", re.MULTILINE)


@dataclass(frozen=True)
class Assignment:
    """One folder of `assignments/`.

    Attributes:
        folder: The folder.
        title: Title for people.
        framework: `numpy` or `tensorflow`: which template its submissions run in.
        submission: File name that students hand in, such as `04_tape_net.py`.
        limits: Time, memory and files of a submission.
        data: Files that submissions may read, as paths.
        without: Modules that submissions cannot import: of tfkit all that `tfkit = [...]` does not name, and others.
        due: When submissions are due, or None; without a time zone, by the clock of this machine.
        late: What it costs to hand in later than that.
        help: How much a diagnosis says: `where`, `kind`, `value` or `lecture`, each more than the one before.
        help_limit: The most that a student gets on request.
        lectures: Where each question is taught, by its id.
        accepted: What an audit lets pass, such as `init_params: order`, and why.
        unrehearsed: Questions whose tests take too long to be tried on mistakes made in the solution.
        operators: Files with mistakes that this assignment invites, besides the general ones, such as
            `common/two_layer_mistakes.py`; from the folder that the assignment's folder is in.
        carry: How much of a question's points is earned by what is right on the student's own groundwork, by question,
            and `others` for those that are not named: 1, the default, to 0.
        course: Its place in the course.
    """

    folder: Path
    title: str
    framework: str
    submission: str
    limits: Limits = field(default_factory=Limits)
    data: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    due: datetime | None = None
    late: LatePolicy = field(default_factory=LatePolicy)
    help: str = "kind"
    help_limit: str = "lecture"
    lectures: dict[str, str] = field(default_factory=dict)
    accepted: dict[str, str] = field(default_factory=dict)
    unrehearsed: tuple[str, ...] = ()
    operators: tuple[str, ...] = ()
    carry: dict[str, float] = field(default_factory=dict)
    course: Course = field(default_factory=Course)

    @property
    def name(self) -> str:
        """The folder's name, such as `04_tape_net`."""
        return self.folder.name

    @property
    def solution(self) -> Path:
        """The reference solution; absent from a student's copy."""
        return self.folder / "solution.py"

    @property
    def rewrites(self) -> list[Path]:
        """Right answers that are written otherwise, in order; absent from a student's copy."""
        return sorted((self.folder / "rewrites").glob("[!_.]*.py"))

    def starter(self, ending: str = ".py") -> Path:
        """The starter as a script, or as a notebook: `.ipynb`."""
        return self.folder / f"starter{ending}"

    @property
    def expected(self) -> Path:
        """Recorded reference values of the public tests."""
        return self.folder / "expected" / "public.json"

    @property
    def travelling_bank(self) -> Path:
        """What usual mistakes return in the public tests, locked with the recorded values."""
        return self.expected.with_name("bank.bin")

    @property
    def travelling_steps(self) -> Path:
        """The solution's values on its way in the public tests, locked with the recorded values."""
        return self.expected.with_name("steps.bin")

    @property
    def whole_bank(self) -> Path:
        """What usual mistakes return in all tests, hidden ones included: it stays with the solution."""
        return self.expected.with_name("whole_bank.json.gz")

    def carried(self, question: str) -> float:
        """How much of a question's points is earned by what is right on the student's own groundwork, from 0 to 1."""
        return self.carry.get(question, self.carry.get("others", 1.0))

    def tests(self, hidden: bool) -> list[Path]:
        """The test files: the public one and, for grading, the hidden one."""
        names = [PUBLIC_TESTS, "test_hidden.py"] if hidden else [PUBLIC_TESTS]
        found = [self.folder / "tests" / name for name in names if (self.folder / "tests" / name).is_file()]
        if not found:
            raise UsageError(f"{self.name} has no tests: expected {self.folder / 'tests' / PUBLIC_TESTS}")
        return found

    @property
    def has_hidden_tests(self) -> bool:
        """Whether there is a test that no student sees."""
        return (self.folder / "tests" / "test_hidden.py").is_file()

    @property
    def problems(self) -> Path | None:
        """The file that declares the inputs of the tests, or None."""
        path = self.folder / "tests" / "problems.py"
        return path if path.is_file() else None

    @property
    def operator_files(self) -> list[Path]:
        """The files of mistakes that the assignment invites: those declared, and `operators.py` beside the tests."""
        beside = self.folder / "tests" / "operators.py"
        return [*(self.folder.parent / name for name in self.operators), *([beside] if beside.is_file() else [])]

    @cached_property
    def questions(self) -> tuple[str, ...]:
        """Ids of the questions, in the order of the public tests, read without running them."""
        return tuple(dict.fromkeys(_QUESTION.findall(self.tests(hidden=False)[0].read_text("utf-8"))))

    @cached_property
    def public_points(self) -> float:
        """The points of the public tests, read without running them; 0 where they are not written as numbers."""
        tree = ast.parse(self.tests(hidden=False)[0].read_text("utf-8"))
        calls = [one for one in ast.walk(tree) if isinstance(one, ast.Call) and _is_question(one.func)]
        given = [[*(word.value for word in call.keywords if word.arg == "points"), *call.args[1:2]] for call in calls]
        values = [own[0].value for own in given if own and isinstance(own[0], ast.Constant)]
        points = [float(value) for value in values if isinstance(value, (int, float))]
        return sum(points) if len(points) == len(calls) else 0.0

    @cached_property
    def functions(self) -> dict[str, tuple[str, ...]]:
        """The functions and classes that each question asks for, by its id, as the starter leaves them open."""
        path = self.starter()
        return functions_of(path.read_text("utf-8")) if path.is_file() else {}

    @cached_property
    def given(self) -> frozenset[str]:
        """The functions and classes that every submission has, or is to have, by the starter."""
        path = self.starter()
        return definitions_in(path.read_text("utf-8")) if path.is_file() else frozenset()

    @cached_property
    def hints(self) -> dict[str, tuple[str, ...]]:
        """Three hints a question, by its id: a question back, the shape of the path, the line's idea.

        Read when they are asked for, so that a mistake in them stops no class from being graded.

        Raises:
            UsageError: When `hints.toml` is no TOML, or names no question, or has not three texts for one.
        """
        return read_hints(self.folder / HINTS, self.questions)

    @cached_property
    def fingerprint(self) -> str:
        """A hash of everything that marks and causes depend on besides the submission.

        Not of the file of settings: another due date, title or level of help lets what is graded stand.
        """
        rewrites = [fingerprint_of_files(self.rewrites)] if self.rewrites else []
        return self._fingerprint_with(self.limits, self.carry, *rewrites)

    @cached_property
    def bank_fingerprint(self) -> str:
        """A hash of everything that mistakes, and what they return, depend on: no limit, and not what is carried."""
        return self._fingerprint_with()

    def _fingerprint_with(self, *settings: object) -> str:
        data = [Path(name).name for name in self.data]  # wherever the kit is installed
        all_settings = (self.framework, self.submission, data, self.without, self.unrehearsed, *settings)
        operators = [path for path in self.operator_files if path.is_file()]
        own = [*filter(None, [self.problems]), *self.tests(hidden=True), *operators]
        others = [*own, *(path for path in self.shared(own) if path not in own), *self.recorded(hidden=True)]
        return fingerprint(repr(all_settings), self.solution_fingerprint, fingerprint_of_files(others))

    def recorded(self, hidden: bool) -> list[Path]:
        """Files that are no code and decide marks: in `data`, and beside the tests if `hidden` ones count."""
        folders = [self.folder / name for name in ("data", "tests")[: 1 + hidden]]
        found = [path for folder in folders for path in sorted(folder.glob("*")) if path.is_file()]
        return [path for path in found if path.suffix != ".py" and not path.name.startswith(".")]

    def shared(self, files: list[Path]) -> list[Path]:
        """The files of `common` that some files name, themselves or through one another; no other decides anything."""
        common = {path.stem: path for path in sorted((self.folder.parent / "common").glob("*.py"))}
        found: dict[str, Path] = {}
        waiting = list(files)
        while waiting:
            words = set(re.findall(r"\w+", waiting.pop().read_text("utf-8", errors="replace")))
            new = {name: path for name, path in common.items() if name in words and name not in found}
            found |= new
            waiting += new.values()
        return [path for name, path in common.items() if name in found]

    @cached_property
    def solution_fingerprint(self) -> str:
        """A hash of the solution's code: another text cell, hint or picture lets marks and banks stand."""
        if not self.solution.is_file():
            return fingerprint("absent")
        return fingerprint(graded_text(self.solution.read_text("utf-8", errors="replace")))

    @classmethod
    def load(cls, folder: Path) -> Assignment:
        """Reads `assignment.toml`.

        Raises:
            Mistakes: When it is missing, is not TOML, or has unknown or wrong entries.
        """
        found, mistakes = cls.read(folder)
        if mistakes:
            raise Mistakes(mistakes)
        return found

    @classmethod
    def read(cls, folder: Path) -> tuple[Assignment, list[str]]:
        """What `assignment.toml` says, without what is wrong in it, and a line for each of its mistakes."""
        folder = folder.resolve()
        settings, mistakes = read_settings(folder / SETTINGS)
        return cls(folder=folder, **settings), mistakes


def _is_question(function: ast.expr) -> bool:
    return ast.unparse(function).rpartition(".")[2] == "question"


NO_ASSIGNMENTS = (
    "there are no assignments here; go to the folder of a kit (cd 02_neuron), or name theirs: "
    "AUTOGRADER_ASSIGNMENTS=/path"
)


def assignment_roots() -> list[Path]:
    """Where assignments are looked for: `$AUTOGRADER_ASSIGNMENTS`, `./assignments`, beside the package, and in kits.

    Kits are those that lie in this folder and, where it is one itself, beside it.
    """
    named = os.environ.get("AUTOGRADER_ASSIGNMENTS")
    roots = [Path(named)] if named else []
    here = Path.cwd()
    beside = _kits_in(here.parent) if any((here / "assignments").glob(f"*/{KIT}")) else []
    return [*roots, here / "assignments", Path(__file__).parents[2] / "assignments", *_kits_in(here), *beside]


def _kits_in(folder: Path) -> list[Path]:
    """The folders `assignments` of the kits in a folder."""
    with contextlib.suppress(OSError):
        return sorted({path.parents[1] for path in folder.glob(f"*/assignments/*/{KIT}")})
    return []


def known_folders(beside: Path | None = None) -> dict[str, Path]:
    """The folders of assignments, by name; the first root that has a name gives it.

    Args:
        beside: A folder, such as a kit's, whose own `assignments` comes first.
    """
    known: dict[str, Path] = {}
    for root in [*([beside / "assignments"] if beside is not None else []), *assignment_roots()]:
        for folder in sorted(root.glob(f"*/{SETTINGS}")) if root.is_dir() else []:
            known.setdefault(folder.parent.name, folder.parent)
    return known


def assignments(beside: Path | None = None) -> list[Assignment]:
    """All assignments that are found, without those whose settings cannot be read."""
    found = []
    for folder in known_folders(beside).values():
        with contextlib.suppress(UsageError):
            found.append(Assignment.load(folder))
    return found


def find_assignment(name: str) -> Assignment:
    """The assignment of that name, number or folder.

    Args:
        name: A folder's path, a name such as `04_tape_net`, or its number, `04` or `4`.

    Raises:
        UsageError: When there is none; the nearest names are offered.
    """
    return Assignment.load(find_folder(name))


def find_folder(name: str) -> Path:
    """The folder of the assignment of that name, number or folder.

    Raises:
        UsageError: When there is none; the nearest names are offered.
    """
    path = Path(name)
    if (path / SETTINGS).is_file():
        return path
    known = known_folders()
    if name in known:
        return known[name]
    by_number = [folder for known_name, folder in known.items() if name.isdigit() and known_name[:2] == name.zfill(2)]
    if len(by_number) == 1:
        return by_number[0]
    if path.is_dir() and path.name not in known and len(path.parts) > 1:
        raise UsageError(f"{path} has no {SETTINGS}, which makes a folder an assignment; write one in it")
    if not known:
        raise UsageError(NO_ASSIGNMENTS)
    near = _nearest(name, known)
    hint = f"did you mean {' or '.join(near)}?" if near else f"known are: {', '.join(known)}"
    raise UsageError(f"there is no assignment {name!r}; {hint}")


def _nearest(name: str, known: Iterable[str]) -> list[str]:
    """The names that a word is part of, or else those that it is much like; one alone where it is clearly the nearest.

    Example:

    >>> _nearest("02_neurons", ["02_neuron", "07_losses"]), _nearest("keras", ["04_tape_net", "05_keras_net"])
    (['02_neuron'], ['05_keras_net'])
    """
    names = list(known)
    within = [one for one in names if len(name) >= _LEAST and name.lower() in one.lower()]
    near = within or difflib.get_close_matches(name, names, n=3, cutoff=_ALIKE)
    ratios = [difflib.SequenceMatcher(None, one, name).ratio() for one in near]
    return near[:1] if not within and len(near) > 1 and ratios[0] - ratios[1] > _CLEARLY else near


def find_question(id: str, assignment: str = "") -> tuple[Assignment, str]:
    """The question of that id, and its assignment.

    Args:
        id: The id, such as `03.5`.
        assignment: A name as `find_assignment` takes it; by default the id's own number.

    Raises:
        UsageError: When there is none; the nearest is offered. When a kit was changed.
    """
    from autograder.assignment.kit import demand_whole  # it knows this module

    found = re.fullmatch(r"(\d{1,2})\.(\d{1,3})", id.strip())
    if found is None:
        example = _question_of(assignment)
        raise UsageError(
            f"expected the id of a question, such as {example}, received {id!r}; the text above each has its id"
        )
    number, id = found[1].zfill(2), f"{found[1].zfill(2)}.{found[2]}"
    of = find_assignment(assignment or number)
    demand_whole(of)
    if id not in of.questions:
        hint = did_you_mean(id, of.questions, "its questions are")
        raise UsageError(f"{of.name} has no question {id}; {hint}")
    return of, id


def _question_of(assignment: str) -> str:
    """The id of a question, of an assignment or of the first that there is here."""
    with contextlib.suppress(UsageError, OSError, ValueError, IndexError):
        of = find_assignment(assignment) if assignment else assignments()[0]
        return of.questions[0]
    return "03.5"


def types_of_settings() -> dict[str, str]:
    """What each setting of `assignment.toml` may be, in words, by its name.

    Example:

    >>> types_of_settings()["framework"], types_of_settings()["seconds_per_question"]
    ('"numpy" or "tensorflow"', 'a number')
    """
    kinds = {name: kind if isinstance(kind, tuple) else (kind,) for name, kind in KEYS.items()}
    # who may write a number may write a whole one
    words = {
        name: " or ".join(NAMES[one] for one in kind if not (one is int and float in kind))
        for name, kind in kinds.items()
    }
    return words | {name: " or ".join(f'"{one}"' for one in choices) for name, choices in CHOICES.items()}
