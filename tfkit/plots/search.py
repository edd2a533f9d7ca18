"""Pictures of a hyperparameter search: what was tried, what it gave, and what went together."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from tfkit.plots._style import PALETTE, axes_or_new

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Config = Mapping[str, Any]

_FEW = 6
_PANELS_A_ROW = 4


def plot_random_against_grid(
    random: Sequence[Config],
    grid: Sequence[Config],
    names: tuple[str, str],
    *,
    log: Sequence[str] = (),
    axes: Sequence[Axes] | None = None,
) -> Sequence[Axes]:
    """Draw random and grid search in two hyperparameters, with their projections on each.

    The bars at the edges are the different values of one hyperparameter that were tried. If only one of the two
    matters, they are all that counts: a grid of 25 trials tries 5 values of it, random search 25.

    Example:

    >>> random = [{"a": 0.1, "b": 0.7}, {"a": 0.4, "b": 0.2}]
    >>> left, right = plot_random_against_grid(random, [{"a": 0.0, "b": 0.0}, {"a": 0.0, "b": 1.0}], ("a", "b"))
    >>> left.get_title(), right.get_title()
    ('grid: 2 trials\\n1 × 2 values', 'random: 2 trials\\n2 × 2 values')

    Args:
        random: Configurations of random search.
        grid: Configurations of a grid.
        names: The hyperparameters of the horizontal and of the vertical axis.
        log: Those of them whose axis is logarithmic.
        axes: Two axes, by default those of a new figure.

    Returns:
        The two axes, grid first.

    Raises:
        ValueError: If there are no configurations, or one lacks a name.

    Reference:
        Bergstra and Bengio, "Random search for hyper-parameter optimization", 2012, figure 1.
    """
    for kind, configs in (("random", random), ("grid", grid)):
        if not configs or any(name not in config for config in configs for name in names):
            raise ValueError(f"expected {kind} configurations with {names[0]!r} and {names[1]!r}, received {configs!r}")
    left, right = _panels(axes, 2, sharey=True)
    for ax, kind, configs, color in ((left, "grid", grid, PALETTE[1]), (right, "random", random, PALETTE[0])):
        x, y = (np.array([config[name] for config in configs], dtype=np.float64) for name in names)
        ax.scatter(x, y, color=color, zorder=3, **_dots(len(configs), 28))
        for name, set_scale in zip(names, (ax.set_xscale, ax.set_yscale), strict=True):
            if name in log:
                set_scale("log")
        if len(np.unique(x)) == 1 and names[0] in log:  # one value, and the ticks of a tenth of a decade overlap
            ax.set_xlim(x[0] / 10, x[0] * 10)
        # bars in parts of the axes: they stay at the edge, whatever the scale
        ax.plot(x, np.full_like(x, 0.03), "|", color=color, markersize=14, transform=ax.get_xaxis_transform())
        ax.plot(np.full_like(y, 0.025), y, "_", color=color, markersize=14, transform=ax.get_yaxis_transform())
        counts = f"{len(np.unique(x))} × {len(np.unique(y))} values"
        ax.set_title(f"{kind}: {len(configs)} trial{'' if len(configs) == 1 else 's'}\n{counts}", fontsize=10)
        ax.set(xlabel=names[0], ylabel=names[1])
        ax.margins(0.12)
    left.sharex(right)
    right.set_ylabel("")
    return left, right


def plot_objective(
    result: Any, names: Sequence[str] | None = None, *, label: str = "objective", axes: Sequence[Axes] | None = None
) -> Sequence[Axes]:
    """Draw the score of each trial against each hyperparameter, in one panel for each.

    A hyperparameter that matters shows a shape; one that does not, a cloud. Axes are logarithmic where the values
    were drawn so: they span a factor of 100 or more, and half of them crowd at the low end. Choices stand side by
    side. A trial that did not use a hyperparameter is left out of its panel.

    Example:

    >>> trials = [({"rate": 1e-4, "net": "a"}, 0.2), ({"rate": 1e-2, "net": "b"}, 0.9), ({"rate": 1.0}, 0.1)]
    >>> axes = plot_objective(trials, label="val_accuracy")
    >>> [(ax.get_xlabel(), ax.get_xscale()) for ax in axes], axes[0].get_ylabel()
    ([('rate', 'log'), ('net', 'linear')], 'val_accuracy')

    Args:
        result: A `SearchResult`, or pairs of configuration and score.
        names: The hyperparameters, by default all.
        label: What the scores are, when `result` is pairs.
        axes: As many axes as names, by default those of a new figure.

    Returns:
        The axes.

    Raises:
        ValueError: If no trial has a score, or a name is unknown.
    """
    trials, label, best = _trials(result, label)
    names = _names(trials, names)
    panels = _panels(axes, len(names), sharey=True)
    for ax, name in zip(panels, names, strict=True):
        used = [(config[name], score, i) for i, (config, score) in enumerate(trials) if name in config]
        scale = _Scale([value for value, _, _ in used])
        # choices are spread a little, so that equal ones do not cover each other
        shift = (np.random.default_rng(0).random(len(used)) - 0.5) * (0.3 if scale.choices else 0)
        x = np.array([scale.position(value) for value, _, _ in used]) + shift
        y = np.array([score for _, score, _ in used])
        ax.scatter(x, y, color=PALETTE[0], linewidths=0, **_dots(len(used), 26))
        for position, (_, score, i) in zip(x, used, strict=True):
            if i == best:
                ax.scatter(position, score, marker="*", s=190, color=PALETTE[1], edgecolors="black", zorder=3)
        place = ax.get_subplotspec()
        first = place is None or place.is_first_col()
        ax.set(xlabel=name, ylabel=label if first else "")
        scale.apply(ax)
    return panels


def plot_parallel_coordinates(
    result: Any, names: Sequence[str] | None = None, *, label: str = "objective", ax: Axes | None = None
) -> Axes:
    """Draw each trial as a line across all its hyperparameters to its score, coloured by the score.

    Each vertical line is an axis of its own, logarithmic where the values were drawn so (see `plot_objective`); its
    ends are written on it. A line without a dot passes a hyperparameter that its trial did not use.

    Example:

    >>> ax = plot_parallel_coordinates([({"rate": 1e-4, "units": 16}, 0.2), ({"rate": 1e-2, "units": 64}, 0.9)])
    >>> [tick.get_text() for tick in ax.get_xticklabels()]
    ['rate', 'units', 'objective']

    Args:
        result: A `SearchResult`, or pairs of configuration and score.
        names: The hyperparameters in order, by default all.
        label: What the scores are, when `result` is pairs.
        ax: Axes to draw on, by default those of a new figure.

    Returns:
        The axes.

    Raises:
        ValueError: If no trial has a score, or a name is unknown.
    """
    import matplotlib

    trials, label, best = _trials(result, label)
    names = _names(trials, names)
    ax = axes_or_new(ax, figsize=(1.4 * len(names) + 3, 4))
    scales = [_Scale([config[name] for config, _ in trials if name in config]) for name in names]
    scores = np.array([score for _, score in trials])
    scales.append(_Scale(scores.tolist(), log=False))
    low, high = scores.min(), scores.max()
    # cividis looks the same to people with the common kinds of colour blindness; its palest end is cut off
    colormap = matplotlib.colormaps["cividis"].reversed()
    few = len(trials) <= 60
    width, alpha = (1.5, 1.0) if few else (0.8, max(0.08, min(0.6, 60 / len(trials))))
    for i in np.argsort(scores if scores[best] == high else -scores):  # the best on top
        config, score = trials[i]
        points = [(x, scales[x].height(config[name])) for x, name in enumerate(names) if name in config]
        points.append((len(names), scales[-1].height(score)))
        part = (score - low) / (high - low) if high > low else 1.0
        part = part if scores[best] == high else 1 - part
        style: dict[str, Any] = {"color": colormap(0.15 + 0.85 * part), "linewidth": width, "alpha": alpha}
        if i == best:
            style = {"color": PALETTE[1], "linewidth": 2.6}
        ax.plot(*zip(*points, strict=True), marker="o", **{"markersize": 3 if few else 0, **style})
    for x, scale in enumerate(scales):
        ax.axvline(x, color="0.6", linewidth=1, zorder=0)
        for height, text in scale.marks():
            ax.annotate(
                text, (x, height), xytext=(4, 0), textcoords="offset points", fontsize=8, va="center",
                bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 0.6}, zorder=4,
            )  # fmt: skip
    ax.set_xticks(range(len(scales)), [*names, label])
    ax.set_yticks([])
    ax.set(xlim=(-0.2, len(scales) - 0.4), ylim=(-0.06, 1.06))
    ax.set_title(f"{len(trials)} trial{'' if len(trials) == 1 else 's'}, the best in orange", fontsize=10)
    for side in ("left", "right", "top", "bottom"):
        ax.spines[side].set_visible(False)
    return ax


def _dots(count: int, size: float) -> dict[str, Any]:
    """Size and opacity of so many dots: thousands are small and pale, so that a crowd looks like one."""
    return {"s": size * min(1.0, max(0.15, 100 / count)), "alpha": min(0.75, max(0.2, 150 / count))}


class _Scale:
    """Where the values of one hyperparameter lie: numbers by size, or by logarithm, choices by rank."""

    def __init__(self, values: Sequence[Any], log: bool | None = None) -> None:
        numbers = all(isinstance(value, (int, float, np.number)) and not isinstance(value, bool) for value in values)
        # a few whole numbers, such as 1 to 3 layers, are shown as choices
        few = numbers and log is None and all(isinstance(value, (int, np.integer)) for value in values)
        few = few and len(set(values)) <= _FEW and max(values) - min(values) < _FEW
        self.choices = [] if numbers and not few else sorted(set(values), key=None if few else str)
        if numbers and not few:
            self.low, self.high = float(min(values)), float(max(values))
        else:
            self.low, self.high = 0.0, float(len(self.choices) - 1)
        crowded = numbers and not few and np.median(values) - self.low < 0.2 * (self.high - self.low)
        drawn_so = crowded and self.low > 0 and self.high / self.low >= 100
        self.log = bool(drawn_so) if log is None else log

    def position(self, value: Any) -> float:
        """Its place on an axis of matplotlib."""
        return float(self.choices.index(value)) if self.choices else float(value)

    def height(self, value: Any) -> float:
        """Its place from 0 to 1."""
        measure = math.log if self.log else float
        low, high, at = (measure(number) for number in (self.low, self.high, self.position(value)))
        return (at - low) / (high - low) if high > low else 0.5

    def marks(self) -> list[tuple[float, str]]:
        """Heights and texts of what is written on a vertical line."""
        if self.choices:
            return [(self.height(choice), str(choice)) for choice in self.choices]
        return [(self.height(number), f"{number:.3g}") for number in dict.fromkeys((self.low, self.high))]

    def apply(self, ax: Axes) -> None:
        """Makes the horizontal axis of a panel this scale."""
        if self.log:
            ax.set_xscale("log")
        if self.choices:
            ax.set_xticks(range(len(self.choices)), [str(choice) for choice in self.choices])
            ax.set_xlim(-0.5, len(self.choices) - 0.5)


def _trials(result: Any, label: str) -> tuple[list[tuple[Config, float]], str, int]:
    """Pairs of configuration and score, the name of the score, and the place of the best."""
    sign = 1
    if hasattr(result, "trials") and hasattr(result, "objective"):
        pairs = [(trial.values, trial.score) for trial in result.trials]
        label, sign = result.objective[0], 1 if result.objective[1] == "max" else -1
    else:
        pairs = [(config, float(score)) for config, score in result]
    pairs = [(config, score) for config, score in pairs if math.isfinite(score)]
    if not pairs:
        raise ValueError("expected trials with finite scores, received none; did every trial fail?")
    return pairs, label, max(range(len(pairs)), key=lambda i: sign * pairs[i][1])


def _names(trials: list[tuple[Config, float]], names: Sequence[str] | None) -> list[str]:
    known = list(dict.fromkeys(name for config, _ in trials for name in config))
    for name in names or ():
        if name not in known:
            raise ValueError(f"expected names among {', '.join(known)}, received {name!r}")
    return list(names) if names is not None else known


def _panels(axes: Sequence[Axes] | None, count: int, sharey: bool) -> Sequence[Axes]:
    if axes is None:
        import matplotlib.pyplot

        columns = min(count, _PANELS_A_ROW)
        rows = -(-count // columns)
        figure, grid = matplotlib.pyplot.subplots(
            rows,
            columns,
            layout="constrained",
            figsize=(2.6 * columns + 1.5, 3.2 * rows + 0.2),
            sharey=sharey,
            squeeze=False,
        )
        for spare in grid.flat[count:]:
            figure.delaxes(spare)
        return tuple(grid.flat[:count])
    if len(axes) != count:
        raise ValueError(f"expected {count} axes, received {len(axes)}")
    return tuple(axes)
