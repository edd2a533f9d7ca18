"""Spaces, draws, grids and refinement: laws against closed forms, counts by hand."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tfkit.search import check_space, coarse_to_fine, grid, log_uniform, random_search
from tfkit.search._drawing import draw, size_of

SPACE = {
    "rate": ("log", 1e-5, 1.0),
    "drop": ("linear", 0.1, 0.5),
    "units": ("int", 2, 5),
    "net": ("choice", ["a", "b", "c"]),
}
# a p-value below this comes by chance once in a million
RARE = 1e-6


def test_log_uniform_has_its_law(rng):
    draws = log_uniform(1e-5, 1.0, rng, size=(100, 50))
    assert draws.shape == (100, 50) and draws.dtype == np.float64
    assert stats.kstest(draws.ravel(), stats.loguniform(1e-5, 1.0).cdf).pvalue > RARE
    assert type(log_uniform(1e-5, 1.0, rng)) is float


@given(st.floats(1e-300, 1e300), st.floats(1.0001, 1e5), st.integers(0, 1000))
def test_log_uniform_stays_between_its_ends(low, ratio, seed):
    high = min(low * ratio, 1.7e308)
    draws = log_uniform(low, high, np.random.default_rng(seed), size=50)
    assert (draws >= low).all() and (draws <= high).all()


def test_draws_have_the_laws_of_their_entries(rng):
    configs = [draw(SPACE, rng) for _ in range(3000)]
    values = {name: [config[name] for config in configs] for name in SPACE}
    assert stats.kstest(values["rate"], stats.loguniform(1e-5, 1.0).cdf).pvalue > RARE
    assert stats.kstest(values["drop"], stats.uniform(0.1, 0.4).cdf).pvalue > RARE
    for name, choices in (("units", [2, 3, 4, 5]), ("net", ["a", "b", "c"])):
        counts = [values[name].count(choice) for choice in choices]
        assert sum(counts) == 3000 and stats.chisquare(counts).pvalue > RARE
    assert {type(value) for value in values["units"]} == {int} and {type(value) for value in values["rate"]} == {float}


def test_same_generator_same_configurations():
    first, again, other = (random_search(SPACE, 10, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert first == again != other


@pytest.mark.parametrize(("n", "expected"), [(1, 1), (11, 11), (12, 12), (500, 12)])
def test_random_search_never_repeats(n, expected, rng):
    space = {"units": ("int", 1, 4), "net": ("choice", ["a", "b", "c"])}
    found = random_search(space, n, rng)
    assert len(found) == expected == len({tuple(config.values()) for config in found})
    assert size_of(space) == 12 and size_of(SPACE) == math.inf


def test_random_search_of_few_among_many(rng):
    space = {"units": ("int", 1, 50), "layers": ("int", 1, 4)}
    found = random_search(space, 49, rng)
    assert len({tuple(config.values()) for config in found}) == 49


def test_grid_is_the_product_of_its_axes():
    found = grid({**SPACE, "units": ("int", 16, 128)}, 4)
    rates, drops = np.geomspace(1e-5, 1, 4), np.linspace(0.1, 0.5, 4)
    expected = list(itertools.product(rates, drops, [16, 53, 91, 128], "abc"))
    assert len(found) == len(expected) == 4**3 * 3
    for config, row in zip(found, expected, strict=True):
        assert list(config) == list(SPACE) and config["net"] == row[3]
        np.testing.assert_allclose(list(config.values())[:3], row[:3], rtol=1e-9)


@given(st.floats(1e-8, 1e3), st.floats(1.5, 1e6), st.integers(2, 9))
def test_grids_hold_the_ends_exactly(low, ratio, points):
    for kind in ("log", "linear"):
        values = [config["x"] for config in grid({"x": (kind, low, low * ratio)}, points)]
        assert values[0] == low and values[-1] == low * ratio and len(values) == points == len(set(values))


def test_rounded_ints_come_once():
    assert [config["n"] for config in grid({"n": ("int", 1, 3)}, 20)] == [1, 2, 3]


@given(st.floats(1e-6, 1.0), st.floats(2, 1e6), st.floats(0, 1), st.floats(1.1, 20), st.sampled_from(["log", "linear"]))
def test_refined_ranges_are_centred_and_narrower(low, ratio, part, factor, kind):
    high = low * ratio
    low, high = (low, high) if kind == "log" else (-low, high)
    measure = math.log if kind == "log" else float
    best = math.exp(math.log(low) + part * math.log(high / low)) if kind == "log" else low + part * (high - low)
    _, new_low, new_high = coarse_to_fine({"x": (kind, low, high)}, [({"x": best}, 1.0)], factor)["x"]
    scale = abs(measure(high)) + abs(measure(low))
    width = measure(new_high) - measure(new_low)
    assert width == pytest.approx((measure(high) - measure(low)) / factor, rel=1e-6, abs=1e-9 * scale)
    assert (measure(new_low) + measure(new_high)) / 2 == pytest.approx(measure(best), rel=1e-6, abs=1e-9 * scale)


def test_refining_moves_outward_from_an_edge_and_keeps_sizes_sensible():
    space = {
        "rate": ("log", 1e-3, 1.0),
        "layers": ("int", 1, 4),
        "drop": ("linear", 0.0, 0.6),
        "net": ("choice", ["a"]),
    }
    best = {"rate": 1.0, "layers": 1, "drop": 0.0, "net": "a"}
    worse = {**best, "rate": 0.1}
    finer = coarse_to_fine(space, [(worse, math.nan), (worse, -2.0), (best, -1.0)], 3)
    assert finer["rate"][2] == pytest.approx(10**0.5)
    assert finer["layers"] == ("int", 1, 2) and finer["drop"] == ("linear", 0.0, pytest.approx(0.1))
    assert finer["net"] == ("choice", ["a"])


@pytest.mark.parametrize(
    ("space", "message"),
    [
        ({}, "expected a dict from names to ranges"),
        ([("rate", 1, 2)], "expected a dict from names to ranges"),
        ({1: ("log", 1, 2)}, "names of hyperparameters as strings, received 1"),
        ({"x": (1e-4, 1.0)}, "expected a range or choice for 'x'"),
        ({"x": ("logarithmic", 1, 2)}, "expected a range or choice for 'x'"),
        ({"x": ("log", 1)}, "expected a range or choice for 'x'"),
        ({"x": ("log", 0.0, 1.0)}, "log range above 0 for 'x', received low = 0.0"),
        ({"x": ("linear", 1.0, 0.0)}, "expected low < high for 'x', received 1.0 and 0.0; were they swapped"),
        ({"x": ("linear", 0.0, 0.0)}, "expected low < high"),
        ({"x": ("linear", 0.0, math.nan)}, "finite numbers as the ends of 'x'"),
        ({"x": ("linear", 0.0, math.inf)}, "finite numbers"),
        ({"x": ("int", 1.0, 2.5)}, "whole numbers as the ends of 'x'"),
        ({"x": ("int", True, 3)}, "whole numbers"),
        ({"x": ("choice", [])}, "one value or more for 'x'"),
        ({"x": ("choice", ["a", "b", "a"])}, "different values for 'x'"),
        ({"x": ("choice", "abc")}, "expected a range or choice for 'x'"),
    ],
)
def test_wrong_spaces_are_named(space, message):
    with pytest.raises(ValueError, match=message):
        check_space(space)


def test_numpy_numbers_become_pythons():
    checked = check_space({"a": ("int", np.int64(1), np.int32(3)), "b": ("log", np.float32(1), np.float64(2))})
    assert [type(end) for entry in checked.values() for end in entry[1:]] == [int, int, float, float]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda rng: random_search(SPACE, 0, rng), "n"),
        (lambda rng: grid(SPACE, 1), "expected 2 points or more"),
        (lambda rng: coarse_to_fine(SPACE, [], 2), "expected one scored trial or more, received 0"),
        (lambda rng: coarse_to_fine(SPACE, [({}, math.nan)], 2), "received 1 without a score"),
        (lambda rng: coarse_to_fine(SPACE, [({"rate": 1}, 1.0)], 2), "a value of drop, units, net in the best trial"),
        (lambda rng: coarse_to_fine(SPACE, [({}, 1.0)], 1), "expected a factor above 1, received 1"),
        (lambda rng: log_uniform(1.0, 0.1, rng), "expected low < high"),
    ],
)
def test_wrong_calls_are_named(call, message, rng):
    with pytest.raises(ValueError, match=message):
        call(rng)
