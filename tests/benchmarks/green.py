"""What a green check is worth: the labelled mistakes that pass all public tests of their question, and what each costs.

    python tests/benchmarks/green.py 03_numpy_net 04_tape_net 10_search --without 10.7 10.8

A line for each mistake that passes publicly or costs less than half of its question, then the figures. `--seed` takes
another run's inputs, `--all` prints a line for every mistake.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from autograder.assignment.definition import find_assignment
from autograder.authoring.tables import Case, read_table
from autograder.defaults import DEFAULT_SEED
from autograder.engine.reference import ReferenceStore
from autograder.engine.runs import TestRun
from autograder.engine.session import Session
from autograder.engine.setup import Setup
from autograder.engine.suite import Suite
from autograder.handin.sources import Source
from autograder.isolation.host.choice import new_template
from autograder.isolation.host.users import student_user
from autograder.isolation.settings import Limits

TABLES = Path(__file__).parents[1] / "mistakes"


@dataclass(frozen=True)
class Cost:
    """What came of one mistake in its own question."""

    case: Case
    runs: list[TestRun]

    @property
    def passes_publicly(self) -> bool:
        """Whether the student's own check is green."""
        public = [run for run in self.runs if not run.of.is_hidden]
        return all(run.outcome == "passed" for run in public)

    @property
    def lost(self) -> float:
        """The part of the question's points that is lost."""
        points = [run.of.question.points for run in self.runs]
        return 1 - sum(point * run.share for point, run in zip(points, self.runs, strict=True)) / sum(points)

    @property
    def line(self) -> str:
        """What a person reads of it."""
        tests = " ".join(f"{run.test.removeprefix('test_')}={run.share:.2g}" for run in self.runs)
        sign = "public" if self.passes_publicly else ""
        tests = f"{tests}; {self.case.facts.get('cause', '')}"
        return f"{self.case.question:6}{self.lost:5.0%} {sign:7}{self.case.name}  ({tests}): {self.case.sentence}"


def costs_of(name: str, seed: int, without: Iterable[str], only: Iterable[str]) -> Iterable[Cost]:
    """Runs every labelled mistake of an assignment in its own question."""
    assignment = find_assignment(name)
    template = new_template(assignment.framework, warm=True)
    try:
        spawner = template.control()
        store = ReferenceStore(assignment, spawner, seed)
        suite = Suite(assignment)
        solution = assignment.solution.read_text("utf-8")
        for case in read_table(TABLES / f"{name}.txt"):
            if case.question in without or (only and case.question not in only):
                continue
            source = Source([{"name": assignment.submission, "text": f"{solution}\n\n{case.text}"}])
            session = Session(
                Setup(
                    spawner,
                    source,
                    Limits(60.0, 600.0, 4000),
                    seed,
                    user=student_user(),
                    data=assignment.data,
                    without=assignment.without,
                    forbidden=suite.forbidden,
                )
            )
            try:
                wanted = suite.named((case.question,))
                yield Cost(case, suite.run(session, store, wanted.__contains__))
            finally:
                session.close()
        store.close()
    finally:
        template.close()


def main() -> None:
    """Prints the lines and the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("assignments", nargs="+")
    parser.add_argument("--without", nargs="*", default=[])
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument("--all", action="store_true")
    chosen = parser.parse_args()
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    for name in chosen.assignments:
        count = public = dear = little = 0
        for cost in costs_of(name, chosen.seed, chosen.without, chosen.only):
            count += 1
            public += cost.passes_publicly
            dear += cost.passes_publicly and cost.lost >= 0.5
            little += cost.lost < 0.5
            if chosen.all or cost.passes_publicly or cost.lost < 0.5:
                print(cost.line, flush=True)
        print(
            f"{name}: {public} of {count} labelled mistakes pass the public tests of their question, {dear} of these "
            f"cost half of it or more; {little} of all cost less than half",
            flush=True,
        )


if __name__ == "__main__":
    main()
