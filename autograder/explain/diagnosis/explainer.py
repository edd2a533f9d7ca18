"""Explains the wrong answers of one submission: what is proven is said, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from autograder.assignment.definition import Assignment
from autograder.engine.grader import Explained
from autograder.engine.runs import TestRun
from autograder.engine.session import Session
from autograder.explain.diagnosis.calls import Calls
from autograder.explain.diagnosis.causes import Causes
from autograder.explain.diagnosis.clock import Clock, OutOfTime
from autograder.explain.diagnosis.evidence import Evidence
from autograder.explain.diagnosis.groundwork import Groundwork
from autograder.explain.diagnosis.naming import Naming
from autograder.explain.diagnosis.other_numbers import OtherNumbers
from autograder.explain.diagnosis.places import Places
from autograder.explain.diagnosis.replay import Replay
from autograder.explain.diagnosis.trials import keeps_state, trial
from autograder.explain.diagnosis.without_bank import bank_of_recorded
from autograder.explain.mutation.bank import Bank
from autograder.explain.mutation.kept import cached
from autograder.explain.travelling.file import travelling_bank
from autograder.explain.travelling.sealing import Unfit
from autograder.facts.cause import Cause
from autograder.facts.fact import Fact
from autograder.facts.result import Diagnosis
from autograder.isolation.host.errors import raise_if_over
from autograder.words import because

# the form of a value, which numbers that are wrong do not change
_FORMS = ("shape", "dtype", "kind", "transpose")
# codes that a value's form tells, and for which the numbers in it may tell more
_CONTRACT = (*_FORMS, "not-finite", "missing-step", "disconnected", "unstable")
# what is right on the submission's own groundwork
_OF_OTHERS = ("follows", "own-loss")
# what is told of a value, and what its numbers then seem to tell
_ROUNDED = ("dtype", "zero")
_EXCEPTIONS = ("raises", "no-return", "not-implemented", "missing-name", "changes-argument")
# what Keras says of variables without gradients
_NO_GRADIENTS = "No gradients provided"
# for all wrong answers of one submission; an honest one takes a tenth of it
_SECONDS = 2.0


class Explainer:
    """Explains with the bank of an assignment, read when the first wrong answer asks for it.

    Args:
        assignment: The assignment.
        seed: What its bank is made for.
        learn: Gives a bank where none is kept.
        level: How much may be said; as much as the assignment's author says by default.
        seconds: How long the wrong answers of one submission may take, as a `Clock` counts.
    """

    def __init__(
        self,
        assignment: Assignment,
        seed: int,
        learn: Callable[[], Bank | None] = lambda: None,
        level: str = "",
        seconds: float = _SECONDS,
    ) -> None:
        self._assignment = assignment
        self.seed = seed
        self._seconds = seconds
        self._learn = learn
        self.level = level or assignment.help
        self._bank: Bank | None = None
        self._none: Fact | None = None
        self._replay = Replay(assignment)

    def _bank_for(self, runs: Sequence[TestRun], notes: list[Fact]) -> Bank:
        """The whole bank, or the one that travels, or what was recorded; that there is none is noted."""
        if self._bank is None and self._none is None:
            self._bank = cached(self._assignment, self.seed) or self._learn()
            try:
                self._bank = self._bank or travelling_bank(self._assignment)
            except Unfit as reason:
                self._none = reason.fact
        if self._bank is not None:
            return self._bank
        # a class is graded with the whole bank; where that could not be kept, its students cannot do anything about it
        if not any(run.of.is_hidden for run in runs):
            author = self._assignment.name if self._assignment.solution.is_file() else ""
            notes.append(Fact("without-bank", values={"why": self._none, "author": author}))
        return bank_of_recorded(self._assignment, runs, self.seed)

    def explain(self, runs: Sequence[TestRun], session: Session) -> Explained:
        """What is known of what went wrong."""
        found = Explained()
        wrong = dict.fromkeys(run.question for run in runs if run.is_wrong)
        if not wrong:
            return found
        # read here, or made where somebody is to make it: the submission's time begins afterwards
        bank = self._bank_for(runs, session.record.notes)
        one = _Submission(self._assignment, bank, self._replay, runs, session, self.level, self._seconds)
        for question in wrong:
            try:
                one.explain(question, found)
            except OutOfTime:
                session.record.notes.append(Fact("explaining-took-too-long"))
                break
            except Exception as error:
                # the marks are given already; what fails here costs this question its cause, and nothing else
                raise_if_over(error)
                note = Fact("no-cause-looked-for", values={"error": type(error).__name__})
                if note not in session.record.notes:
                    session.record.notes.append(note)
        return found

    def close(self) -> None:
        """Ends its process, if there was need of one."""
        self._replay.close()


class _Submission:
    """One submission on its way through the explainer."""

    def __init__(
        self,
        assignment: Assignment,
        bank: Bank,
        replay: Replay,
        runs: Sequence[TestRun],
        session: Session,
        level: str,
        seconds: float,
    ) -> None:
        self._assignment = assignment
        self._bank = bank
        self._replay = replay
        self._runs = runs
        self._session = session
        self._level = level
        self._clock = Clock(seconds)
        calls = self._calls = Calls(session.setup.source.parts, self._clock)
        self._groundwork = Groundwork(bank, runs, calls)
        self._places = Places(replay, session, self._clock, calls, self._groundwork.right)

    def explain(self, question: str, found: Explained) -> None:
        """Notes what is known of one question."""
        own = [run for run in self._runs if run.question == question]
        failed = [run for run in own if run.is_wrong]
        loaded = self._session.record.loaded
        if any(loaded.is_half_read(one.name) for run in failed for one in run.observed):
            # what was left out of its cell may be what is right, or the mistake
            return
        if self._groundwork.of(question):
            called = self._places.called(question, [one for run in failed for one in run.observed])
            if called is not None:
                self._groundwork.note_called(question, called)
        diagnosis = self._follows(question, failed)
        if diagnosis is None:
            diagnosis = self._of_question(question, own, failed, found)
        if diagnosis is not None:
            found.causes[question] = diagnosis
            if diagnosis.code in _OF_OTHERS:
                self._groundwork.leave_out(question)

    def _follows(self, question: str, failed: list[TestRun]) -> Diagnosis | None:
        """An exception that an earlier question has shown, or that comes of a function that it found wrong."""
        before = self._groundwork.of_exception(question, failed[0])
        return self._builds_on(before) if before else None

    def _off_the_tape(self, question: str, run: TestRun) -> Diagnosis | None:
        """Where the chain from the loss to the variables breaks, for gradients that are not there."""
        raised = next((fact for fact in run.facts if fact.code == "raises"), None)
        if run.code != "disconnected" and (raised is None or _NO_GRADIENTS not in str(raised.values.get("text"))):
            return None
        call = next((one for one in reversed(run.observed) if one.arguments), None)
        place = self._places.off_the_tape(question, call) if call is not None else None
        if place is None:
            return None
        earlier = self._groundwork.first_at(place, question)
        cause = Cause((), "off-the-tape", place=self._session.setup.source.with_cell(place), follows=earlier)
        return Diagnosis("off-the-tape", None, because(cause), (cause,))

    def _of_question(
        self, question: str, own: list[TestRun], failed: list[TestRun], found: Explained
    ) -> Diagnosis | None:
        told = failed[0].code
        off = self._off_the_tape(question, failed[0])
        if off is not None:
            return off
        if told == "raises" and keeps_state(self._session, failed[0], self._clock):
            return _diagnosis("kept-state")
        # the test's author has put the question so that an answer proves it, or the answer itself tells it
        plain = [run for run in failed if run.code and run.code not in _CONTRACT]
        numeric = [run for run in failed if run not in plain]
        passed = [run.test for run in own if run.outcome == "passed"]
        evidence = Evidence(self._bank, numeric, passed, self._clock, self._groundwork.trusted(question))
        seconds = {run.test: run.seconds for run in failed}
        other = OtherNumbers(self._replay, self._session, evidence, question, seconds)
        told_of = (self._assignment, self._level, self._session, self._places, self._groundwork)
        naming = Naming(*told_of, question, failed, evidence)
        before = self._groundwork.of(question)
        # of several tests the first tells its story, and another one only a cause
        told_by = [run for run in plain if run is failed[0] or run.code not in _EXCEPTIONS]
        stories = [_told(run) for run in told_by[:1]]
        if not stories or stories[0].code not in _OF_OTHERS:
            # whole numbers made of small ones are zero, which their dtype tells
            found_too = naming.diagnoses(Causes(evidence, other.confirm))
            if self._is_fixed(numeric) and not any(one.code == "zero" for one in found_too):
                # what explains the numbers does so by coincidence
                found_too = [_diagnosis("same-answer")]
            stories += [one for one in found_too if (told, one.code) != _ROUNDED and not _repeats(one, told)]
        follows = [cause.follows for one in stories for cause in one.causes]
        if stories and not (all(follows) and len(before) > 1):
            return _together(stories)
        if before and not (told in _FORMS and self._groundwork.keeps_form(before)):
            return self._builds_on(before)
        if told:
            return _told(failed[0])
        code = trial(self._session, failed[0], evidence, self._clock)
        if code:
            return _diagnosis(code)
        located = naming.located()
        if located is not None:
            found.located[question] = located
        return None

    def _is_fixed(self, runs: Sequence[TestRun]) -> bool:
        """Whether the functions that tests ask return the same whatever they are given."""
        asked = {one.name for run in runs for one in run.observed if not one.name.startswith(".")}
        return bool(asked) and all(map(self._calls.is_fixed, asked))

    def _builds_on(self, before: dict[str, str]) -> Diagnosis:
        """That a question uses functions which others found wrong: names by question."""
        cause = Cause(tuple(before.values()), follows=tuple(before))
        return Diagnosis("follows", None, because(cause), (cause,))


def _diagnosis(code: str) -> Diagnosis:
    cause = Cause((), code)
    return Diagnosis(code, None, because(cause), (cause,))


def _told(run: TestRun) -> Diagnosis:
    """What a check found out: its own line says it better than what is true of all mistakes of the kind."""
    told = (name for fact in run.facts if fact.code == run.code for name in fact.about)
    about = tuple(dict.fromkeys(told)) or ((run.tensor,) if run.tensor else ())
    cause = Cause(about, run.code)
    # that there is None tells nothing of the tape
    text = because(cause) if run.code == "disconnected" else ""
    return Diagnosis(run.code, about[0] if about else None, text, (cause,))


def _repeats(one: Diagnosis, told: str) -> bool:
    """Whether a diagnosis adds nothing to what a check has told: it is of the same kind, and knows no line."""
    return one.code == told and not any(cause.place is not None and cause.place.line for cause in one.causes)


def _together(found: Sequence[Diagnosis]) -> Diagnosis:
    """Several causes as one diagnosis, which begins with the first."""
    first = found[0]
    text = "\n".join(dict.fromkeys(one.text for one in found if one.text))
    return replace(first, text=text, causes=tuple(cause for one in found for cause in one.causes))
