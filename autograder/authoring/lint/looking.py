"""Looking at an assignment before anything of it runs."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.assignment.definition import Assignment
from autograder.authoring.lint.findings import Findings
from autograder.authoring.lint.handout import look_at_handout
from autograder.authoring.lint.inputs import look_at_inputs
from autograder.authoring.lint.settings import look_at_hints, look_at_operators, look_at_settings
from autograder.authoring.lint.solution import Outline, outline_of
from autograder.authoring.lint.tests import look_at_files, look_at_questions
from autograder.authoring.lint.watching import Watcher
from autograder.engine.suite import Suite
from autograder.errors import Gathered


@dataclass(frozen=True)
class Looked:
    """An assignment whose parts can be read.

    Attributes:
        outline: What its solution says of its questions.
        suite: Its tests, the public ones first.
    """

    outline: Outline
    suite: Suite


def look_at(assignment: Assignment, watcher: Watcher, findings: Findings) -> Looked | None:
    """Notes what shows without running anything; None where solution or tests cannot be read."""
    outline = outline_of(assignment, findings)
    are_text = look_at_files(assignment, findings)
    look_at_inputs(assignment, findings)
    look_at_handout(assignment, findings)
    look_at_operators(assignment, outline.text if outline is not None else "", findings)
    suite, gathered = None, Gathered()
    with gathered:
        if are_text:
            suite = Suite(assignment, watcher=watcher)
    findings.mistakes += gathered.lines
    for place, other in watcher.twice.items():
        findings.wrong(place, f"a test of this name stands in {other} as well; rename one")
    if outline is None or not outline.is_whole:
        return None
    tests = suite.tests if suite is not None else []
    questions = dict.fromkeys([*outline.asked, *(test.question.id for test in tests)])
    look_at_settings(assignment, questions, outline.functions, findings)
    look_at_hints(assignment, questions, findings)
    if suite is None:
        return None
    look_at_questions(assignment, tests, watcher, outline, findings)
    return Looked(outline, suite)
