"""Right and wrong answers that an author has written, from files, folders and tables: what `autograder try` tries."""

from __future__ import annotations

import ast
import difflib
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.assignment.definition import Assignment
from autograder.assignment.stubs import functions_of
from autograder.authoring.starter import starter_of
from autograder.authoring.tables import Case, Section, case_of, read_sections
from autograder.errors import UsageError, did_you_mean
from autograder.facts.kinds import CODES
from autograder.handin.names import NOTEBOOK, SCRIPT
from autograder.handin.submissions import Submission

RIGHT, WRONG = "rewrites", "mistakes"
_TABLE = ".txt"
_SECTION = re.compile(r"^=== ", re.MULTILINE)
_DEFINED = re.compile(r"^(?:(?:async\s+)?def|class)\s+(\w+)|^(\w+)\s*=", re.MULTILINE)
_FUNCTION = re.compile(r"^(?:async\s+)?def\s+(\w+)", re.MULTILINE)
_IMPORT = re.compile(r"^(?:import|from) ", re.MULTILINE)
_NAMED = ("no", "by its check")
# what may stand below a sentence; the last three are for an author's own tests of a table
_KEYS = ("cause", "named", "question", "right", "like", "means", "public", "costs")
# how near a name has to be to be a slip of the pen
_NEAR = 0.85


@dataclass(frozen=True)
class Attempt:
    """One answer to be tried.

    Attributes:
        name: The file, and of a table the case.
        is_right: Whether it is to earn full marks; if not, it is to lose some.
        questions: The questions in which; all when there are none.
        text: What is handed in; "" for a file that is handed in as it is.
        path: The file.
        lines: How many lines of `text` stand above the author's own: those of the solution.
        causes: Kinds of mistake that the author found true of it; the one that is told must be among them.
        named: `no` where no cause can be told, `by its check` where a failed check may tell in its place.
        borrowed: Of a right answer in parts: functions that its questions ask for and that are the solution's.
    """

    name: str
    is_right: bool
    questions: tuple[str, ...]
    text: str
    path: Path
    lines: int = 0
    causes: tuple[str, ...] = ()
    named: str = ""
    borrowed: tuple[str, ...] = ()


def attempts_in(assignment: Assignment, paths: Iterable[Path]) -> list[Attempt]:
    """What there is to be tried, in order; first the solution, which every right answer is compared with.

    Args:
        assignment: The assignment, with its solution.
        paths: Scripts, notebooks, tables (`autograder/authoring/tables.py`) and folders of them.

    Raises:
        UsageError: When there is nothing, a file cannot be read, or it says neither that it is right nor that it is
            wrong.
    """
    reader = _Reader(assignment)
    found = [Attempt(assignment.solution.name, True, (), "", assignment.solution)]
    for path in paths:
        more = [one for file in _files(path) for one in reader.read(file)]
        if not more:
            raise UsageError(f"there is nothing to try in {path}; expected {SCRIPT}, {NOTEBOOK} or tables in {_TABLE}")
        found += more
    # what is named twice is tried once
    return list(dict.fromkeys(found))


def _files(path: Path) -> list[Path]:
    """The file, or those of a folder and its folders; what begins with `_` or `.` is none of them."""
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise UsageError(f"there is no {path}; name a file, or a folder such as {RIGHT} or {WRONG}")
    inner = [one for one in sorted(path.iterdir()) if not one.name.startswith(("_", "."))]
    files = [one for one in inner if one.suffix in (SCRIPT, NOTEBOOK) or _is_table(one)]
    folders = [one for one in inner if one.is_dir() and not one.is_symlink()]
    return [*files, *(file for folder in folders for file in _files(folder))]


def _is_table(path: Path) -> bool:
    """Whether a text is a table; notes that lie beside tables are none."""
    is_text = path.suffix == _TABLE and path.is_file()
    return is_text and _SECTION.search(path.read_text("utf-8", errors="replace")) is not None


class _Reader:
    """Reads files for one assignment."""

    def __init__(self, assignment: Assignment) -> None:
        self._assignment = assignment
        self._solution = assignment.solution.read_text("utf-8")
        try:
            self._functions = functions_of(starter_of(self._solution, assignment.solution.name))
        except SyntaxError as error:
            where = f"{assignment.solution}, near line {error.lineno}"
            raise UsageError(
                f"{where}: {error.msg}; run `autograder build {assignment.name}` once it is fixed"
            ) from None

    def read(self, path: Path) -> Iterator[Attempt]:
        """What one file holds."""
        if _is_table(path):
            for section in _sections(path):
                yield from self._of_section(path, section)
        elif path.suffix in (SCRIPT, NOTEBOOK):
            reading = Submission(path.stem, path.absolute()).read()
            # a file that cannot be read is an answer as well, which earns nothing
            case = case_of(path.name, reading.code.lstrip("\ufeff"))
            is_part = path.suffix == SCRIPT and not reading.reason and not self._has_everything(reading.code)
            yield self._attempt(path, _shown(path), case, is_whole=not is_part)
        else:
            what = "has no section, a line such as === 13.1 name" if path.suffix == _TABLE else "is none of them"
            raise UsageError(f"{path} {what}; expected {SCRIPT}, {NOTEBOOK} or a table in {_TABLE}")

    def _of_section(self, path: Path, section: Section) -> Iterator[Attempt]:
        """The base, which is right, and its cases."""
        base = Case(section.name, "", section.question, {"right": "the base"}, section.base, section.line)
        yield self._attempt(path, f"{path.name}: right, {section.question or section.name}", base)
        for case in section.cases:
            right = {} if section.question else {"right": "of a section without a question"}
            one = replace(case, facts=case.facts | right)
            yield self._attempt(path, f"{path.name}: {case.name}", one)

    def _attempt(self, path: Path, name: str, case: Case, is_whole: bool = False) -> Attempt:
        """An attempt; what it leaves out is the solution's, unless it is whole."""
        self._look_at(path, case)
        place = f"{path}:{case.line}: {case.name}" if _is_table(path) else str(path)
        is_right = _is_right(path, case)
        if not is_right and not case.causes and "named" not in case.facts:
            _demand_python(path, case)
        own = _defined(case.code)
        missing = [name for names in self._functions.values() for name in names if name not in own]
        for name in sorted(set(_FUNCTION.findall(case.code)) - _defined(self._solution)):
            if near := difflib.get_close_matches(name, missing, n=1, cutoff=_NEAR):
                raise UsageError(f"{place}: it defines {name}, which no question asks for; did you mean {near[0]}?")
        if not is_whole and own.isdisjoint(_defined(self._solution)):
            asked = " or ".join(name for names in self._functions.values() for name in names)
            raise UsageError(
                f"{place}: it defines nothing of the solution, such as {asked}; is it of another assignment?"
            )
        written = [id for id, names in self._functions.items() if own.intersection(names)]
        # a mistake in one function belongs to its question, where nobody says otherwise
        questions = (case.question,) if case.question else tuple(written) if len(written) == 1 and not is_right else ()
        wanted = [name for id, names in self._functions.items() if id in questions or not questions for name in names]
        borrowed = tuple(name for name in wanted if name in missing) if is_right and not is_whole else ()
        above = "" if is_whole else self._solution.rstrip("\n") + "\n\n\n"
        return Attempt(
            name,
            is_right,
            questions,
            above + case.code if above else "",
            path,
            above.count("\n"),
            tuple(case.causes),
            case.facts.get("named", ""),
            borrowed,
        )

    def _has_everything(self, code: str) -> bool:
        """Whether a script stands for itself: it defines every function that is asked for, and imports something.

        What is no Python does so too: behind a solution, nothing of it would count.
        """
        if _why_not_python(code) is not None:
            return True
        return bool(_IMPORT.search(code)) and all(map(_defined(code).issuperset, self._functions.values()))

    def _look_at(self, path: Path, case: Case) -> None:
        """Refuses what the author's facts cannot mean."""
        is_table, known = _is_table(path), self._assignment.questions
        for key in case.facts:
            # what a script says of itself may be a sentence that begins so
            if key not in _KEYS and (is_table or difflib.get_close_matches(key, _KEYS, n=1)):
                raise UsageError(f"{_place(path, case, key)}: there is no {key}: here; {did_you_mean(key, _KEYS)}")
        if case.question and case.question not in known:
            place = _place(path, case, "" if is_table else "question")
            raise UsageError(f"{place}: there is no question {case.question}; {did_you_mean(case.question, known)}")
        for code in case.causes:
            if code not in CODES:
                near = difflib.get_close_matches(code, CODES, n=1)
                hint = f"did you mean {near[0]}?" if near else "autograder/authoring/REFERENCE.md lists them"
                raise UsageError(f"{_place(path, case, 'cause')}: there is no kind of mistake {code}; {hint}")
        named = case.facts.get("named")
        if named is not None and named not in _NAMED:
            place = _place(path, case, "named")
            raise UsageError(f"{place}: expected named: {' or named: '.join(_NAMED)}, received {named!r}")


def _sections(path: Path) -> list[Section]:
    try:
        return read_sections(path)
    except UnicodeDecodeError:
        raise UsageError(f"{path} is not UTF-8 text; save it as UTF-8") from None
    except SyntaxError as error:
        line = (error.text or "").strip()
        raise UsageError(f"{path}: an answer in it is not Python ({error.msg}: {line}); fix it there") from None


def _demand_python(path: Path, case: Case) -> None:
    """Refuses a wrong answer that no test would ever see."""
    error = _why_not_python(case.code.lstrip("\ufeff"))
    if error is None:
        return
    is_table = _is_table(path)
    line = case.line if is_table else getattr(error, "lineno", None) or 1
    place = f"{path}:{line}" + (f": {case.name}" if is_table else "")
    what = f"{getattr(error, 'msg', error)}: {(getattr(error, 'text', None) or '').strip()}"
    raise UsageError(f"{place}: this is not Python ({what}), and no test would see the mistake; fix it")


def _why_not_python(code: str) -> Exception | None:
    """What Python has against a text; None where it is Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(code)
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        return error
    return None


def _place(path: Path, case: Case, key: str) -> str:
    """The file and the line of a fact of a case; of one that its section gives, the line of the case."""
    begin = re.compile(r"\s*" + re.escape(key) + ":")
    line = case.line
    for number, text in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1):
        if key and number >= case.line and begin.match(text):
            line = number
            break
        if number > case.line and text.startswith(("--- ", "=== ")):
            break
    return f"{path}:{line}" + (f": {case.name}" if _is_table(path) else "")


def _defined(code: str) -> set[str]:
    return {name for pair in _DEFINED.findall(code) for name in pair if name}


def _shown(path: Path) -> str:
    """The file, and the folder that it is in."""
    return f"{path.absolute().parent.name}/{path.name}"


def _is_right(path: Path, case: Case) -> bool:
    """Whether an answer is right: it says so, or its folder does, or it names the question that it is wrong in."""
    if "right" in case.facts:
        return True
    folder = next((one.name for one in path.absolute().parents if one.name in (RIGHT, WRONG)), "")
    if folder or case.question:
        return folder == RIGHT
    raise UsageError(
        f"{path}: is it right or wrong? Put it into a folder {RIGHT} or {WRONG}, or write a line such as "
        "question: 13.1 into its docstring, for the question in which it is wrong"
    )
