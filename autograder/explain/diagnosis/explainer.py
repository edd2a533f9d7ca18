"""Explains the wrong answers of one submission: what is proven is said, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from autograder.assignment.definition import Assignment
from autograder.engine.plugin import TestRun
from autograder.engine.session import Session
from autograder.explain.diagnosis.causes import Cause, Evidence
from autograder.explain.diagnosis.clock import Clock, OutOfTime
from autograder.explain.diagnosis.lines import Lines
from autograder.explain.diagnosis.trials import keeps_state, trial
from autograder.explain.mutation.bank import Bank, cached
from autograder.facts.kinds import KINDS
from autograder.facts.result import Diagnosis

# codes that a failed check carries itself: the fact tells the cause
_TOLD = ("not-implemented", "missing-name", "raises")
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
    """Explains with the bank of an assignment, read when the first wrong answer asks for it.

    Args:
        assignment: The assignment.
        seed: The seed whose fixtures the bank was made on.
        learn: Makes the bank when none is kept.
        level: How much help is given: one of `assignment.HELP_LEVELS`; by default what the assignment says.
    """

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
        """Causes of what went wrong, by question.

        Args:
            runs: What came of each test.
            session: The submission: some causes are proven by calling it once more.

        Returns:
            A diagnosis for each question whose cause is proven, as far as the time goes.
        """
        found: dict[str, Diagnosis] = {}
        wrong = dict.fromkeys(run.question for run in runs if run.outcome in ("failed", "error"))
        if not wrong:
            return found
        bank = self.bank  # made here where there is none yet: the submission's time begins afterwards
        clock = Clock(_SECONDS)
        submission = _Submission(session, clock, Lines(session.source.parts, clock))
        for question in wrong:
            own = [run for run in runs if run.question == question]
            failed = [run for run in own if run.outcome in ("failed", "error")]
            try:
                diagnosis = self._of_question(bank, failed, own, submission, question)
            except OutOfTime:
                session.notes.append("looking for the causes took too long; some wrong answers have none")
                break
            if diagnosis is not None:
                found[question] = diagnosis
        return found

    def _of_question(
        self, bank: Bank, failed: list[TestRun], own: list[TestRun], submission: _Submission, question: str
    ) -> Diagnosis | None:
        session, clock = submission.session, submission.clock
        told = failed[0].code
        if told == "raises" and keeps_state(session, failed[0], clock):
            return Diagnosis("kept-state", None, _sentence(KINDS["kept-state"]))
        if told in _TOLD:
            return self._told(failed[0], told)
        if told in KINDS and told not in _CONTRACT:
            # the test's author has put the question so that this answer proves it
            return self._told(failed[0], told)
        evidence = Evidence(bank, failed, [run.test for run in own if run.outcome == "passed"], clock)
        causes = [_with_names(cause, failed) for cause in evidence.causes()]
        if not causes and told not in KINDS:
            code = trial(session, failed[0], evidence, clock)
            if code:
                return Diagnosis(code, None, _sentence(KINDS[code]))
        if causes:
            return self._named(causes, evidence, submission, question)
        if told in KINDS:
            return self._told(failed[0], told)
        return None

    def _told(self, run: TestRun, code: str) -> Diagnosis:
        return Diagnosis(code, run.tensor or None, _sentence(KINDS[code]) if code in KINDS else run.message)

    def _named(self, causes: list[Cause], evidence: Evidence, submission: _Submission, question: str) -> Diagnosis:
        first, named = causes[0], submission.named
        where = self._where(first, submission.lines)
        labels = _listed(first.labels)
        if self.level == "where":
            text = f"look at {labels or 'the first wrong value'}{where}"
        elif first.factor is not None and first.mutants:
            text = f"two mistakes: {KINDS[first.code]}{where}; and {first.factor.text}"
        elif first.factor is not None:
            text = _factor_sentence(first, labels)
        else:
            text = f"{labels}: {KINDS[first.code]}" if labels else KINDS[first.code]
            text += where
        if self.level != "where":
            others = [cause for cause in causes[1:] if first.factor is None]
            if first.code not in _BROAD:
                others = [cause for cause in others if cause.code not in _BROAD]
            others = others[: _MOST_ALTERNATIVES - 1]
            if others:
                text += "; or: " + "; or: ".join(KINDS[cause.code] for cause in others)
        earlier = next((named[key] for key in _keys(first) if key in named), "")
        if earlier:
            text = f"this follows from {earlier}: mend that first ({text})"
        elif len(first.labels) > 1 and set(first.labels) == set(evidence.labels):
            text += f"; {labels} all follow from this one mistake"
        for key in _keys(first):
            named.setdefault(key, question)
        if self.level in ("value", "lecture") and first.mutants:
            mutant = first.mutants[0]
            text += f". What you computed has `{different(mutant.before, mutant.after)}` where something else belongs"
        if self.level == "lecture" and question in self._assignment.lectures:
            text += f". Read again: {self._assignment.lectures[question]}"
        return Diagnosis(first.code, first.labels[0] if first.labels and first.labels[0] else None, _sentence(text))

    def _where(self, cause: Cause, lines: Lines) -> str:
        """`, in backward, line 12 of your file`, as far as it can be told."""
        if not cause.mutants:
            return ""
        mutant = cause.mutants[0]
        line = lines.place(mutant.function, mutant.after or mutant.before)
        return f", in {mutant.function}" + (f" ({line})" if line else "")


def _with_names(cause: Cause, failed: list[TestRun]) -> Cause:
    """A cause whose one item without a key is called as the test calls it, such as `losses`."""
    unnamed = [label for label in cause.labels if label.startswith("value ")]
    names = {run.tensor for run in failed if run.tensor and "[" not in run.tensor}
    if len(unnamed) != 1 or len(names) != 1 or names & set(cause.labels):
        return cause
    (name,) = names
    return replace(cause, labels=tuple(name if label in unnamed else label for label in cause.labels))


def _keys(cause: Cause) -> list[tuple[str, int]]:
    return [(mutant.function, hash(mutant.source)) for mutant in cause.mutants]


def _listed(labels: tuple[str, ...]) -> str:
    names = [label for label in labels if label]
    return ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1] if names else ""


def _factor_sentence(cause: Cause, labels: str) -> str:
    factor = cause.factor
    if factor is None:
        return ""
    value = factor.value
    subject = f"{labels} {'are' if len(cause.labels) > 1 else 'is'}" if labels else "your value is"
    size = abs(value)
    turned = "of the opposite sign" if value < 0 else ""
    much = f"{size:.4g} times too large" if size > 1 else f"{1 / size:.4g} times too small"
    scale = "" if abs(size - 1) < 1e-3 else much
    return f"{subject} {' and '.join(filter(None, [turned, scale]))}: {factor.text}"


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


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
