"""The hidden tests of 08: other sizes, numbers, names and lengths than the public ones, in float64 too."""

import numpy as np
from common.learning_rates import READY, assert_best, assert_each_once
from common.optimizer_steps import assert_rates, assert_road, assert_step

from autograder.testing import assert_loss, question


def judge(student, reference, name, problem):
    """One step and several, also in float64, in sizes such as 1, and with one weight or three."""
    assert_step(student, reference, name, problem)
    assert_step(student, reference, name, problem.edges)
    assert_road(student, reference, name, problem.second)
    for one in problem.edges:
        assert_road(student, reference, name, one)


@question("08.1", points=0.75)
def test_sgd_again(student, reference, problem):
    """Gradient descent: other numbers, shapes and names of weights."""
    judge(student, reference, "sgd", problem)


@question("08.2", points=1.25)
def test_momentum_again(student, reference, problem):
    """Momentum: other numbers, shapes and names of weights."""
    judge(student, reference, "momentum", problem)


@question("08.3", points=1.25)
def test_nesterov_again(student, reference, problem):
    """Nesterov: other numbers, shapes and names of weights."""
    judge(student, reference, "nesterov", problem)


@question("08.4", points=1.25)
def test_adagrad_again(student, reference, problem):
    """AdaGrad: other numbers, shapes and names of weights."""
    judge(student, reference, "adagrad", problem)


@question("08.5", points=1.25)
def test_rmsprop_again(student, reference, problem):
    """RMSProp: other numbers, shapes and names of weights."""
    judge(student, reference, "rmsprop", problem)


@question("08.6", points=2)
def test_adam_again(student, reference, problem):
    """Adam: other numbers, shapes and names of weights."""
    judge(student, reference, "adam", problem)


def other(problem):
    """Schedules of other lengths."""

    def drawn(name, low, high):
        return lambda one: int(one.rng(name).integers(low, high + 1))

    return problem.extended(
        learning_rate=lambda one: float(one.rng("rate").uniform(0.05, 2)),
        factor=lambda one: float(one.rng("factor").uniform(0.2, 0.8)),
        steps_per_epoch=drawn("steps_per_epoch", 2, 4),
        every=lambda one: one.own(1, 3),
        total=drawn("total", 9, 16),
        period=drawn("period", 2, 4),
        growth=lambda one: one.own(1, 2),
        steps=lambda one: one.own(1, 9),
    )


@question("08.7", points=1.25, forbids=READY)
def test_step_decay_again(student, reference, problem):
    """Steps down: the rates of all steps, for other numbers."""
    assert_rates(student, reference, "step_decay", other(problem), beyond=10)


@question("08.8", points=0.75, forbids=READY)
def test_exponential_decay_again(student, reference, problem):
    """Exponential decay: the rates of all steps, for other numbers."""
    assert_rates(student, reference, "exponential_decay", other(problem))


@question("08.9", points=0.75, forbids=READY)
def test_linear_decay_again(student, reference, problem):
    """Linear decay: the rates of all steps and of some beyond, for other numbers."""
    assert_rates(student, reference, "linear_decay", other(problem), beyond=5)


@question("08.10", points=0.75, forbids=READY)
def test_inverse_sqrt_again(student, reference, problem):
    """Inverse square root: the rates of all steps, for other numbers."""
    assert_rates(student, reference, "inverse_sqrt", other(problem))


@question("08.11", points=0.75, forbids=READY)
def test_cosine_decay_again(student, reference, problem):
    """Cosine decay: the rates of all steps and of some beyond, for other numbers."""
    assert_rates(student, reference, "cosine_decay", other(problem), beyond=5)


@question("08.12", points=1.25, forbids=READY)
def test_cosine_restarts_again(student, reference, problem):
    """Warm restarts: the rates of all steps, for other numbers; periods that do not grow as well."""
    assert_rates(student, reference, "cosine_restarts", other(problem), beyond=10)


@question("08.13", points=0.75, forbids=READY)
def test_warmup_again(student, reference, problem):
    """Warm-up: the rates of all steps, for other numbers, such as a single step."""
    assert_rates(student, reference, "warmup", other(problem))


@question("08.14", points=0.25)
def test_linear_scaling_again(student, reference, problem):
    """Larger batches: other numbers."""
    drawn = problem.extended(
        learning_rate=lambda one: float(one.rng("rate").uniform(0.01, 1)),
        batch_size=lambda one: int(one.rng("new").integers(1, 500)),
    )
    assert_loss(student.linear_scaling, reference.linear_scaling, drawn, name="the rate")


def other_range(problem):
    """Other rates, and another best one."""
    return problem.extended(
        low=lambda one: float(one.rng("low").uniform(1e-4, 1e-3)),
        high=lambda one: float(one.rng("high").uniform(2, 50)),
        count=lambda one: one.own(2, 23),
        valley=lambda one: float(one.rng("valley").uniform(0.1, 0.7)),
    )


@question("08.15", points=0.75)
def test_lr_range_again(student, reference, problem):
    """The sweep: other ranges, such as two rates."""
    for one in other_range(problem):
        assert_best(student, reference, one)
        assert_each_once(student, one)


@question("08.15", points=1)
def test_lr_range_diverged_again(student, reference, problem):
    """The sweep: other rates that diverge."""
    one = other_range(problem).second
    for broken in (np.nan, np.inf, -np.inf):
        assert_best(student, reference, one, broken, without_points=("the rates",))
