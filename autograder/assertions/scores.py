"""Metrics that cannot be faked: the submission predicts, the grader scores; what it reports is computed again.

Labels that are held out stay in the grader: they are given to a function that runs there, after the predictions came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import numpy as np

from autograder.assertions.compare import Difference, compare, form_of, number_of
from autograder.assertions.failure import CheckFailed
from autograder.facts.fact import Fact
from autograder.wire.trees import array_of

# who looks on while an assignment is built: what is held out must not lie beside its labels in an installed package
_WATCHING: ContextVar[Callable[[Any, np.ndarray], None] | None] = ContextVar("watching", default=None)


@contextmanager
def watching_held_out(watching: Callable[[Any, np.ndarray], None]) -> Iterator[None]:
    """Meanwhile inputs and labels of every held-out score are shown to somebody."""
    token = _WATCHING.set(watching)
    try:
        yield
    finally:
        _WATCHING.reset(token)


def held_out_score(
    predict: Callable[..., Any], X: Any, labels: np.ndarray, metric: Callable[[np.ndarray, np.ndarray], float]
) -> float:
    """The metric of a submission's predictions, computed by the grader.

    Args:
        predict: `student.predict`, or a model that the submission returned. It is given the inputs and nothing else.
        X: Inputs that it has not seen, M examples.
        labels: What is true of them, shape (M, ...). They never leave the grader.
        metric: `metric(labels, predictions)`; plain NumPy.

    Returns:
        The metric, for `assert_metric`.

    Raises:
        CheckFailed: When the predictions are no array of M finite numbers or rows.

    Example:

    >>> accuracy = lambda labels, scores: float(np.mean(scores.argmax(1) == labels))
    >>> held_out_score(lambda X: np.eye(3)[[0, 1, 1]], np.zeros((3, 2)), np.array([0, 1, 2]), accuracy)
    0.6666666666666666
    """
    watching = _WATCHING.get()
    if watching is not None:
        watching(X, labels)
    received = predict(X)
    predictions = array_of(received)
    if type(predictions) is not np.ndarray or predictions.ndim == 0:
        raise CheckFailed(Fact("no-predictions", values={"came": form_of(received)}))
    if len(predictions) != len(labels):
        raise CheckFailed(Fact("number-of-predictions", values={"came": len(predictions), "wanted": len(labels)}))
    if predictions.dtype.kind not in "buif" or not np.isfinite(predictions).all():
        raise CheckFailed(Fact("predictions-not-finite"))
    return float(metric(labels, predictions))


def assert_history(reported: Any, recomputed: Any, name: str = "the losses", single: bool = False) -> None:
    """Asserts that reported numbers are those that the returned parameters give.

    Args:
        reported: What the submission says, a number or one for each epoch.
        recomputed: The same, computed by the test from what else the submission returned.
        name: What it is called in messages.
        single: Whether the submission computes in float32.

    Raises:
        CheckFailed: When they differ.
    """
    expected = np.asarray(recomputed, np.float64)
    numbers = [number_of(item) for item in reported] if type(reported) in (list, tuple) else [None]
    received = reported if None in numbers else np.array(numbers, np.float64)
    for fact in compare(received, expected, expected, name, single).values():
        if fact:
            why = fact.plain if isinstance(fact, Difference) else fact
            raise CheckFailed(Fact("not-what-parameters-give", (name,), {"name": name, "why": why.on(name)}))


def assert_metric(name: str, received: Any, reference: float, within: float, higher_is_better: bool = True) -> None:
    """Asserts that a metric, computed by the grader or returned as a number, is about as good as the reference's.

    Args:
        name: What it is called, such as `held-out accuracy`.
        received: The submission's value.
        reference: The reference's value.
        within: How much worse it may be, in the metric's own unit.
        higher_is_better: Direction of the metric.

    Raises:
        CheckFailed: When it is worse than that, or not a finite number.
    """
    value = number_of(received)
    if value is None or not np.isfinite(value):
        raise CheckFailed(Fact("no-metric", values={"name": name, "came": form_of(received)}))
    worse = (reference - value) if higher_is_better else (value - reference)
    if worse > within:
        # the value and how much worse it is, taken together, are the reference's own value
        values = {"name": name, "value": value, "worse": worse, "allowed": within}
        raise CheckFailed(Fact("worse", (name,), values, measured=True))
