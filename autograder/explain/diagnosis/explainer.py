"""Explains the wrong answers of one submission: what is proven is said, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from autograder.assignment.definition import Assignment
from autograder.engine.runs import TestRun
from autograder.engine.session import Session
from autograder.explain.diagnosis.causes import Evidence, Explanation
from autograder.explain.diagnosis.clock import Clock, OutOfTime
from autograder.explain.diagnosis.lines import Lines
from autograder.explain.diagnosis.trials import keeps_state, trial
from autograder.explain.mutation.bank import Bank, cached
from autograder.facts.cause import Cause
from autograder.facts.fact import Fact, Place
from autograder.facts.result import Diagnosis
from autograder.words import because

# codes that a value's form tells, and for which the numbers in it may tell more
_CONTRACT = ("shape", "dtype", "kind", "not-finite", "transpose", "missing-step", "disconnected", "unstable")
_MOST_ALTERNATIVES = 3
# for all wrong answers of one submission; an honest one takes a tenth of it
_SECONDS = 2.0
# kinds that are true of many mistakes: said only when nothing says more
_BROAD = {
    *("wrong-value", "constant", "missing-factor", "doubled-factor", "missing-term", "missing-step"),
    *("other-function", "missing-function", "operands-swapped", "sign", "order", "flag"),
}


@dataclass
class _Submission:
    """One submission on its way through the explainer.

    Attributes:
        session: It, running.
        clock: Time for it.
        lines: Its lines of code.
        named: The question in which a cause was named first, by function and code of a mutant.
    """

    session: Session
    clock: Clock
    lines: Lines
    named: dict[tuple[str, int], str] = field(default_factory=dict)


class Explainer:
    """Explains with the bank of an assignment, read when the first wrong answer asks for it."""

    def __init__(
        self,
        assignment: Assignment,
        seed: int,
        learn: Callable[[], Bank | None] = lambda: None,
        level: str = "",
    ) -> None:
        self._assignment = assignment
        self.seed = seed
        self._learn = learn
        self.level = level or assignment.help
        self._bank: Bank | None = None

    @property
    def bank(self) -> Bank:
        """The bank; an empty one when there is none and none can be made."""
        if self._bank is None:
            self._bank = cached(self._assignment, self.seed) or self._learn() or Bank()
        return self._bank

    def explain(self, runs: Sequence[TestRun], session: Session) -> dict[str, Diagnosis]:
        """Causes of what went wrong, by question."""
        found: dict[str, Diagnosis] = {}
        wrong = dict.fromkeys(run.question for run in runs if run.is_wrong)
        if not wrong:
            return found
        bank = self.bank  # made here where there is none yet: the submission's time begins afterwards
        clock = Clock(_SECONDS)
        submission = _Submission(session, clock, Lines(session.setup.source.parts, clock))
        for question in wrong:
            own = [run for run in runs if run.question == question]
            failed = [run for run in own if run.is_wrong]
            try:
                diagnosis = self._of_question(bank, failed, own, submission, question)
            except OutOfTime:
                session.record.notes.append(Fact("explaining-took-too-long"))
                break
            if diagnosis is not None:
                found[question] = diagnosis
        return found

    def _of_question(
        self, bank: Bank, failed: list[TestRun], own: list[TestRun], submission: _Submission, question: str
    ) -> Diagnosis | None:
        session, clock = submission.session, submission.clock
        loaded = session.record.loaded
        if any(loaded.is_half_read(one.name) for run in failed for one in run.observed):
            # what was left out of its cell may be what is right, or the mistake
            return None
        told = failed[0].code
        if told == "raises" and keeps_state(session, failed[0], clock):
            return _diagnosis("kept-state")
        if told and told not in _CONTRACT:
            # the test's author has put the question so that this answer proves it, or the answer itself tells it
            return _diagnosis(told, failed[0].tensor)
        evidence = Evidence(bank, failed, [run.test for run in own if run.outcome == "passed"], clock)
        found = [_with_names(one, failed) for one in evidence.causes()]
        if found:
            return self._named(found, submission, question)
        if told:
            return _diagnosis(told, failed[0].tensor)
        code = trial(session, failed[0], evidence, clock)
        return _diagnosis(code) if code else None

    def _named(self, found: list[Explanation], submission: _Submission, question: str) -> Diagnosis:
        """The likeliest explanation and others that explain as much, as far as the level of help allows."""
        first, named = found[0], submission.named
        earlier = next((named[key] for key in _keys(first) if key in named), "")
        for key in _keys(first):
            named.setdefault(key, question)
        about = tuple(label for label in first.labels if label)
        place = self._place(first, submission.lines)
        cause = Cause(about, place=place)
        if self.level != "where":
            kinds = () if first.factor and not first.mutants else (first.code, *_others(found))
            cause = Cause(about, kinds, first.factor, place, "" if earlier == question else earlier)
        if self.level in ("value", "lecture") and first.mutants:
            cause = replace(cause, yours=different(first.mutants[0].before, first.mutants[0].after))
        if self.level == "lecture":
            cause = replace(cause, lecture=self._assignment.lectures.get(question, ""))
        return Diagnosis(first.code, about[0] if about else None, because(cause), cause)

    def _place(self, found: Explanation, lines: Lines) -> Place | None:
        """The function, and the line as far as it can be told."""
        if not found.mutants:
            return None
        mutant = found.mutants[0]
        cell, line = lines.place(mutant.function, mutant.after or mutant.before)
        return Place(cell=cell, line=line, function=mutant.function)


def _diagnosis(code: str, tensor: str = "") -> Diagnosis:
    cause = Cause((tensor,) if tensor else (), (code,))
    return Diagnosis(code, tensor or None, because(cause), cause)


def _others(found: list[Explanation]) -> tuple[str, ...]:
    """Other kinds that explain the same: none beside a factor, and no broad one beside one that says more."""
    if found[0].factor is not None:
        return ()
    others = [one.code for one in found[1:] if found[0].code in _BROAD or one.code not in _BROAD]
    return tuple(others[: _MOST_ALTERNATIVES - 1])


def _with_names(found: Explanation, failed: list[TestRun]) -> Explanation:
    """An explanation whose one item without a key is called as the test calls it, such as `losses`."""
    unnamed = [label for label in found.labels if label.startswith("[")]
    names = {run.tensor for run in failed if run.tensor and "[" not in run.tensor}
    if len(unnamed) != 1 or len(names) != 1 or names & set(found.labels):
        return found
    (name,) = names
    return replace(found, labels=tuple(name if label in unnamed else label for label in found.labels))


def _keys(found: Explanation) -> list[tuple[str, int]]:
    return [(mutant.function, hash(mutant.source)) for mutant in found.mutants]


def different(before: str, after: str) -> str:
    """The part of a wrong expression that the right one does not share: no more of the answer than that.

    Example:

    >>> different("D @ W.T * H * (1 - H)", "D @ W.T * Z * (1 - H)")
    'Z'
    """
    tokens, right = (re.findall(r"\w+|\W", text) for text in (after, before))
    start = 0
    while start < min(len(tokens), len(right)) and tokens[start] == right[start]:
        start += 1
    end = 0
    while end < min(len(tokens), len(right)) - start and tokens[-1 - end] == right[-1 - end]:
        end += 1
    return "".join(tokens[start : len(tokens) - end]).strip() or "nothing"
