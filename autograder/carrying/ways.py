"""The ways in which an assignment may be answered: the solution's, and right answers that build on other functions.

The solution's `train_step` opens a tape of its own; a student's may ask their own `gradients`. Where that is wrong, the
step can be judged without it only beside a step that asks for gradients as well. Such answers lie in the assignment's
folder `rewrites`, where `autograder try` looks at whether they are right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from autograder.assignment.definition import Assignment
from autograder.carrying.parts import Parts
from autograder.explain.mutation.mutants import with_change

_FUTURE = re.compile(r"^from __future__ import .*$", re.MULTILINE)


@dataclass(frozen=True)
class Way:
    """One way to answer all questions.

    Attributes:
        name: The file's, or "" for the solution.
        text: The solution, and below it what is written otherwise.
        parts: Which function builds on which.
    """

    name: str
    text: str
    parts: Parts


def ways_of(assignment: Assignment) -> tuple[Way, ...]:
    """The solution, and of the assignment's rewrites each that builds on what none before it does.

    What is no Python is none of them: `autograder try` tells.
    """
    solution = assignment.solution.read_text("utf-8")
    found = [Way("", solution, Parts.of(solution))]
    for path in assignment.rewrites:
        text = with_change(solution, _FUTURE.sub("", path.read_text("utf-8", errors="replace").lstrip("\ufeff")))
        try:
            compile(text, path.name, "exec")
        except (SyntaxError, ValueError):
            continue
        way = Way(path.name, text, Parts.of(text))
        if any(
            not any(names <= one.parts.groundwork[function] for one in found)
            for function, names in way.parts.groundwork.items()
        ):
            found.append(way)
    return tuple(found)
