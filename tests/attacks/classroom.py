"""A class in which every second submission is an attacker: graded by two workers, recorded, written out, read back.

Before, beside and after each attacker there are honest submissions, right ones and wrong ones. Each must get what it
got in a class without attackers: the same result, the same page, to the byte. The grader's own memory, processor time
and descriptors are measured on the way, and at the end nothing may be left of anybody.
"""

from __future__ import annotations

import csv
import difflib
import json
import os
import re
import shutil
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import psutil

from autograder.assignment.definition import Assignment
from autograder.carrying.carrier import Carrier
from autograder.cli.commands.grade import grade_folder, write_all
from autograder.defaults import DEFAULT_SEED
from autograder.engine.classes import LocalGraders, Plan, grade_class
from autograder.isolation.sandbox.linux import bytes_of, children_of
from autograder.isolation.settings import SandboxPolicy
from autograder.isolation.host.choice import Template, new_template
from autograder.explain.diagnosis.explainer import Explainer
from autograder.explain.mutation.bank import Bank
from autograder.explain.mutation.kept import keep
from autograder.marks.rules import Rules
from autograder.records.gradebook import Gradebook
from autograder.records.listing import Listing, basis_of
from autograder.records.names import file_names
from autograder.facts.result import Result
from autograder.handin.submissions import HandedIn, Submission, find_submissions
from tests.attacks.measures import Meter
from tests.attacks.stage import SEED, Listeners, Outcome, Stage, as_text, judge_result

WORKERS = 2
# beyond its own limits, a hostile submission costs the class no more: comparing, judging again, explaining, ending it
SECONDS_MORE = 20.0
# of the grader and each worker, and of each keeper beyond what it shares with its template
MEGABYTES = 400
KEEPER_SHARE = 0.4


def fight_as_class(name: str, attackers: list[Path], bank: Bank) -> Iterator[Outcome | dict[str, object]]:
    """Grades the class; gives each attacker's outcome, and at the end what became of everybody else.

    Args:
        name: The assignment.
        attackers: Hostile submissions; those of a team, `team_x_a` and `team_x_b`, are graded side by side.
        bank: The assignment's mistakes.
    """
    stage, listeners = Stage(name), Listeners()
    assignment = Assignment.load(stage.assignment)
    template = new_template(assignment.framework, warm=True)
    plan = Plan(assignment, SEED, "cpu", SandboxPolicy.named("strict", hidden=(str(stage.folder),)), Explainer, Carrier)
    keep(bank, assignment, DEFAULT_SEED)
    expected = _alone(plan, stage, template)
    cases = _seated(stage, attackers)
    handed_in = find_submissions(stage.submissions, assignment.submission)
    seats = {submission.student: submission for submission in handed_in.submissions}
    submissions = [seats[student] for student in cases]
    time.sleep(0.5)
    room = _Room(stage, listeners, template._process.pid, list(cases))
    outcomes: dict[str, Outcome] = {}
    # as `grade` makes it, which is to find everything graded afterwards
    seated = HandedIn("folder", submissions)
    listing = Listing(seated, basis_of(assignment, SEED, "cpu", "strict"), Rules(assignment.due))
    with Gradebook(stage.grades / "gradebook.sqlite") as gradebook:
        gradebook.claim(assignment)
        gradebook.begin(listing)
        for graded in grade_class(plan, submissions, LocalGraders(template, WORKERS)):
            for done in listing.done(graded):
                gradebook.record(done.result, done.print, done.entry)
            case = cases[graded.submission.student]
            if case in attackers:
                outcome = Outcome(case.stem, graded.result.status, seconds=round(graded.result.seconds, 2))
                judge_result(outcome, graded.result, assignment.limits.seconds_per_submission + SECONDS_MORE, stage)
                outcomes[graded.submission.student] = outcome
            room.look(graded.submission.student)
        results = list(gradebook.results())
    room.meter.stop()
    write_all(results, stage.grades, assignment.title)
    template.close()
    for what, detail, suspects in room.events:
        for student in suspects:
            if student in outcomes:
                outcomes[student].note(what, f"{detail} (or another of {', '.join(suspects)})")
    for result in results:
        if result.student in outcomes:
            for problem in _unreadable_files(result, stage.grades):
                outcomes[result.student].note("exhausts", problem)
    harmed = _harmed(results, cases, expected, stage)
    # what an instructor does next: the same command again, which finds everything graded
    grade_folder(assignment, handed_in, stage.grades, WORKERS, "cpu", SEED, sandbox="strict")
    yield from outcomes.values()
    yield {"harmed": harmed, "sandbox": results[0].sandbox, "leftover": room.leftover(), "measured": room.measured()}
    shutil.rmtree(stage.folder, ignore_errors=True)


def _alone(plan: Plan, stage: Stage, template: Template) -> dict[str, tuple[str, str]]:
    """Result and page of each honest case in a class of the honest alone."""
    paths = stage.honest()
    submissions = [Submission(path.stem, stage.hand_in(path)) for path in paths]
    listing = Listing(HandedIn("folder", submissions), "")
    results = [done.result for graded in grade_class(plan, submissions, LocalGraders(template, 1)) for done in listing.done(graded)]
    folder = stage.folder / "honest"
    write_all(results, folder, plan.assignment.title)
    for path in paths:
        (stage.submissions / path.name).unlink()
    return {result.student: (as_text(result), _page(folder, result)) for result in results}


def _seated(stage: Stage, attackers: list[Path]) -> dict[str, Path]:
    """The class in the order of grading, under names that sort in it: student to case.

    Every attacker has an honest neighbour before and after; a team sits side by side.
    """
    kind = stage.honest()
    order: list[Path] = list(kind)
    for number, attacker in enumerate(attackers):
        if not attacker.stem.endswith("_b"):
            order.append(kind[number % len(kind)])
        order.append(attacker)
    order += kind
    seated = {f"{number:04d}-{case.stem}": case for number, case in enumerate(order)}
    for student, case in seated.items():
        stage.hand_in(case, student)
    return seated


class _Room:
    """Looks around after each submission: who is still there, what has changed, who was heard.

    With two workers another submission is under way at that moment: its own processes are none of this one's doing. It
    is known which ones are under way, because they are handed out in order.
    """

    def __init__(self, stage: Stage, listeners: Listeners, template: int, students: list[str]) -> None:
        self._stage = stage
        self._listeners = listeners
        self._students = students
        self._begun = dict.fromkeys(students[:WORKERS], time.time())
        self._next = WORKERS
        self._just_ended: list[str] = []
        self._files = stage.snapshot()
        self.events: list[tuple[str, str, list[str]]] = []
        self.meter = Meter(template)
        self._trusted = {os.getpid(), template}

    def look(self, student: str) -> None:
        """Notes what there is to see when a submission has been graded."""
        suspects = [*self._begun, *self._just_ended[-2:]]
        self._begun.pop(student, None)
        self._just_ended.append(student)
        if self._next < len(self._students):
            self._begun[self._students[self._next]] = time.time()
            self._next += 1
        for heard in sorted(set(self._listeners.heard)):
            self.events.append(("reaches", heard, suspects))
        self._listeners.heard.clear()
        now = self._stage.snapshot()
        for path in sorted(self._files.keys() | now.keys()):
            if self._files.get(path) != now.get(path):
                self.events.append(("changes", path, suspects))
        self._files = now
        oldest = min(self._begun.values(), default=time.time())
        for process in self._others():
            # all that is under way began later: whose this is has had its verdict
            if process.create_time() < oldest - 1.0:
                self.events.append(("stays", repr(process), suspects))
                process.kill()

    def _others(self) -> list[psutil.Process]:
        """Processes that are neither the grader nor a worker nor the template nor the reference's."""
        trusted = self._trusted | set(children_of(os.getpid()))
        found = []
        for process in psutil.process_iter(["create_time"]):
            try:
                if (
                    process.pid not in trusted
                    and process.status() != psutil.STATUS_ZOMBIE
                    and self._is_guarded(process)
                ):
                    found.append(process)
            except psutil.Error:
                continue
        return found

    @staticmethod
    def _is_guarded(process: psutil.Process) -> bool:
        """Whether a process runs a submission: unlike a keeper or a reference, it has a filter of system calls."""
        try:
            return b"\nSeccomp:\t2" in bytes_of(f"/proc/{process.pid}/status")
        except OSError:
            return False

    def leftover(self) -> list[str]:
        """What is there when all is done and was not before."""
        deadline = time.monotonic() + 3
        while self._others() and time.monotonic() < deadline:
            time.sleep(0.05)
        found = [repr(process) for process in self._others()]
        found += [
            str(path) for path in Path("/tmp").glob("autograder-*") if path.is_dir() and path != self._stage.folder
        ]
        found += [
            f"a lease or lock: {line}" for line in Path("/proc/locks").read_text().splitlines() if "LEASE" in line
        ]
        found += [f"a control group: {path}" for path in Path("/sys/fs/cgroup").glob("**/autograder-student-*")]
        return found

    def measured(self) -> dict[str, float]:
        """The grader's own figures."""
        return {
            "grader MB": round(self.meter.grader_mb),
            "keeper MB": round(self.meter.keeper_mb),
            "keeper share of a core": round(self.meter.keeper_share, 3),
            "open files more": self.meter.more_descriptors,
        }


def _page(folder: Path, result: Result) -> str:
    """A student's page as it must be whoever else is graded: without names, times and dates."""
    page = (folder / "report" / f"{file_names([result.student])[result.student]}.html").read_text("utf-8")
    page = page.replace(result.student, "STUDENT")
    page = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d [+-]\d{4}", "DATE", page)
    return re.sub(r"\d+(\.\d+)? s\b", "TIME", page)


def _harmed(
    results: list[Result], cases: dict[str, Path], expected: dict[str, tuple[str, str]], stage: Stage
) -> dict[str, str]:
    """Honest submissions whose result or page is another than among the honest alone."""
    found = {}
    with (stage.grades / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    for result in results:
        case = cases[result.student].stem
        if case not in expected:
            continue
        text, page = expected[case]
        now = as_text(result).replace(result.student, case)
        stored = json.loads((stage.grades / "results" / f"{result.student}.json").read_text("utf-8"))
        if now != text:
            changed = difflib.unified_diff(text.splitlines(), now.splitlines(), "alone", "in class", n=0, lineterm="")
            found[result.student] = "its result is another:\n" + "\n".join(changed)
        elif _page(stage.grades, result) != page:
            found[result.student] = "its page is another"
        elif stored["score"] != result.score or float(rows[result.student]["score"]) != result.score:
            found[result.student] = "its file or its row is another"
    missing = [student for student, case in cases.items() if case.stem in expected and student not in rows]
    return found | dict.fromkeys(missing, "it has no row")


def _unreadable_files(result: Result, folder: Path) -> list[str]:
    """What of a result cannot be read back from what was written of it."""
    found = []
    try:
        json.loads((folder / "results" / f"{result.student}.json").read_text("utf-8"), parse_constant=_refuse)
    except (OSError, ValueError) as error:
        found.append(f"its JSON cannot be read: {error}")
    try:
        parser = HTMLParser()
        parser.feed((folder / "report" / f"{result.student}.html").read_text("utf-8"))
        parser.close()
    except (OSError, ValueError, AssertionError) as error:
        found.append(f"its page cannot be read: {error}")
    return found


def _refuse(text: str) -> None:
    raise ValueError(f"{text} is no number of JSON")
