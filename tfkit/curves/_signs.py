"""The signs of the slides, one function each, and the order in which they count."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property

import numpy as np

from tfkit.curves._measures import Shape, measure, period
from tfkit.curves._reading import Curves
from tfkit.curves.smoothing import moving_average

Evidence = dict[str, float]


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
    def baseline(self) -> float:
        """The baseline given, or the worst loss of the first epoch, which is at most a little better."""
        if self.given_baseline is not None:
            return self.given_baseline
        first = [self.curves.loss[0]] + ([] if self.curves.val_loss is None else [self.curves.val_loss[0]])
        return float(max(first))

    @cached_property
    def guess(self) -> float:
        """Loss of a guess, though the first steps may have thrown the network where it is sure and wrong."""
        # Who is right with probability a pays -ln(a) at least, on average. That tells how many units of the loss a
        # nat is, and the first epoch is taken for what a guess among as many classes as the lowest accuracy suggests
        # costs.
        curves, start = self.curves, max(abs(self.loss.start), 1e-12)
        if self.given_baseline is not None or curves.val_loss is None or curves.metric is None:
            return self.given_baseline or start
        if "acc" not in (curves.metric_name or "") or curves.val_loss.min() <= 0:
            return start
        nats = -np.log(np.clip(curves.metric, 1e-3, 1.0))
        return min(start, max(float(nats.max()), math.log(2)) / max(float((nats / curves.val_loss).max()), 1e-12))

    @cached_property
    def metric_gain(self) -> float:
        """What the metric gained from the third quarter to the last; 0 without a metric."""
        if self.curves.metric is None or self.n < 8:
            return 0.0
        quarters = [float(part.mean()) for part in np.array_split(self.curves.metric, 4)]
        return quarters[3] - quarters[2]


def signs_of(reading: Reading) -> list[tuple[str, Evidence]]:
    """Return the signs that a reading shows, the main one first."""
    evidence = _diverged(reading)
    if evidence is not None:
        return [("diverged", evidence)]
    if reading.n < 5:
        return [("unclear", {"points": reading.n})]
    found = [(code, evidence) for code, sign in SIGNS.items() if (evidence := sign(reading)) is not None]
    codes = {code for code, _ in found}
    found = [(code, evidence) for code, evidence in found if not codes & HIDDEN_BY.get(code, frozenset())]
    if not found or all(code == "validation_better" for code, _ in found):
        found.insert(0, ("healthy", {"gained": reading.loss.fall, "gained_in_the_last_quarter": reading.loss.tail}))
    return found


def _diverged(reading: Reading) -> Evidence | None:
    """NaN or infinity, or a loss that ends far above its beginning. Epochs are counted from 1 here and below."""
    loss = reading.curves.loss
    bad = ~np.isfinite(loss)
    if reading.curves.val_loss is not None:
        bad |= ~np.isfinite(reading.curves.val_loss)
    if bad.any():
        fine = loss[np.isfinite(loss)]
        return {
            "first_bad_epoch": int(np.argmax(bad)) + 1,
            "highest": float(fine.max()) * reading.scale if len(fine) else np.inf,
        }
    tenth = max(1, reading.n // 10)
    # a single step says little about where a run began
    high = 3 * float(np.abs(loss[: tenth if _per_step(reading) else 1]).max())
    if reading.n > 1 and loss[-tenth:].mean() > high:
        return {"first_bad_epoch": int(np.argmax(loss > high)) + 1, "highest": float(loss.max()) * reading.scale}
    return None


def _no_shuffling(reading: Reading) -> Evidence | None:
    """A loss that repeats itself with a period."""
    lag, correlation = period(reading.curves.loss) if _per_step(reading) else (0, 0.0)
    return {"period": lag, "correlation": correlation} if correlation >= 0.6 else None


def _leak(reading: Reading) -> Evidence | None:
    """Validation that ends a hundred times below a guess, or that was almost perfect from the first epochs on."""
    val, metric = reading.val, reading.curves.metric
    if val is None or reading.baseline <= 0:
        return None
    level = val.lowest / reading.baseline
    evidence = {"lowest_validation_loss_of_baseline": level}
    if metric is None:
        return evidence if level < 0.012 else None
    evidence |= {"metric_in_first_epochs": float(metric[:3].min()), "metric_at_the_end": float(metric[-3:].min())}
    evidence["training_loss_of_baseline"] = trained = reading.loss.end / reading.baseline
    at_once = level < 0.05 and trained < 0.03 and evidence["metric_in_first_epochs"] > 0.95
    return evidence if 0.95 < evidence["metric_at_the_end"] <= 1 and (at_once or level < 0.012) else None


def _validation_better(reading: Reading) -> Evidence | None:
    """Validation clearly better than training, half an epoch's head start being taken off."""
    val = reading.curves.val_loss
    if val is None or reading.n < 8:
        return None
    # fit reports the mean over an epoch, the validation comes after: compare with the mean of this epoch and the next
    fair = (reading.curves.loss[:-1] + reading.curves.loss[1:]) / 2
    late = slice(reading.n // 2, reading.n - 1)
    if fair[late].min() <= 0:  # a ratio says nothing about losses that may be 0 or below
        return None
    ratio = float(np.median(val[late] / fair[late]))
    return {"validation_loss_of_training_loss": ratio} if ratio < 0.8 else None


def _learning_rate_too_high(reading: Reading) -> Evidence | None:
    """A training loss that climbs far above what it had reached, or a network that the first steps killed."""
    loss, val, values, metric = reading.loss, reading.val, reading.curves.loss, reading.curves.metric
    if _per_step(reading):
        return None
    # small steps along the slope of a whole epoch's loss lead down; only steps across the valley lead up
    climb = float((values - np.minimum.accumulate(values)).max()) / reading.guess
    above = (loss.end - float(values[: reading.n // 2].min())) / reading.guess
    if climb > 0.16 or (above > 0.05 and loss.relative_noise < 0.01):
        return {"climbed_of_a_guess": climb, "ends_above_lowest": above}
    if reading.given_baseline is not None and loss.start > 3 * reading.given_baseline:
        return {"first_epoch_of_baseline": loss.start / reading.given_baseline}
    # dead at once: the first epoch fell from above to the level of a guess, and nothing moves after it
    same = metric is not None and "acc" in (reading.curves.metric_name or "") and np.ptp(metric[reading.n // 2 :]) == 0
    dead = (same and loss.fall < 0.15) or (val is not None and val.fall < 0.05)
    if dead and loss.fall > 0.03 and loss.half > 0.97:
        return {"gained": loss.fall, "gained_in_first_half": loss.half}
    return None


def _noisy(reading: Reading) -> Evidence | None:
    """Jumps from point to point that hide the trend: of training steps, or of a small validation set."""
    loss, val = reading.loss, reading.val
    if _per_step(reading) and loss.noise > 0.04:
        return {"training_noise": loss.noise}
    if val is None or _per_step(reading):
        return None
    trend = (val.end - val.lowest) / max(val.start - val.lowest, 1e-12)  # upwards, in the units of the noise
    if val.noise > max(0.06, 2 * loss.noise, trend / 8):
        return {"validation_noise": val.noise, "training_noise": loss.noise}
    return None


def _bad_initialisation(reading: Reading) -> Evidence | None:
    """No progress at first, or never any."""
    loss = reading.loss
    if loss.fall < 0.03 and loss.highest < 1.2:
        return {"gained": loss.fall}
    if loss.plateau >= 0.1 and loss.fall > 0.1:
        return {"plateau_epochs": round(loss.plateau * reading.n), "gained": loss.fall}
    return None


def _overfitting(reading: Reading) -> Evidence | None:
    """Validation loss that rises while training loss falls on."""
    val = reading.curves.val_loss
    if val is None or reading.val is None:
        return None
    smooth = moving_average(val, max(1, reading.n // 10))
    best = int(np.argmin(smooth))
    rise = (reading.val.end - smooth[best]) / max(abs(smooth[best]), 1e-12)
    at_best = float(reading.curves.loss[best])
    further = (at_best - reading.loss.end) / max(abs(at_best), 1e-12)
    if rise > 0.08 and further > 0.08 and best < 0.85 * reading.n:
        gap = reading.val.end / max(reading.loss.end, 1e-12)
        return {"best_epoch": best + 1, "validation_rise": float(rise), "validation_loss_of_training_loss": gap}
    return None


def _decayed_too_early(reading: Reading) -> Evidence | None:
    """A sharp bend: the loss fell fast, and from one epoch to the next hardly at all, with much left to gain."""
    loss, n = reading.curves.loss, reading.n
    if _per_step(reading) or n < 8 or reading.loss.fall < 0.1:
        return None
    rates = reading.curves.learning_rate
    scale = max(reading.loss.start - reading.loss.lowest, 1e-9)
    best: Evidence | None = None
    for k in range(3, n - 3):
        cut = None if rates is None else rates[k] / max(rates[k - 1], 1e-30)
        if cut is not None and cut > 0.34:
            continue
        # three steps down before the bend; what would the next ones be, were the fall to slow down as before?
        last, earlier = loss[k - 2] - loss[k - 1], loss[k - 3] - loss[k - 2]
        expected = last * min(last / max(earlier, last, 1e-12), 1.0) ** 2
        after = max(loss[k] - loss[k + 3], 0.0) / 3
        if last <= 0 or last < 0.03 * scale or last < 8 * reading.loss.noise * scale:
            continue
        slower = after / expected
        if slower < (0.12 if cut is None else 0.5) and (best is None or slower < best["speed_of_expected"]):
            best = {"epoch": k + 1, "fell_before": float(last / scale), "speed_of_expected": float(slower)}
            if cut is not None:
                best["rate_after"] = float(cut)
    return best


def _learning_rate_too_low(reading: Reading) -> Evidence | None:
    """A slow, almost straight fall."""
    loss = reading.loss
    if (
        loss.tail > 0.13
        and loss.fall > 0.01
        and loss.plateau < 0.1
        and (loss.fall < 0.5 or (loss.half < 0.65 and loss.fall < 0.7))
    ):
        return {"gained": loss.fall, "gained_in_first_half": loss.half, "gained_in_the_last_quarter": loss.tail}
    return None


def _still_improving(reading: Reading) -> Evidence | None:
    """A good fall that is not over."""
    loss = reading.loss
    return {"gained_in_the_last_quarter": loss.tail} if loss.tail > 0.045 and loss.fall > 0.03 else None


def _metric_still_improving(reading: Reading) -> Evidence | None:
    """A loss that is flat and a metric that is not."""
    if reading.metric_gain > 0.03 and reading.loss.tail < 0.045:
        return {"metric_gain": reading.metric_gain, "gained_in_the_last_quarter": reading.loss.tail}
    return None


def _underfitting(reading: Reading) -> Evidence | None:
    """Training and validation alike, both flat, and high: by the loss, by the metric, or flat at once and for good."""
    val, loss, metric = reading.val, reading.loss, reading.curves.metric
    if val is None or loss.tail > 0.045 or reading.baseline <= 0:
        return None
    level, gap = loss.end / reading.baseline, val.end / max(loss.end, 1e-12)
    evidence = {"training_loss_of_baseline": level, "validation_loss_of_training_loss": gap}
    if metric is not None:
        evidence["metric"] = float(metric[-3:].mean())
    # a heavy penalty makes the first loss huge, so that its fall says little; then the rest of the run stands still
    still = reading.given_baseline is None and loss.tail < 0.003 and level > 0.05 and gap < 1.25
    poor = evidence.get("metric", 1.0) < 0.8 and level > 0.1
    return evidence if gap < 1.5 and (level > 0.3 or poor or still) else None


def _per_step(reading: Reading) -> bool:
    """Tell whether points are steps rather than epochs: many of them, and no validation."""
    return reading.curves.val_loss is None and reading.n >= 60


#: The first that holds is the main finding.
SIGNS: dict[str, Callable[[Reading], Evidence | None]] = {
    "no_shuffling": _no_shuffling,
    "learning_rate_too_high": _learning_rate_too_high,
    "leak": _leak,
    "noisy": _noisy,
    "bad_initialisation": _bad_initialisation,
    "overfitting": _overfitting,
    "decayed_too_early": _decayed_too_early,
    "metric_still_improving": _metric_still_improving,
    "learning_rate_too_low": _learning_rate_too_low,
    "still_improving": _still_improving,
    "underfitting": _underfitting,
    "validation_better": _validation_better,
}

#: A sign says nothing new beside one of these.
HIDDEN_BY = {
    "noisy": {"no_shuffling"},
    "decayed_too_early": {"bad_initialisation", "learning_rate_too_high", "noisy"},
    "learning_rate_too_low": {"bad_initialisation", "learning_rate_too_high"},
    "still_improving": {"learning_rate_too_low", "decayed_too_early", "overfitting"},
    "underfitting": {"bad_initialisation", "learning_rate_too_low", "decayed_too_early", "still_improving"},
    "validation_better": {"leak"},
    "metric_still_improving": {"learning_rate_too_high", "overfitting"},
}
