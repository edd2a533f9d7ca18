"""What the eye would object to, measured on drawn figures: squeezed axes, legends cut off, labels that overlap."""

import matplotlib

matplotlib.use("Agg")

from itertools import pairwise
from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np
import pandas
import pytest

import tfkit
from tfkit import check_gradients, diagnose, plots
from tfkit.metrics import operating_point

pytestmark = pytest.mark.turns(3)

POINTS = (1, 10, 300, 5000)
KINDS = ("falls", "explodes", "nan", "infinite", "negative", "constant", "zero")
LONG = "momentum 0.9, learning rate 0.001, batches of 32, seed 7, He's weights"


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def curve(n, kind="falls", shift=0.0):
    """A loss of n epochs with a little noise, and one thing that is odd."""
    time = np.arange(n) / max(n - 1, 1)
    values = (2.3 - shift) * np.exp(-5 * time) + 0.1 + shift / 3 + 0.03 * np.random.default_rng(0).normal(size=n)
    if kind == "explodes":
        values[0] = 5e3
    elif kind == "nan":
        values[n // 2 :] = np.nan
    elif kind == "infinite":
        values[n // 2] = np.inf
    elif kind == "negative":
        values -= 1
    elif kind == "constant":
        values[:] = 0.7
    elif kind == "zero":
        values = np.maximum(values - 0.4, 0)
    return values


def history(n, kind="falls"):
    accuracy = 1 - 0.8 * np.exp(-4 * np.arange(1, n + 1) / n)
    return {"loss": curve(n, kind), "val_loss": curve(n, kind, 0.2), "val_accuracy": accuracy}


def swept(rates, epochs, seeds=1):
    learning_rates = np.repeat(np.geomspace(1e-4, 1e2, rates), seeds)
    losses = 0.1 + 2 * np.exp(-learning_rates[:, None] * np.arange(1, epochs + 1) / 5)
    losses[learning_rates > 3] = np.nan
    return SimpleNamespace(learning_rates=learning_rates, losses=losses)


def classified(n):
    rng = np.random.default_rng(n)
    y = np.r_[0, 1, rng.integers(2, size=n - 2)]
    return y, 1 / (1 + np.exp(1 - 2 * y - rng.normal(size=n)))


def activations(layers):
    names = ["input", *(f"dense_{i}" for i in range(layers - 1))]
    numbers = {"mean": 0.1, "std": np.linspace(1, 0.3, layers), "zeros": 0.4, "saturated": 0.1}
    return pandas.DataFrame({"layer": names} | numbers)


def gradient_check(tensors):
    params = {f"layer_{i}/kernel": np.full((2, 2), i + 1.0) for i in range(tensors)}
    wrong = {name: 2 * value * (1.3 if i % 5 == 0 else 1) for i, (name, value) in enumerate(params.items())}
    return check_gradients(lambda p: sum((value**2).sum() for value in p.values()), params, wrong)


def trials(n):
    rng = np.random.default_rng(n)
    return [
        ({"learning_rate": 10 ** rng.uniform(-5, 0), "dropout": rng.uniform(0, 0.5), "net": "ab"[i % 2]}, rng.random())
        for i in range(n)
    ]


def roc(n):
    y, scores = classified(n)
    points = {name: operating_point(y, scores, sensitivity=0.5 + 0.07 * i) for i, name in enumerate("abcdef")}
    return plots.plot_roc(y, scores, points=points, clinicians=[(0.8, 0.7)], name="a network with a long name")


FIGURES = {
    **{
        f"history, {n}, {kind}": lambda n=n, kind=kind: plots.plot_history(history(n, kind))
        for n in POINTS
        for kind in KINDS
    },
    **{f"diagnosed, {n}": lambda n=n: plots.plot_history(history(n), diagnose(history(n))) for n in POINTS},
    **{f"losses alone, {n}": lambda n=n: plots.plot_history(curve(n)) for n in POINTS},
    **{
        f"{count} losses, {n}, {kind}": lambda n=n, count=count, kind=kind: plots.plot_losses(
            {f"rate {10.0**-i:g}": curve(n, "falls" if i else kind, 0.1 * i) for i in range(count)}
        )
        for n in POINTS
        for count, kind in [(1, "explodes"), (6, "explodes"), (6, "nan"), (6, "falls"), (6, "negative")]
    },
    "long names": lambda: plots.plot_losses({f"{LONG} {i}": curve(30) for i in range(6)}),
    "20 losses": lambda: plots.plot_losses({f"run {i}": curve(30, shift=i / 30) for i in range(20)}),
    **{f"sweep, {n}": lambda n=n: plots.plot_sweep(swept(max(n, 2), 10)) for n in (2, 10, 300)},
    "sweep, seeds": lambda: plots.plot_sweep(swept(15, 300, 6)),
    "sweep, six epochs": lambda: plots.plot_sweep(swept(15, 300), epochs=[1, 3, 10, 30, 100, 300]),
    "sweep, all diverged": lambda: plots.plot_sweep(
        SimpleNamespace(learning_rates=[10, 20], losses=[[np.nan], [np.inf]])
    ),
    **{f"roc, {n}": lambda n=n: roc(n) for n in (10, 300, 5000)},
    **{f"calibration, {n}": lambda n=n: plots.plot_calibration(*classified(n)) for n in (10, 300, 5000)},
    **{
        f"confusion, {k}": lambda k=k: plots.plot_confusion(np.full((k, k), 1234) + 10**4 * np.eye(k, dtype=int))
        for k in (1, 2, 10, 20)
    },
    "confusion, long names": lambda: plots.plot_confusion(
        np.ones((6, 6), int), class_names=["basal cell carcinoma"] * 6
    ),
    **{f"activations, {n}": lambda n=n: plots.plot_activations(activations(n)) for n in (1, 2, 10, 30)},
    **{f"gradient check, {n}": lambda n=n: plots.plot_gradient_check(gradient_check(n)) for n in (1, 6, 40)},
    **{f"objective, {n}": lambda n=n: plots.plot_objective(trials(n))[0] for n in POINTS},
    **{f"parallel, {n}": lambda n=n: plots.plot_parallel_coordinates(trials(n)) for n in (1, 10, 300)},
    **{
        f"random against grid, {n}": lambda n=n: plots.plot_random_against_grid(
            [config for config, _ in trials(n)],
            [{"learning_rate": 10.0 ** -(i % 5), "dropout": i // 5 / n} for i in range(n)],
            ("learning_rate", "dropout"),
            log=["learning_rate"],
        )[0]
        for n in POINTS
    },
}  # fmt: skip


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_can_be_read(name):
    ax = FIGURES[name]()
    figure = ax.figure
    figure.canvas.draw()
    whole = figure.bbox
    for other in figure.axes:
        labels = [
            label for axis in (other.xaxis, other.yaxis) for label in (axis.label, *ticks(axis)) if label.get_text()
        ]
        legend = other.get_legend()
        for box in [label.get_window_extent() for label in labels] + ([legend.get_window_extent()] if legend else []):
            assert box.x0 >= whole.x0 - 1 and box.x1 <= whole.x1 + 1, "cut off at a side"
            assert box.y0 >= whole.y0 - 1 and box.y1 <= whole.y1 + 1, "cut off above or below"
        for axis in (other.xaxis, other.yaxis):
            assert not overlapping(ticks(axis)), "numbers on top of each other"
        if legend:
            assert not overlapping(legend.get_texts())
    if name.split(",")[0] not in ("objective", "random against grid"):  # these have several panels
        turned = name == "confusion, long names"
        assert ax.get_window_extent().width >= (0.5 if turned else 0.6) * whole.width, "squeezed"


def ticks(axis):
    """The labels of ticks that are seen."""
    low, high = sorted(axis.get_view_interval())
    shown = [*axis.get_major_ticks(), *axis.get_minor_ticks()]
    return [
        tick.label1
        for tick in shown
        if low <= tick.get_loc() <= high and tick.label1.get_visible() and tick.label1.get_text()
    ]


def overlapping(texts):
    # texts that are turned have boxes that overlap although their letters do not
    boxes = [text.get_window_extent() for text in texts if text.get_rotation() == 0]
    boxes.sort(key=lambda box: (round(box.y0), box.x0))
    return any(
        min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 2 for a, b in pairwise(boxes)
    )


@pytest.mark.parametrize("n", POINTS)
def test_dots_are_for_few_points(n):
    for ax in (plots.plot_history(history(n)), plots.plot_losses({"a": curve(n)})):
        lines = [line for other in ax.figure.axes for line in other.lines]
        assert all((line.get_marker() not in ("None", None, "")) == (n <= 12) for line in lines)


@pytest.mark.parametrize("draw", [plots.plot_history, lambda h: plots.plot_losses({"a": h})])
def test_the_axis_is_logarithmic_where_the_range_passes_100(draw):
    for first, expected in ((9.9, "linear"), (10.1, "log")):
        ax = draw({"loss": [first, 0.5, 0.2, 0.1]})
        assert ax.get_yscale() == expected
        assert ("log scale" in ax.get_ylabel()) == (expected == "log")
    assert plots.plot_losses({"a": [1e6, 1.0]}, log_scale=False).get_yscale() == "linear"
    # a logarithm has no place for negative numbers, which are seen all the same
    ax = draw({"loss": [1e6, 1.0, -1.0, -1.5, -2.0, -2.1]})
    assert ax.get_yscale() == "symlog" and "log scale above" in ax.get_ylabel()
    low, high = ax.get_ylim()
    assert low < -2.1 and high > 1e6


def test_the_legend_says_where_a_loss_is_not_finite():
    ax = plots.plot_losses({"a": [1.0, 0.5, np.nan, np.nan], "b": [np.inf, 1.0, 1.0, 1.0], "c": [np.nan] * 4})
    texts = [text.get_text() for text in ax.get_legend().get_texts()]
    assert texts == ["a, NaN from epoch 3", "b, infinite at epoch 1", "c, always NaN"]


def test_a_moving_average_passes_gaps():
    values = np.r_[np.ones(100), np.nan, 3 * np.ones(100)]
    line = plots.plot_losses({"a": values}).lines[-1]
    np.testing.assert_allclose(line.get_ydata(), values)


def test_an_axis_of_something_else_is_named():
    with pytest.raises(ValueError, match="expected ax to be axes of matplotlib, received the text 'log'"):
        tfkit.plot_losses({"a": [1.0]}, "log")
