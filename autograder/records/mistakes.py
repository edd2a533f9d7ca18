"""What went wrong in a class, as sentences that say something, and who did it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from autograder.engine.open_questions import is_open
from autograder.facts.cause import Cause
from autograder.facts.fact import Fact, together
from autograder.facts.result import QuestionResult, Result
from autograder.text import flat, name_key, natural_key, shortened, visible
from autograder.words import say
from autograder.words.english import ENGLISH

_NUMBER = re.compile(r"\d[\d.]*")
# what is not written yet is no mistake; what builds on something wrong is the mistake of another question
_NOT_COUNTED = ("not-implemented", "follows")
# one mistake, however many questions it costs
_OF_THE_FILE = ("undefined-name", "missing-by-syntax", "syntax", "not-python", "no-python")
_NOT_PYTHON = ("syntax", "not-python")
# what an exception is told by, whatever the student's own names are
_EXCEPTIONS = ("cannot-compute", "raised", "is-none", "undefined-attribute", "no-such-key")
# a sentence about the class, not a student's whole message
_LONGEST = 300


@dataclass(frozen=True)
class Mistake:
    """One mistake that somebody in the class made.

    Attributes:
        questions: The questions in which it shows, in natural order; none where it is of the whole file.
        code: The kind of mistake, or "".
        text: A sentence that says what it is.
        where: The function and the values that it was found in, such as `backward: W1 and b1`, or "".
        is_example: Whether `text` is one wording of several: names and numbers are some student's own.
        students: The rows' names of those who made it, in the order of names.
    """

    questions: tuple[str, ...]
    code: str
    text: str
    where: str
    is_example: bool
    students: tuple[str, ...]

    @property
    def id(self) -> str:
        """What it is called in a page: the same for the same class."""
        return f"{'-'.join(self.questions) or 'file'}-{self.code}"


@dataclass(frozen=True)
class _Told:
    """A mistake of one student in one question."""

    key: tuple[str, ...]  # what is the same for the same mistake
    code: str
    text: str
    where: str = ""


class Mistakes:
    """The mistakes of a class.

    A proven cause is told by its kind; what raises, is missing or has another form, by what it says without the place.
    What somebody has not begun, and what only follows from another question, is not among them.

    Attributes:
        unexplained: How many wrong answers there are of which nobody can say what the mistake is.
    """

    def __init__(self) -> None:
        self._made: dict[tuple[str, ...], _Made] = {}
        self.unexplained = 0

    def add(self, result: Result) -> None:
        """Counts those of one student."""
        for question, one in _told_of(result):
            self._made.setdefault(one.key, _Made(one.code)).add(question, one, result)
        self.unexplained += sum(
            row.outcome == "failed" and row.diagnosis is None and not any(_told_of_row(row)) for row in result.questions
        )

    def found(self) -> tuple[Mistake, ...]:
        """All of them, the most frequent first."""
        found = [made.mistake(is_of_file=key[0] == "") for key, made in self._made.items()]
        return tuple(
            sorted(found, key=lambda one: (-len(one.students), [natural_key(id) for id in one.questions], one.text))
        )


class _Made:
    """One mistake, and who made it in which words."""

    def __init__(self, code: str) -> None:
        self._code = code
        self._texts: Counter[str] = Counter()
        self._wheres: Counter[str] = Counter()
        self._students: dict[str, str] = {}
        self._questions: set[str] = set()

    def add(self, question: str, told: _Told, result: Result) -> None:
        """Counts one student."""
        self._texts[told.text] += 1
        self._wheres[told.where] += 1
        self._students[result.student] = result.shown_name
        self._questions |= {question} - {""}

    def mistake(self, is_of_file: bool) -> Mistake:
        """The mistake."""
        return Mistake(
            questions=tuple(sorted(self._questions, key=natural_key)),
            code=self._code,
            text=_most_frequent(self._texts),
            where=_most_frequent(self._wheres),
            # of one name that is missing in several functions, what is near to it differs
            is_example=not is_of_file and len(self._texts) > 1,
            students=tuple(sorted(self._students, key=lambda student: name_key(self._students[student]))),
        )


def is_not_begun(row: QuestionResult) -> bool:
    """Whether nothing is written: the starter's text stands, or the function is missing altogether."""
    return is_open(row) or any(_is_unwritten(fact) for fact in row.facts[:1])


def _is_unwritten(fact: Fact) -> bool:
    # one of a name that is near may be misspelt, and one that could not be read is written
    is_there = fact.values.get("near") or fact.values.get("unread")
    return fact.kind in ("not-implemented", "missing-function") and not is_there


def _told_of(result: Result) -> Iterator[tuple[str, _Told]]:
    if result.status == "unreadable":
        yield from (("", one) for one in _of_the_file(result))
        return
    for row in result.questions:
        yield from ((row.id, one) for one in _told_of_row(row, result.facts))


def _of_the_file(result: Result) -> Iterator[_Told]:
    name = PurePosixPath(result.file).name
    for fact in result.facts[:1]:
        if fact.kind in _NOT_PYTHON:
            yield _not_python(fact)
            continue
        text = _sentence(fact)
        # each student's file has another name; what was found in place of a script stays
        shown = re.sub(rf"(?<!\S)(?<!found ){re.escape(name)}(?!\S)", "the file", text) if name else text
        shown = shown[:1].upper() + shown[1:]
        yield _Told(("", fact.kind, _NUMBER.sub("#", shown)), "unreadable", shown)


def _not_python(fact: Fact) -> _Told:
    text = _sentence(replace(fact, kind="file-not-python", about=()))
    return _Told(("", "not-python", _NUMBER.sub("#", text)), "not-python", text)


def _told_of_row(row: QuestionResult, of_the_file: Sequence[Fact] = ()) -> Iterator[_Told]:
    facts = [fact for fact in together(row.facts) if fact.kind in ENGLISH.facts]
    if row.diagnosis is None:
        if row.outcome == "error":
            yield from (_by_fact(row, fact, fact.kind, of_the_file) for fact in facts[:1] if not _is_unwritten(fact))
        return
    causes = row.diagnosis.causes or (Cause(kind=row.diagnosis.code),)
    for cause in causes:
        if not cause.code or cause.follows or cause.code in _NOT_COUNTED:
            continue
        # where the diagnosis has no sentence of its own, the first fact says it
        telling = [fact for fact in facts if fact.code == cause.code] or ([] if row.diagnosis.text else facts[:1])
        if telling and not _is_unwritten(telling[0]):
            yield _by_fact(row, telling[0], cause.code, of_the_file)
        elif not telling and cause.code in ENGLISH.mistakes:
            yield _by_cause(row, cause)


def _by_fact(row: QuestionResult, fact: Fact, code: str, of_the_file: Sequence[Fact]) -> _Told:
    values = fact.values
    unread = [one for one in of_the_file if one.kind == "not-python"]
    if fact.kind == "missing-by-syntax" and unread:
        # that its text is not Python says more than that it is missing
        return _not_python(next((one for one in unread if values.get("name") in one.about), unread[0]))
    if fact.kind in _OF_THE_FILE:
        text = _sentence(fact)
        return _Told(("", fact.kind, str(values.get("what", "")) or _NUMBER.sub("#", text)), code, text)
    text = _sentence(fact)
    if fact.kind in _EXCEPTIONS:
        same = f"{values.get('error', '')} {_NUMBER.sub('#', str(values.get('text', '')))}"
        return _Told((row.id, fact.kind, same.strip() or text), code, text)
    return _Told((row.id, fact.kind, _NUMBER.sub("#", text)), code, text)


def _by_cause(row: QuestionResult, cause: Cause) -> _Told:
    place = f"{cause.place.function}: " if cause.place is not None and cause.place.function else ""
    where = place + ENGLISH.listed(name for name in cause.about if name != "the result")
    return _Told((row.id, cause.code), cause.code, ENGLISH.mistakes[cause.code], where.removesuffix(": "))


def _sentence(fact: Fact) -> str:
    return shortened(flat(visible(say(replace(fact, place=None)))), _LONGEST)


def _most_frequent(counts: Mapping[str, int]) -> str:
    # of equally frequent ones the first by alphabet, so that the order of results does not matter
    return min(counts, key=lambda text: (-counts[text], text))
