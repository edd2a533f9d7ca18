"""The curves of a run with what the signs ask of them: shapes, what a guess costs, how straight they run."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cached_property

import numpy as np

from tfkit.curves._measures import Drift, Shape, drift, measure
from tfkit.curves._reading import Curves


class Reading:
    """Curves with their shapes, measured once."""

    def __init__(self, curves: Curves, baseline: float | None = None) -> None:
        # in units of the largest loss: cents and dollars get the same answer, and nothing overflows
        losses = [curves.loss] if curves.val_loss is None else [curves.loss, curves.val_loss]
        scale = float(max(np.abs(values[np.isfinite(values)]).max(initial=0.0) for values in losses)) or 1.0
        val_loss = None if curves.val_loss is None else curves.val_loss / scale
        self.curves = replace(curves, loss=curves.loss / scale, val_loss=val_loss)
        self.scale = scale
        self.n = len(curves.loss)
        self.given_baseline = None if baseline is None else baseline / scale

    @cached_property
    def loss(self) -> Shape:
        """Shape of the training loss."""
        return measure(self.curves.loss)

    @cached_property
    def val(self) -> Shape | None:
        """Shape of the validation loss."""
        return None if self.curves.val_loss is None else measure(self.curves.val_loss)

    @cached_property
    def calm(self) -> int:
        """The number of epochs, mostly 0, in which the loss fell from what the first steps had thrown it to."""
        loss, epoch = self.curves.loss, 0
        while epoch < min(5, self.n // 4) and loss[epoch] > 10 * max(loss[epoch + 1], 0) > 0:
            epoch += 1
        # a network that learns at once falls as fast, and begins no worse than a guess
        return epoch if epoch and (self.curves.metric is None or loss[0] > 3 * self._guess_of(loss[0])) else 0

    @cached_property
    def baseline(self) -> float:
        """The baseline given, or the worst loss of the first epoch that tells something about a guess."""
        if self.given_baseline is not None:
            return self.given_baseline
        first = [self.curves.loss[self.calm]]
        first += [] if self.curves.val_loss is None else [self.curves.val_loss[self.calm]]
        return float(max(first))

    @cached_property
    def guess(self) -> float:
        """Loss of a guess, though the first steps may have thrown the network where it is sure and wrong."""
        if self.given_baseline is not None:
            return self.given_baseline
        return self._guess_of(max(abs(float(self.curves.loss[self.calm])), 1e-12))

    def _guess_of(self, start: float) -> float:
        # Who is right with probability a pays -ln(a) at least, on average. That tells how many units of the loss a
        # nat is, and the first epoch is taken for what a guess among as many classes as the lowest accuracy suggests
        # costs.
        curves = self.curves
        if curves.val_loss is None or curves.metric is None:
            return start
        if "acc" not in (curves.metric_name or "") or curves.val_loss.min() <= 0:
            return start
        nats = -np.log(np.clip(curves.metric, 1e-3, 1.0))
        return min(start, max(float(nats.max()), math.log(2)) / max(float((nats / curves.val_loss).max()), 1e-12))

    @cached_property
    def drifts(self) -> list[Drift]:
        """How straight the losses run, that of validation first: dropout does not disturb it."""
        values = [self.curves.loss] if self.curves.val_loss is None else [self.curves.val_loss, self.curves.loss]
        return [drift(one) for one in values]

    def raw(self, value: float) -> float:
        """A loss in the unit in which it came."""
        return float(value) * self.scale

    @cached_property
    def shaken(self) -> float:
        """The typical jump of the validation loss from epoch to epoch, as a part of its level; else of the training."""
        return (self.val or self.loss).relative_noise

    @cached_property
    def metric_gain(self) -> float:
        """What the metric gained from the third quarter to the last; 0 without a metric."""
        if self.curves.metric is None or self.n < 8:
            return 0.0
        quarters = [float(part.mean()) for part in np.array_split(self.curves.metric, 4)]
        return quarters[3] - quarters[2]
