"""A sweep of learning rates, seen from outside, and what would make schedules that are to be written."""

from __future__ import annotations

import numpy as np

from autograder.testing import CheckFailed, Remote, array_of, assert_array, check, number_of

READY = tuple(
    f"keras.optimizers.schedules.{name}.__call__"
    for name in ("ExponentialDecay", "PolynomialDecay", "InverseTimeDecay", "CosineDecay", "CosineDecayRestarts")
)


def loss_after(one, broken=None):
    """A function that gives the loss of a rate: a valley, whose lowest point is not in the middle.

    Args:
        one: The problem: the range is from `low` to `high`.
        broken: The loss of rates that are too large, and of the very smallest.
    """
    rates, losses = curve(one, broken)
    return interpolated(rates.tolist(), losses.tolist())


def curve(one, broken=None):
    """Some rates, and the loss of each."""
    rates = np.geomspace(one.low / 2, 2 * one.high, 301)
    where = np.log(rates / one.low) / np.log(one.high / one.low)
    # the lowest are below 0, and not those nearest to 0; above it where a NaN must not count as 0
    losses = (where - one.valley) ** 2 + (-0.04 if broken in (None, np.inf) else 0.1)
    if broken is not None:
        losses[(where > one.valley + 0.25) | (where < 0.02)] = broken
    return rates, losses


def interpolated(rates, losses):
    """A function that gives the loss of a rate, from those of some rates."""
    # a function of NumPy itself, which no description can hold
    interp = Remote("operator.attrgetter", "interp").then("__call__", Remote("importlib.import_module", "numpy"))
    return Remote("functools.partial", interp, xp=rates, fp=losses)


SWEEP = ("the best rate", "the rates")
# what trains, and keeps with which rates
TRAINING = (
    "type('Training', (), {'rates': [], '__call__': lambda self, rate: self.rates.append(float(rate)) or loss(rate)})()"
)


def assert_best(student, reference, one, broken=None, without_points=(), shown=False):
    """Asserts the best rate and all rates of a sweep.

    Args:
        student: The submission.
        reference: The reference.
        one: The problem.
        broken: As for `loss_after`.
        without_points: As for `assert_array`.
        shown: Whether the losses are told where the best rate alone is wrong.
    """
    given = loss_after(one, broken), one.low, one.high, one.count
    try:
        assert_array(student.lr_range, reference.lr_range, *given, names=SWEEP, without_points=without_points)
    except CheckFailed as failed:
        wrong = {name for fact in failed.facts if fact.kind != "right" for name in fact.about}
        if "the rates" in wrong:
            # the best of other rates is right by chance
            failed.share = 0.0
        if shown and wrong == {"the best rate"}:
            rates = np.geomspace(one.low, one.high, one.count)
            losses = np.interp(rates, *curve(one, broken))
            pairs = ", ".join(f"{loss:.3g} at {rate:.3g}" for rate, loss in zip(rates, losses, strict=True))
            failed.facts += CheckFailed(f"The losses are {pairs}.").facts
        raise


def assert_each_once(student, one):
    """Asserts that a sweep trains once with each rate of its list, and with no other."""
    training = student.make(Remote("builtins.eval", TRAINING, {"loss": loss_after(one)}))
    _, rates = student.lr_range(training, one.low, one.high, one.count)
    tried = np.sort(training.read("rates"))
    rates = np.sort([number_of(rate) for rate in _listed(rates)])
    told = "you call `loss_after` {} often than there are rates; train once with each"
    check(len(tried) <= len(rates), told.format("more"), code="repeated-step")
    check(len(tried) >= len(rates), told.format("less"), code="missing-step")
    told = "you train with a rate that is not in the list you return"
    check(np.allclose(tried, rates, rtol=1e-5), told, code="wrong-value")


def _listed(rates):
    """A list of numbers, for which an array is as good."""
    rates = array_of(rates)
    return rates.tolist() if isinstance(rates, np.ndarray) else rates
