"""A wrong loss or a wrong backward pass? The numeric derivative of the submission's own loss tells."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.assertions.compare import number_of
from autograder.assignment.fixtures import Fixture as Problem
from autograder.assignment.questions import CheckFailed
from autograder.engine.observed import Notebook
from autograder.engine.proxies import StudentFunction
from autograder.wire import Variable
from autograder.wire.trees import array_of

_STEP = 1e-5
_CLOSE = 1e-6
# gradients that were computed in float32 beside a loss in float64
_CLOSE_SINGLE = 1e-3
# what lies beyond has no derivative that could be measured: it is infinite, and infinity equals itself
_LARGEST = 1e150

OwnLoss = Callable[[Problem], Any]


def derives_own_loss(student: StudentFunction, gradients: Any, one: Problem, loss: OwnLoss) -> bool:
    """Whether gradients are those of the submission's own loss, along a random direction for each parameter.

    Args:
        student: The function that returned them.
        gradients: What it returned.
        one: The problem that it was given.
        loss: The submission's loss of a problem, through its own functions.
    """
    session = student.session
    # evidence of this question is what the test itself asked for
    evidence, session.observed = session.observed, Notebook()
    try:
        return _agrees(gradients, one.widened(), loss)
    except CheckFailed:
        return False
    finally:
        session.observed = evidence


def _agrees(gradients: Any, one: Problem, loss: OwnLoss) -> bool:
    params = one.params
    if type(gradients) is not dict or gradients.keys() != params.keys():
        return False
    rng = one.rng("own loss")
    for name, value in params.items():
        exact, came = array_of(value), array_of(gradients[name])
        if not isinstance(came, np.ndarray) or came.shape != exact.shape or came.dtype.kind != "f":
            return False
        single = came.dtype != np.float64
        came = came.astype(np.float64)
        if not (np.abs(came) < _LARGEST).all():
            return False
        direction = rng.normal(size=exact.shape)
        ends = []
        for sign in (1, -1):
            moved = exact + sign * _STEP * direction
            nudged = Variable(moved) if type(value) is Variable else moved
            found = number_of(loss(one.extended(params={**params, name: nudged})))
            if found is None or not abs(found) < _LARGEST:
                return False
            ends.append(found)
        numeric = (ends[0] - ends[1]) / (2 * _STEP)
        analytic = float(np.sum(direction * came))
        close = _CLOSE_SINGLE if single else _CLOSE
        scale = abs(numeric) + abs(analytic)
        if not scale or not abs(numeric - analytic) <= close * scale:
            return False
    return True
