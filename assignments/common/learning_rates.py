"""What is given to a sweep of learning rates, and what would make schedules that are to be written."""

from __future__ import annotations

import numpy as np

from autograder.testing import Remote

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
    rates = np.geomspace(one.low / 2, 2 * one.high, 301)
    where = np.log(rates / one.low) / np.log(one.high / one.low)
    losses = (where - one.valley) ** 2 + 0.1
    if broken is not None:
        losses[(where > one.valley + 0.25) | (where < 0.02)] = broken
    return interpolated(rates.tolist(), losses.tolist())


def interpolated(rates, losses):
    """A function that gives the loss of a rate, from those of some rates."""
    # a function of NumPy itself, which no description can hold
    interp = Remote("operator.attrgetter", "interp").then("__call__", Remote("importlib.import_module", "numpy"))
    return Remote("functools.partial", interp, xp=rates, fp=losses)
