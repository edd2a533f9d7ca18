"""What one mistake costs in its own question and in all others, with and without carrying: every labelled mistake.

`python tests/benchmarks/fairness.py [NAME [FROM TO]]`; with `04_tape_net` it takes a quarter of an hour. A line each
for what is lost elsewhere, then the means. With `strangers` before the name the submissions of `tests/strangers` are
graded as they came: elsewhere are the questions in which a judge found no mistake.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from autograder.assignment.definition import Assignment, find_assignment
from autograder.carrying.carrier import Carrier
from autograder.cli.banks import bank_of
from autograder.defaults import DEFAULT_SEED
from autograder.engine.grader import Grader
from autograder.engine.reference import ReferenceStore
from autograder.handin.submissions import Submission
from autograder.isolation.host.choice import new_template

TESTS = Path(__file__).parents[1]
sys.path.insert(0, str(TESTS.parent))

from autograder.authoring.tables import read_table  # noqa: E402
from tests.grading.test_strangers import read  # noqa: E402


def of_name(name: str) -> Assignment:
    """One of ours, or a foreign one."""
    foreign = TESTS / "explain" / "foreign" / name
    return Assignment.load(foreign) if foreign.is_dir() else find_assignment(name)


def submissions(name: str, solution: str, are_strangers: bool) -> Iterator[tuple[str, set[str], str]]:
    """Name, mistaken questions and text of each."""
    if are_strangers:
        for one in read(name):
            mistaken = {question for question, told in one.told.items() if told.kinds != {"follows"}}
            yield one.name, mistaken, one.path.read_text("utf-8")
    else:
        for case in read_table(TESTS / "mistakes" / f"{name}.txt"):
            yield case.name, {case.question}, f"{solution}\n\n{case.code}"


def main(*arguments: str) -> None:
    """Prints what is lost elsewhere."""
    are_strangers = arguments[:1] == ("strangers",)
    name, first, last = (*arguments[are_strangers:], *("03_numpy_net", "0", "")[len(arguments) - are_strangers :])
    assignment = of_name(name)
    template = new_template(assignment.framework, warm=True)
    control = template.control()  # type: ignore[union-attr]
    store = ReferenceStore(assignment, control, DEFAULT_SEED)
    carrier = Carrier(assignment, lambda: bank_of(assignment, template, DEFAULT_SEED))
    grader = Grader(assignment, control, carrier=carrier, store=store)
    solution = assignment.solution.read_text("utf-8")
    cases = list(submissions(name, solution, are_strangers))[int(first) : int(last) if last else None]
    own, elsewhere, alone, added = [], [], [], []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "submission.py"
        for title, questions, text in cases:
            path.write_text(text, "utf-8")
            rows = grader.grade(Submission("submission", path)).result.questions
            here = [row for row in rows if row.id in questions]
            others = [row for row in rows if row.id not in questions]
            own.append(sum(row.max_points - row.points for row in here) / max(1.0, sum(row.max_points for row in here)))
            elsewhere.append(sum(row.max_points - row.points for row in others))
            alone.append(sum(row.max_points - row.points + row.carried for row in others))
            added.append(sum(row.carried for row in here))
            if elsewhere[-1] > 0 or added[-1] > 0 or own[-1] < 0.5:
                lost = ", ".join(
                    f"{row.id} {row.max_points - row.points:g}" for row in others if row.points < row.max_points
                )
                why = " ".join(row.message.splitlines()[-1] for row in others if row.points < row.max_points)
                where = f"{title} ({', '.join(sorted(questions))})"
                print(f"{where}: {own[-1]:.0%} of its own, elsewhere {lost or 'nothing'}. {why}", flush=True)
    grader.close()
    control.close()
    template.close()
    print(
        f"{name}: {len(cases)} mistakes cost {statistics.fmean(elsewhere):.2f} points outside of their question "
        f"(without carrying {statistics.fmean(alone):.2f}), {sum(one > 0 for one in elsewhere)} of them anything; "
        f"in their own question {statistics.fmean(own):.0%}; {sum(one > 0 for one in added)} are carried where they are"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
