"""What explaining adds to grading: wrong submissions with and without it, in turn, and a right one.

`python tests/benchmarks/explaining.py [NAME]`; with `04_tape_net` it takes a few minutes.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from autograder.assignment.definition import find_assignment
from autograder.cli.banks import bank_of
from autograder.defaults import DEFAULT_SEED
from autograder.engine.grader import Grader
from autograder.engine.reference import ReferenceStore
from autograder.explain.diagnosis.explainer import Explainer
from autograder.handin.submissions import Submission
from autograder.isolation.host.choice import new_template

STRANGERS = Path(__file__).parents[1] / "strangers"


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main(name: str = "03_numpy_net") -> None:
    """Prints the medians of the pairs."""
    assignment = find_assignment(name)
    template = new_template(assignment.framework)
    control = template.control()  # type: ignore[union-attr]
    store = ReferenceStore(assignment, control, DEFAULT_SEED)
    explainer = Explainer(assignment, DEFAULT_SEED, lambda: bank_of(assignment, template, DEFAULT_SEED))
    plain, telling = (Grader(assignment, control, explainer=one, store=store) for one in (None, explainer))
    try:
        paths = sorted((STRANGERS / name).glob("*.py"))
        telling.grade(Submission("first", paths[0]))  # reads the bank
        pairs = []
        for path in [*paths, *[assignment.solution] * 5]:
            one = Submission(path.stem, path)
            pairs.append([seconds(partial(grader.grade, one)) for grader in (plain, telling)])
        for what, found in (("wrong", pairs[:-5]), ("right", pairs[-5:])):
            added = [after - before for before, after in found]
            print(
                f"{what}: {statistics.median(pair[0] for pair in found):.2f} s without, explaining adds "
                f"{statistics.median(added):.2f} s (median), {max(added):.2f} s at most"
            )
    finally:
        telling.close()
        control.close()
        template.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
