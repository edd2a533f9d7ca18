"""Grades the one submission that Gradescope has laid out: `python -m autograder.exporting.at_gradescope.grading ROOT`.

Reference: https://gradescope-autograders.readthedocs.io/en/latest/specs/, "File hierarchy": the archive is unpacked in
`/autograder/source`, what the student handed in lies in `/autograder/submission`, and Gradescope reads
`/autograder/results/results.json`.
"""

from __future__ import annotations

import json
import secrets
import sys
from pathlib import Path

from autograder.assignment.definition import Assignment, find_assignment
from autograder.carrying.carrier import Carrier
from autograder.engine.classes import LocalGraders, Plan, grade_class
from autograder.errors import UsageError
from autograder.explain.diagnosis.explainer import Explainer
from autograder.exporting.gradescope import results_json
from autograder.facts.result import Result
from autograder.files import write_atomic
from autograder.handin.submissions import Submission, one_submission
from autograder.isolation.host.choice import new_template
from autograder.isolation.settings import SandboxPolicy


def grade_here(root: Path, settings: Path) -> Path:
    """Grades `ROOT/submission` by all tests and writes `ROOT/results/results.json`.

    Raises:
        UsageError: When the assignment or this machine is broken: nothing is written then.
    """
    wanted = json.loads(settings.read_text("utf-8"))
    assignment = find_assignment(wanted["assignment"])
    submission = one_submission(root / "submission", assignment.submission, assignment.starter())
    result = _graded(assignment, submission, root)
    text = results_json(result, wanted["hidden"], wanted["leaderboard"])
    return write_atomic(root / "results" / "results.json", text)


def _graded(assignment: Assignment, submission: Submission, root: Path) -> Result:
    # of earlier attempts and of others nothing is to be seen, and nothing of what is graded with
    private = (root / "source" / "assignments", root / "source" / "cache", root / "results")
    policy = SandboxPolicy.named("auto", hidden=tuple(map(str, private)))
    plan = Plan(assignment, secrets.randbelow(2**31), "cpu", policy, Explainer, Carrier)
    template = new_template(assignment.framework, warm=True)
    try:
        (graded,) = grade_class(plan, [submission], LocalGraders(template, 1))
    finally:
        template.close()
    if not graded.final:
        raise UsageError(f"this submission could not be graded: {graded.result.message}")
    return graded.result


def main(arguments: list[str]) -> int:
    """Grades, and tells the instructor in one line what is wrong where that cannot be done."""
    try:
        grade_here(Path(arguments[0]), Path(arguments[1]))
    except (UsageError, OSError) as error:
        print(f"autograder: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
