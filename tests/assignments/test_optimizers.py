"""08's solution against Keras's own optimizers and schedules, over many steps, and against plain NumPy.

Where Keras has another convention, the hand-out says so, and what differs is set here: AdaGrad's first sums, and ε so
small that its place cannot be seen. That its place is seen otherwise stands below.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import numpy as np
import pytest

FOLDER = Path(__file__).parents[2] / "assignments"
SHAPES = {"W": (7, 3), "b": (1, 5)}
STEPS = 9
TINY = 1e-12


def loaded(name: str, path: Path):
    spec = importlib.util.spec_from_file_location(name, path)
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def solution():
    return loaded("solution_of_08", FOLDER / "08_optimizers" / "solution.py")


def drawn(seed: int) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(seed)
    return {name: rng.normal(size=shape) for name, shape in SHAPES.items()}


def start(solution, name: str, w: dict):
    if name == "adam":
        return {"t": 0, "m": solution.zeros(w), "s": solution.zeros(w)}
    return {} if name == "sgd" else solution.zeros(w)


def own_road(solution, name: str, options: tuple[float, ...]) -> list[dict[str, np.ndarray]]:
    """The weights after each step, in float64."""
    import tensorflow as tf

    w = {key: tf.constant(value) for key, value in drawn(0).items()}
    state = start(solution, name, w)
    places = []
    for step in range(1, STEPS + 1):
        g = {key: tf.constant(value) for key, value in drawn(step).items()}
        w, state = getattr(solution, name)(w, g, state, *options)
        places.append({key: value.numpy() for key, value in w.items()})
    return places


def kerass_road(make) -> list[dict[str, np.ndarray]]:
    import keras
    import tensorflow as tf

    optimizer = make(keras.optimizers)
    w = {key: tf.Variable(value) for key, value in drawn(0).items()}
    places = []
    for step in range(1, STEPS + 1):
        optimizer.apply([tf.constant(value) for value in drawn(step).values()], list(w.values()))
        places.append({key: value.numpy() for key, value in w.items()})
    return places


def apart(one: list[dict[str, np.ndarray]], two: list[dict[str, np.ndarray]]) -> float:
    return max(float(np.abs(a[key] - b[key]).max()) for a, b in zip(one, two, strict=True) for key in SHAPES)


SAME = {
    "sgd": (lambda of: of.SGD(0.15), (0.15,)),
    "momentum": (lambda of: of.SGD(0.15, momentum=0.8), (0.15, 0.8)),
    "nesterov": (lambda of: of.SGD(0.15, momentum=0.8, nesterov=True), (0.15, 0.8)),
    "adagrad": (lambda of: of.Adagrad(0.15, initial_accumulator_value=0.0, epsilon=TINY), (0.15, TINY)),
    "rmsprop": (lambda of: of.RMSprop(0.15, rho=0.7, epsilon=TINY), (0.15, 0.7, TINY)),
    "adam": (lambda of: of.Adam(0.15, beta_1=0.6, beta_2=0.85, epsilon=TINY), (0.15, 0.6, 0.85, TINY)),
}


@pytest.mark.parametrize("name", SAME)
def test_optimizers_are_kerass(solution, name):
    make, options = SAME[name]
    # Keras keeps its rate, and what is computed of it alone, in float32
    assert apart(own_road(solution, name, options), kerass_road(make)) < 3e-6


OTHERWISE = {
    "adagrad": (lambda of: of.Adagrad(0.15, initial_accumulator_value=0.0, epsilon=0.1), (0.15, 0.1)),
    "rmsprop": (lambda of: of.RMSprop(0.15, rho=0.7, epsilon=0.1), (0.15, 0.7, 0.1)),
    "adam": (lambda of: of.Adam(0.15, beta_1=0.6, beta_2=0.85, epsilon=0.1), (0.15, 0.6, 0.85, 0.1)),
    "adagrad from 0.1": (lambda of: of.Adagrad(0.15, epsilon=TINY), (0.15, TINY)),
}


@pytest.mark.parametrize("name", OTHERWISE)
def test_where_the_hand_out_says_that_keras_differs_it_does(solution, name):
    make, options = OTHERWISE[name]
    assert apart(own_road(solution, name.split()[0], options), kerass_road(make)) > 0.01


def _sgd(w, g, v, s, t, rate):
    return w - rate * g, v, s


def _momentum(w, g, v, s, t, rate, mu):
    v = mu * v - rate * g
    return w + v, v, s


def _nesterov(w, g, v, s, t, rate, mu):
    # from the place that the velocity has led to: back from there, and further along the new velocity
    new = mu * v - rate * g
    return w - mu * v + (1 + mu) * new, new, s


def _adagrad(w, g, v, s, t, rate, epsilon):
    s = s + g**2
    return w - rate * g / (s**0.5 + epsilon), v, s


def _rmsprop(w, g, v, s, t, rate, rho, epsilon):
    s = s + (1 - rho) * (g**2 - s)
    return w - rate * g / (s**0.5 + epsilon), v, s


def _adam(w, g, m, s, t, rate, beta_1, beta_2, epsilon):
    m, s = m + (1 - beta_1) * (g - m), s + (1 - beta_2) * (g**2 - s)
    return w - rate * (m / (1 - beta_1**t)) / ((s / (1 - beta_2**t)) ** 0.5 + epsilon), m, s


IN_NUMPY = {
    "sgd": _sgd,
    "momentum": _momentum,
    "nesterov": _nesterov,
    "adagrad": _adagrad,
    "rmsprop": _rmsprop,
    "adam": _adam,
}


def numpy_road(name: str, options: tuple[float, ...]) -> list[dict[str, np.ndarray]]:
    """The weights after each step in plain NumPy, from the definitions alone."""
    w, places = drawn(0), []
    first, second = ({key: np.zeros_like(value) for key, value in w.items()} for _ in range(2))
    for t in range(1, STEPS + 1):
        for key, g in drawn(t).items():
            w[key], first[key], second[key] = IN_NUMPY[name](w[key], g, first[key], second[key], t, *options)
        places.append(dict(w))
    return places


@pytest.mark.parametrize("name", SAME)
def test_optimizers_are_those_of_plain_numpy(solution, name):
    options = tuple(0.1 if option == TINY else option for option in SAME[name][1])
    assert apart(own_road(solution, name, options), numpy_road(name, options)) < 1e-12


RATES = {
    "step_decay": (lambda of: of.ExponentialDecay(0.1, 15, 0.3, staircase=True), (5, 0.3, 3)),
    "exponential_decay": (lambda of: of.ExponentialDecay(0.1, 7, 0.3), (0.3, 7)),
    "linear_decay": (lambda of: of.PolynomialDecay(0.1, 31, end_learning_rate=0.0), (31,)),
    "cosine_decay": (lambda of: of.CosineDecay(0.1, 31), (31,)),
    "cosine_restarts": (lambda of: of.CosineDecayRestarts(0.1, 4, t_mul=2.0), (4, 2)),
}


@pytest.mark.parametrize("name", RATES)
def test_schedules_are_kerass_in_every_step(solution, name):
    import keras

    make, options = RATES[name]
    schedule, steps = make(keras.optimizers.schedules), range(40)
    theirs = [float(schedule(step)) for step in steps]
    assert [getattr(solution, name)(0.1, step, *options) for step in steps] == pytest.approx(theirs, abs=1e-6)


def test_the_inverse_root_and_the_warm_up_are_tfkits(solution):
    from tfkit import InverseSqrtDecay

    schedule = InverseSqrtDecay(0.1, decay_steps=6, warmup_steps=5)
    own = [solution.warmup(solution.inverse_sqrt(0.1, max(step - 5, 0), 6), step, 5) for step in range(30)]
    assert own == pytest.approx([float(schedule(step)) for step in range(30)], abs=1e-7)


def test_larger_batches_are_tfkits(solution):
    from tfkit.training.schedules import linear_scaling

    assert solution.linear_scaling(0.1, 1024, 256) == linear_scaling(0.1, 1024, 256)
