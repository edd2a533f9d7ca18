"""The signs of the slides, one function each, and the order in which they count."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tfkit.curves._measured import Reading
from tfkit.curves._measures import period
from tfkit.curves.smoothing import moving_average

Evidence = dict[str, float]


@dataclass(frozen=True)
class Sign:
    """One thing that a curve shows, and whether nothing else looks like it."""

    code: str
    evidence: Evidence
    sure: bool = True


def signs_of(reading: Reading) -> list[Sign]:
    """Return the signs that a reading shows, the main one first."""
    sign = _diverged(reading)
    if sign is not None:
        return [sign]
    if reading.n < 5:
        return [Sign("unclear", {"points": reading.n})]
    found = [sign for one in SIGNS.values() if (sign := one(reading)) is not None]
    found.sort(key=_rank)
    codes = {sign.code for sign in found}
    found = [sign for sign in found if not codes & HIDDEN_BY.get(sign.code, frozenset())]
    if not found or all(sign.code == "validation_better" for sign in found):
        found.insert(0, _otherwise(reading))
    return found


def _rank(sign: Sign) -> int:
    """What is sure comes before what is not; the order of the table counts otherwise."""
    if sign.code == "validation_better":  # mostly harmless
        return 2
    # a validation loss that jumps has a cause more often than not
    return 0 if (sign.sure and "validation_noise" not in sign.evidence) or sign.evidence.get("climb", 0) > 0.4 else 1


def _otherwise(reading: Reading) -> Sign:
    """Health: a fall that is over, with a validation loss close by. Anything else is unclear."""
    loss, val = reading.loss, reading.val
    evidence = {"gained": loss.fall, "gained_in_the_last_quarter": loss.tail} | _ends(reading)
    close = val is None or val.end < 1.6 * loss.end or val.end - loss.end < 0.05 * reading.guess
    if loss.fall > 0.3 and close:
        return Sign("healthy", evidence, sure=val is not None and _is_good(reading))
    return Sign("unclear", evidence, sure=False)


def _is_good(reading: Reading) -> bool:
    """Whether the end of a run is known to be good, and not only better than its beginning."""
    metric = reading.curves.metric
    is_low = reading.loss.end < 0.4 * reading.guess and reading.shaken < 0.05
    return is_low and (reading.given_baseline is not None or (metric is not None and float(metric[-3:].min()) > 0.8))


def _ends(reading: Reading) -> Evidence:
    """Where the curves begin and end."""
    ends = {"first_loss": reading.raw(reading.curves.loss[0]), "last_loss": reading.raw(reading.loss.end)}
    return ends if reading.val is None else ends | {"last_validation_loss": reading.raw(reading.val.end)}


def _diverged(reading: Reading) -> Sign | None:
    """NaN or infinity, or a loss that ends far above its beginning. Epochs are counted from 1 here and below."""
    loss = reading.curves.loss
    bad = ~np.isfinite(loss)
    if reading.curves.val_loss is not None:
        bad |= ~np.isfinite(reading.curves.val_loss)
    if bad.any():
        fine = loss[np.isfinite(loss)]
        highest = reading.raw(fine.max()) if len(fine) else np.inf
        return Sign("diverged", {"first_bad_epoch": int(np.argmax(bad)) + 1, "highest": highest})
    tenth = max(1, reading.n // 10)
    # a single step says little about where a run began
    high = 3 * float(np.abs(loss[: tenth if _per_step(reading) else 1]).max())
    if reading.n > 1 and loss[-tenth:].mean() > high:
        evidence = {"first_bad_epoch": int(np.argmax(loss > high)) + 1, "highest": reading.raw(loss.max())}
        ends = {"first_loss": reading.raw(loss[0]), "last_loss": reading.raw(loss[-1])}
        return Sign("diverged", evidence | ends)
    return None


def _no_shuffling(reading: Reading) -> Sign | None:
    """A loss that repeats itself with a period."""
    lag, correlation = period(reading.curves.loss) if _per_step(reading) else (0, 0.0)
    return Sign("no_shuffling", {"period": lag, "correlation": correlation}) if correlation >= 0.6 else None


def _leak(reading: Reading) -> Sign | None:
    """Validation that ends a hundred times below a guess, or that was almost perfect from the first epochs on."""
    val, metric = reading.val, reading.curves.metric
    if val is None or reading.baseline <= 0 or reading.calm or reading.shaken > 0.1:
        return None
    level = val.lowest / min(reading.baseline, 3 * reading.guess)
    evidence = {"lowest_validation_loss": reading.raw(val.lowest), "of_a_guess": level}
    if metric is None:
        # a loss that falls to a fiftieth in two epochs began where the first steps had thrown it
        return Sign("leak", evidence, sure=False) if level < 0.012 and not _thrown(reading) else None
    evidence |= {"metric_in_first_epochs": float(metric[:3].min()), "metric_at_the_end": float(metric[-3:].min())}
    trained = reading.loss.end / reading.baseline
    at_once = level < 0.05 and trained < 0.03 and evidence["metric_in_first_epochs"] > 0.95
    if 0.95 < evidence["metric_at_the_end"] <= 1 and (at_once or level < 0.012):
        return Sign("leak", evidence, sure=False)  # easy data look the same
    return None


def _thrown(reading: Reading) -> bool:
    """Without a metric that tells what a guess costs: whether the first epoch is far above all others."""
    loss = reading.curves.loss
    return reading.curves.metric is None and reading.n >= 8 and loss[0] > 50 * loss[2] > 0


def _validation_better(reading: Reading) -> Sign | None:
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
    return Sign("validation_better", {"validation_loss_of_training_loss": ratio}) if ratio < 0.8 else None


def _learning_rate_too_high(reading: Reading) -> Sign | None:
    """A training loss that climbs far above what it had reached, or a network that the first steps killed."""
    code, loss, val, values = "learning_rate_too_high", reading.loss, reading.val, reading.curves.loss
    metric = reading.curves.metric
    if _per_step(reading) or any(one.is_steady for one in reading.drifts):
        return None
    first = {"first_loss": reading.raw(values[0]), "last_loss": reading.raw(loss.end)}
    thrown = float(values[0]) / reading.guess
    if thrown > (20 if reading.given_baseline is None else 3):
        return Sign(code, first | {"first_of_a_guess": thrown})
    # small steps along the slope of a whole epoch's loss lead down; only steps across the valley lead up
    above = values - np.minimum.accumulate(values)
    peak = int(above.argmax())
    climb, ends = float(above[peak]) / reading.guess, (loss.end - float(values[: reading.n // 2].min())) / reading.guess
    # dropout makes the training loss jump, but not the validation loss
    shaken = reading.shaken
    if (climb > 0.2 and shaken > 0.05) or climb > 1 or (ends > 0.05 and loss.relative_noise < 0.01):
        start = int(values[: peak + 1].argmin())
        places = {
            "climbed_from": reading.raw(values[start]),
            "climbed_to": reading.raw(values[peak]),
            "epoch": peak + 1,
        }
        return Sign(
            code, places | {"climb": climb}, sure=climb > 0.4 and shaken > 0.1 and loss.end > 0.5 * reading.guess
        )
    never_better = metric is not None and 0.9 * reading.guess < loss.lowest and shaken > 0.02
    if (
        never_better
        or _thrown(reading)
        or shaken > 0.25
        or (metric is None and shaken > 0.1 and values[0] > 10 * loss.end)
    ):
        return Sign(code, first | {"jumps": shaken}, sure=False)
    # dead at once: the first epoch fell from above to the level of a guess, and nothing moves after it
    same = metric is not None and "acc" in (reading.curves.metric_name or "") and np.ptp(metric[reading.n // 2 :]) == 0
    dead = (same and loss.fall < 0.15) or (val is not None and val.fall < 0.05)
    if dead and loss.fall > 0.03 and loss.half > 0.97:
        return Sign(code, first, sure=False)
    return None


def _noisy(reading: Reading) -> Sign | None:
    """Jumps from point to point that hide the trend: of training steps, or of a small validation set."""
    loss, val = reading.loss, reading.val
    if _per_step(reading) and loss.noise > 0.04:
        return Sign("noisy", {"training_noise": loss.noise})
    if val is None or _per_step(reading) or reading.drifts[0].is_steady:
        return None
    trend = (val.end - val.lowest) / max(val.start - val.lowest, 1e-12)  # upwards, in the units of the noise
    if val.noise > max(0.06, 2 * loss.noise, trend / 8):
        noise = {"validation_noise": val.noise, "training_noise": loss.noise}
        return Sign("noisy", noise, sure=val.fall > 0.1 and val.noise > 0.2)
    return None


def _bad_initialisation(reading: Reading) -> Sign | None:
    """No progress at first, or never any."""
    loss = reading.loss
    if any(one.is_steady for one in reading.drifts):
        return None
    if loss.fall < 0.03 and loss.highest < 1.2:
        return Sign("bad_initialisation", {"gained": loss.fall} | _ends(reading), sure=False)
    if loss.plateau >= 0.1 and loss.fall > 0.1 and loss.noise < 0.04:
        evidence = {"plateau_epochs": round(loss.plateau * reading.n), "gained": loss.fall}
        return Sign("bad_initialisation", evidence, sure=False)
    return None


def _overfitting(reading: Reading) -> Sign | None:
    """A validation loss that rises while the training loss falls on, or that stays far above it."""
    val = reading.curves.val_loss
    if val is None or reading.val is None:
        return None
    smooth = moving_average(val, max(1, reading.n // 10))
    best = int(np.argmin(smooth))
    rise = (reading.val.end - smooth[best]) / max(abs(smooth[best]), 1e-12)
    at_best = float(reading.curves.loss[best])
    further = (at_best - reading.loss.end) / max(abs(at_best), 1e-12)
    gap = reading.val.end / max(reading.loss.end, 1e-12)
    apart = (reading.val.end - reading.loss.end) / reading.guess
    evidence = {"validation_loss_of_training_loss": gap} | _ends(reading)
    if rise > 0.08 and further > 0.08 and best < 0.85 * reading.n:
        low = {"best_epoch": best + 1, "lowest_validation_loss": reading.raw(smooth[best])}
        return Sign("overfitting", low | evidence, sure=gap > 1.3 and apart > 0.08)
    if gap > 1.6 and apart > 0.06 and 0 < reading.loss.end < 0.7 * reading.guess:
        return Sign("overfitting", evidence, sure=gap > 3 and apart > 0.1)
    return None


def _decayed_too_early(reading: Reading) -> Sign | None:
    """A sharp bend: the loss fell fast, and from one epoch to the next hardly at all, with much left to gain."""
    loss, n = reading.curves.loss, reading.n
    if _per_step(reading) or n < 8 or reading.loss.fall < 0.1 or (reading.val and reading.shaken > 0.025):
        return None
    rates = reading.curves.learning_rate
    scale = max(reading.loss.start - reading.loss.lowest, 1e-9)
    best: Evidence | None = None
    slowest = 1.0
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
        if slower < (0.12 if cut is None else 0.5) and slower < slowest:
            slowest = slower
            best = {"epoch": k + 1, "fell_before": float(last / scale), "speed_of_expected": float(slower)}
            if cut is not None:
                best["rate_after"] = float(cut)
    return None if best is None else Sign("decayed_too_early", best, sure=rates is not None)


def _learning_rate_too_low(reading: Reading) -> Sign | None:
    """A slow, almost straight fall, however small: far too low a rate draws a line."""
    loss, lines = reading.loss, reading.drifts
    evidence = {"gained": loss.fall, "gained_in_the_last_quarter": loss.tail} | _ends(reading)
    steady = any(one.is_steady for one in lines) and loss.fall < 0.6
    if steady and (lines[-1].straight < 0 or lines[-1].change < 0.02 or not lines[-1].is_steady):
        return Sign("learning_rate_too_low", evidence, sure=min(one.change for one in lines) < 0.1)
    slow = loss.tail > 0.13 and loss.fall > 0.01 and loss.plateau < 0.1
    slow = slow and (reading.val is None or reading.val.tail > 0.3 * loss.tail)
    # dropout hides a smooth fall of the training loss, but not of the validation loss
    calm = reading.val if reading.val is not None and reading.shaken < loss.relative_noise else loss
    smooth = calm.relative_noise < 0.01 and 0.01 < calm.fall < 0.67 and loss.fall < 0.63 and calm.tail > 0.05
    if (slow and (loss.fall < 0.5 or (loss.half < 0.65 and loss.fall < 0.7))) or smooth:
        return Sign("learning_rate_too_low", evidence, sure=False)
    return None


def _still_improving(reading: Reading) -> Sign | None:
    """A good fall that is not over."""
    loss, val = reading.loss, reading.val
    if loss.tail <= 0.045 or loss.fall <= 0.03:
        return None
    return Sign(
        "still_improving",
        {"gained_in_the_last_quarter": loss.tail},
        sure=val is not None and val.tail > 0.03 and reading.shaken < 0.1,
    )


def _metric_still_improving(reading: Reading) -> Sign | None:
    """A loss that is flat and a metric that is not."""
    if reading.metric_gain > 0.03 and reading.loss.tail < 0.045:
        return Sign("metric_still_improving", {"metric_gain": reading.metric_gain})
    return None


def _underfitting(reading: Reading) -> Sign | None:
    """Training and validation alike, both flat, and high: by the loss, by the metric, or flat at once and for good."""
    val, loss, metric = reading.val, reading.loss, reading.curves.metric
    if val is None or loss.tail > 0.045 or reading.baseline <= 0:
        return None
    level, gap = loss.end / reading.baseline, val.end / max(loss.end, 1e-12)
    evidence = {"training_loss_of_baseline": level, "validation_loss_of_training_loss": gap} | _ends(reading)
    if metric is not None:
        evidence["metric"] = float(metric[-3:].mean())
    # a heavy penalty makes the first loss huge, so that its fall says little; then the rest of the run stands still
    still = reading.given_baseline is None and loss.tail < 0.003 and level > 0.05 and gap < 1.25
    poor = evidence.get("metric", 1.0) < 0.8 and level > 0.1
    if gap < 1.5 and (level > 0.3 or poor or still):
        return Sign("underfitting", evidence, sure=reading.given_baseline is not None and level > 0.5)
    return None


def _per_step(reading: Reading) -> bool:
    """Tell whether points are steps rather than epochs: many of them, and no validation."""
    return reading.curves.val_loss is None and reading.n >= 60


#: The first that holds is the main finding.
SIGNS: dict[str, Callable[[Reading], Sign | None]] = {
    "no_shuffling": _no_shuffling,
    "learning_rate_too_high": _learning_rate_too_high,
    "leak": _leak,
    "overfitting": _overfitting,
    "bad_initialisation": _bad_initialisation,
    "decayed_too_early": _decayed_too_early,
    "metric_still_improving": _metric_still_improving,
    "learning_rate_too_low": _learning_rate_too_low,
    "still_improving": _still_improving,
    "underfitting": _underfitting,
    "noisy": _noisy,
    "validation_better": _validation_better,
}

#: A sign says nothing new beside one of these.
HIDDEN_BY = {
    "noisy": {"no_shuffling"},
    "decayed_too_early": {"learning_rate_too_low", "bad_initialisation", "learning_rate_too_high", "noisy"},
    "learning_rate_too_low": {"bad_initialisation", "learning_rate_too_high"},
    "still_improving": {"learning_rate_too_low", "decayed_too_early", "overfitting"},
    "underfitting": {"bad_initialisation", "learning_rate_too_low", "decayed_too_early", "still_improving"},
    "validation_better": {"leak"},
    "metric_still_improving": {"learning_rate_too_high", "overfitting"},
}
