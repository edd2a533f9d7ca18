"""What the pictures of a search show."""

import math

import matplotlib
import numpy as np
import pytest

matplotlib.use("Agg")
import matplotlib.pyplot as plt

from tfkit.plots import plot_objective, plot_parallel_coordinates, plot_random_against_grid
from tfkit.search import SearchResult, Trial, grid, random_search

SPACE = {"rate": ("log", 1e-5, 1.0), "drop": ("linear", 0.0, 0.5)}


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


@pytest.fixture
def trials(rng):
    space = {**SPACE, "layers": ("int", 1, 3), "net": ("choice", ["a", "b"])}
    configs = random_search(space, 30, rng)
    for config in configs[::2]:
        config["momentum"] = 0.5
    return [(config, float(score)) for config, score in zip(configs, rng.random(30), strict=True)]


def points_of(ax):
    return ax.collections[0].get_offsets().data


def test_projections_count_the_values_that_were_tried(rng):
    random = random_search(SPACE, 25, rng)
    left, right = plot_random_against_grid(random, grid(SPACE, 5), ("rate", "drop"), log=["rate"])
    assert left.get_title() == "grid: 25 trials\n5 × 5 values"
    assert right.get_title() == "random: 25 trials\n25 × 25 values"
    assert left.get_xscale() == right.get_xscale() == "log" and left.get_yscale() == "linear"
    np.testing.assert_allclose(points_of(right)[:, 0], [config["rate"] for config in random])
    assert left.get_xlim() == right.get_xlim() and left.get_ylim() == right.get_ylim()


def test_each_hyperparameter_has_a_panel_with_its_scale(trials):
    panels = plot_objective(trials, label="val_accuracy")
    scales = {ax.get_xlabel(): ax.get_xscale() for ax in panels}
    assert scales == {"rate": "log", "drop": "linear", "layers": "linear", "net": "linear", "momentum": "linear"}
    by_name = {ax.get_xlabel(): ax for ax in panels}
    assert len(points_of(by_name["momentum"])) == 15 and len(points_of(by_name["rate"])) == 30
    assert [tick.get_text() for tick in by_name["layers"].get_xticklabels()] == ["1", "2", "3"]
    assert panels[0].get_ylabel() == "val_accuracy" and panels[1].get_ylabel() == ""
    np.testing.assert_allclose(points_of(by_name["rate"])[:, 1], [score for _, score in trials])


def test_the_star_stands_at_the_best_of_the_direction():
    trials = (Trial("0", {"a": 0.5}, 3.0), Trial("1", {"a": 0.7}, 1.0), Trial("2", {"a": 0.1}, math.nan))
    (ax,) = plot_objective(SearchResult(trials, ("val_loss", "min")))
    assert ax.get_ylabel() == "val_loss"
    np.testing.assert_allclose(ax.collections[1].get_offsets().data, [[0.7, 1.0]])


def test_lines_run_from_axis_to_axis_and_pass_what_was_not_used(trials):
    ax = plot_parallel_coordinates(trials, label="val_accuracy")
    assert [tick.get_text() for tick in ax.get_xticklabels()] == [
        "rate",
        "drop",
        "layers",
        "net",
        "momentum",
        "val_accuracy",
    ]
    lines = [line for line in ax.lines if line.get_marker() == "o"]
    assert sorted({len(line.get_xdata()) for line in lines}) == [5, 6] and len(lines) == 30
    heights = np.concatenate([line.get_ydata() for line in lines])
    assert heights.min() >= 0 and heights.max() <= 1
    assert lines[-1].get_ydata()[-1] == 1.0  # the best is drawn last, and ends at the top


def test_pictures_are_drawn_on_given_axes(trials):
    _, axes = plt.subplots(1, 2)
    assert plot_objective(trials, ["rate", "drop"], axes=axes) == tuple(axes)
    _, axes = plt.subplots(1, 2)
    assert plot_random_against_grid([trials[0][0]], [trials[1][0]], ("rate", "drop"), axes=axes) == tuple(axes)
    assert plot_parallel_coordinates(trials, ["rate"], ax=axes[0]) is axes[0]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: plot_objective([]), "expected trials with finite scores"),
        (lambda: plot_objective([({"a": 1}, math.nan)]), "expected trials with finite scores"),
        (lambda: plot_objective([({"a": 1}, 1.0)], ["b"]), "expected names among a, received 'b'"),
        (lambda: plot_objective([({"a": 1}, 1.0)], axes=[]), "expected 1 axes, received 0"),
        (lambda: plot_random_against_grid([], [{"a": 1, "b": 2}], ("a", "b")), "expected random configurations"),
        (lambda: plot_random_against_grid([{"a": 1, "b": 2}], [{"a": 1}], ("a", "b")), "expected grid configurations"),
    ],
)
def test_wrong_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
