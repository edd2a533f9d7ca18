"""The shape of a learning curve in a dozen numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from tfkit.curves.smoothing import moving_average

_TINY = 1e-12


@dataclass(frozen=True)
class Shape:
    """How one curve runs. Differences are parts of `fall` unless said otherwise."""

    start: float  # the first point; of a hundred and more the mean of one in fifty
    end: float  # mean of the last points, one in ten
    lowest: float  # lowest point of the smoothed curve
    fall: float  # (start - lowest) / start: what was gained, as a part of the beginning
    half: float  # what was gained in the first half; 0.5 on a straight line
    tail: float  # what was gained from the third quarter to the last; 0.25 on a straight line
    noise: float  # typical jump from point to point, trend taken out, after the first fifth
    relative_noise: float  # the same as a part of the curve's own level
    plateau: float  # part of the run before a tenth was gained, if then it went fast; else 0
    highest: float  # the highest point, as a part of the beginning


def measure(values: np.ndarray) -> Shape:
    """Return the shape of a curve."""
    n = len(values)
    smooth = moving_average(values, max(1, n // 10))
    start = float(values[: max(1, n // 50)].mean())
    end = float(values[-max(1, n // 10) :].mean())
    lowest = float(min(smooth.min(), end))
    gained = max(start - lowest, _TINY)
    quarters = [float(part.mean()) for part in np.array_split(values, 4)] if n >= 4 else [start, start, end, end]
    late = values[n // 5 :]
    # second differences of white noise have variance 6 σ²; a smooth trend leaves almost none
    jumps = np.abs(np.diff(late, 2)) if len(late) > 2 else np.zeros(1)
    noise = float(np.median(jumps)) / 0.6745 / math.sqrt(6)
    return Shape(
        start=start,
        end=end,
        lowest=lowest,
        fall=gained / max(abs(start), _TINY),
        half=float(start - smooth[n // 2]) / gained,
        tail=(quarters[2] - quarters[3]) / gained,
        noise=noise / gained,
        relative_noise=noise / max(abs(float(np.median(late))), _TINY),
        plateau=_plateau(smooth, start, gained),
        highest=float(values.max()) / max(abs(start), _TINY),
    )


@dataclass(frozen=True)
class Drift:
    """How straight a curve runs, whatever its height: a rate that is far too low draws a line."""

    straight: float  # correlation with the number of the epoch: -1 falls in a line, 1 rises in one
    middle: float  # what had changed by the middle of the run, as a part of the whole change
    change: float  # what changed in all, as a part of the curve's level
    roughness: float  # typical jump from point to point, trend taken out, as a part of the whole change

    @property
    def is_steady(self) -> bool:
        """Whether it is a line that ends where it was heading from the first."""
        line = abs(self.straight) > 0.965 and 0.3 < self.middle < 0.72 and self.roughness < 0.1
        return line or self.is_crawling

    @property
    def is_crawling(self) -> bool:
        """Whether it hardly changes, and does so smoothly."""
        return 0 < self.change < 0.02 and abs(self.straight) > 0.7 and self.roughness < 0.1 and 0 <= self.middle <= 1


def drift(values: np.ndarray) -> Drift:
    """Return how straight a curve runs."""
    n = len(values)
    ends = max(1, n // 20)
    first, last = float(values[:ends].mean()), float(values[-ends:].mean())
    middle = float(values[n // 2 - ends // 2 : n // 2 + ends // 2 + 1].mean())
    change = last - first
    apart, time = values - values.mean(), np.arange(n) - (n - 1) / 2
    scale = math.sqrt(float(apart @ apart) * float(time @ time))
    jumps = float(np.median(np.abs(np.diff(values, 2)))) / 0.6745 / math.sqrt(6) if n > 2 else 0.0
    return Drift(
        straight=float(apart @ time) / scale if scale > 0 else 0.0,
        middle=(middle - first) / change if change else 0.0,
        change=abs(change) / max(abs(first), _TINY),
        roughness=jumps / max(abs(change), _TINY),
    )


def period(values: np.ndarray) -> tuple[int, float]:
    """Return the lag at which a curve repeats itself, and how well (autocorrelation, 1 at best); (0, 0.0) if none."""
    n = len(values)
    if n < 30:
        return 0, 0.0
    best = (0, 0.0)
    spectrum = None
    for window in (n // 12, n // 6):
        rest = values - moving_average(values, max(5, window))
        level = moving_average(np.abs(rest), max(5, window))
        rest = rest / np.maximum(level, _TINY)  # waves shrink with the loss
        rest = rest - rest.mean()
        spectrum = np.array([float(rest[lag:] @ rest[: n - lag]) / (n - lag) for lag in range(n // 3)])
        if spectrum[0] < _TINY:
            continue
        correlation = spectrum / spectrum[0]
        for lag in range(4, n // 6):
            # a wave is below 0 half a period on; a slow drift is not
            height = min(correlation[lag], correlation[2 * lag - 1 : 2 * lag + 2].max())
            if correlation[lag] == correlation[lag - 1 : lag + 2].max() and height > best[1]:
                best = (lag, float(height))
    return best


def _plateau(smooth: np.ndarray, start: float, gained: float) -> float:
    """The part of the run before a tenth was gained, if the next four tenths took no longer than twice as long."""
    first = int(np.argmax(smooth <= start - 0.1 * gained))
    fifth = int(np.argmax(smooth <= start - 0.5 * gained))
    if fifth == 0 or first < 2:
        return 0.0
    return first / len(smooth) if fifth - first <= 2 * first else 0.0
