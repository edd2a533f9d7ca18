"""The public tests of 08: what `autograder check 08_optimizers` runs.

Together they look at each sentence of a docstring once, its example included.
"""

import numpy as np
from common.learning_rates import READY, SWEEP, assert_best, assert_each_once, interpolated
from common.optimizer_steps import assert_rates, assert_road, assert_step

from autograder.testing import Tensor, assert_array, assert_loss, question

BOTH = ("w", "state")


def number(value):
    return {"a": Tensor(np.array(value, np.float32))}


@question("08.1", points=1)
def test_sgd(student, reference, problem):
    """Gradient descent: one step, and five; two weights, nothing remembered, nothing changed."""
    assert_step(student, reference, "sgd", problem)
    assert_road(student, reference, "sgd", problem.first)
    w = {"W": Tensor(np.array([[1, 2]], np.float32)), "b": Tensor(np.array(3, np.float32))}
    g = {"W": Tensor(np.array([[1, -1]], np.float32)), "b": Tensor(np.array(0, np.float32))}
    assert_array(student.sgd, reference.sgd, w, g, {}, 0.5, names=BOTH)


@question("08.1", points=0.25, after="08.1")
def test_sgd_double(student, reference, problem):
    """Gradient descent: float64 in, float64 out; one weight, and three."""
    assert_step(student, reference, "sgd", problem.edges)


@question("08.2", points=1.5)
def test_momentum(student, reference, problem):
    """Momentum: one step from the middle, and five from the start; new weights, new velocities, nothing changed."""
    assert_step(student, reference, "momentum", problem)
    assert_road(student, reference, "momentum", problem.first)
    example = number(0.9), number(1), number(-0.1), 0.1, 0.5
    assert_array(student.momentum, reference.momentum, *example, names=BOTH)


@question("08.2", points=0.25, after="08.2")
def test_momentum_double(student, reference, problem):
    """Momentum: float64 in, float64 out; one weight, and three."""
    assert_step(student, reference, "momentum", problem.edges)


@question("08.3", points=1.5)
def test_nesterov(student, reference, problem):
    """Nesterov: one step from the middle, and five from the start; new weights, new velocities, nothing changed."""
    assert_step(student, reference, "nesterov", problem)
    assert_road(student, reference, "nesterov", problem.first)
    example = number(1), number(1), number(0), 0.1, 0.5
    assert_array(student.nesterov, reference.nesterov, *example, names=BOTH)


@question("08.3", points=0.25, after="08.3")
def test_nesterov_double(student, reference, problem):
    """Nesterov: float64 in, float64 out; one weight, and three."""
    assert_step(student, reference, "nesterov", problem.edges)


@question("08.4", points=1.5)
def test_adagrad(student, reference, problem):
    """AdaGrad: one step from the middle, and five from the start; new weights, new sums, nothing changed."""
    assert_step(student, reference, "adagrad", problem)
    assert_road(student, reference, "adagrad", problem.first)
    assert_array(student.adagrad, reference.adagrad, number(1), number(3), number(16), 0.5, 1.0, names=BOTH)


@question("08.4", points=0.25, after="08.4")
def test_adagrad_double(student, reference, problem):
    """AdaGrad: float64 in, float64 out; one weight, and three."""
    assert_step(student, reference, "adagrad", problem.edges)


@question("08.5", points=1.5)
def test_rmsprop(student, reference, problem):
    """RMSProp: one step from the middle, and five from the start; new weights, new averages, nothing changed."""
    assert_step(student, reference, "rmsprop", problem)
    assert_road(student, reference, "rmsprop", problem.first)
    assert_array(student.rmsprop, reference.rmsprop, number(1), number(2), number(8), 0.5, 0.75, 1.0, names=BOTH)


@question("08.5", points=0.25, after="08.5")
def test_rmsprop_double(student, reference, problem):
    """RMSProp: float64 in, float64 out; one weight, and three."""
    assert_step(student, reference, "rmsprop", problem.edges)


@question("08.6", points=2.5)
def test_adam(student, reference, problem):
    """Adam: one step from the middle, and five from the start; new weights, t, m and s, nothing changed."""
    assert_step(student, reference, "adam", problem)
    assert_road(student, reference, "adam", problem.first)
    state = {"t": 0, "m": number(0), "s": number(0)}
    assert_array(student.adam, reference.adam, number(1), number(2), state, 0.3, 0.9, 0.75, 1.0, names=BOTH)


@question("08.6", points=0.5, after="08.6")
def test_adam_double(student, reference, problem):
    """Adam: float64 in, float64 out; one weight, and three."""
    assert_step(student, reference, "adam", problem.edges)


@question("08.7", points=1.75, forbids=READY)
def test_step_decay(student, reference, problem):
    """Steps down: the rates of all steps, over several epochs."""
    assert_rates(student, reference, "step_decay", problem, 0.5, 6, 2, 0.5, 3, beyond=40)


@question("08.8", points=1.25, forbids=READY)
def test_exponential_decay(student, reference, problem):
    """Exponential decay: the rates of all steps."""
    assert_rates(student, reference, "exponential_decay", problem, 0.8, 1, 0.25, 4)


@question("08.9", points=1.25, forbids=READY)
def test_linear_decay(student, reference, problem):
    """Linear decay: the rates of all steps, and of some beyond the end."""
    assert_rates(student, reference, "linear_decay", problem, 0.8, 1, 4, beyond=9)


@question("08.10", points=1.25, forbids=READY)
def test_inverse_sqrt(student, reference, problem):
    """Inverse square root: the rates of all steps."""
    assert_rates(student, reference, "inverse_sqrt", problem, 0.8, 1, 2)


@question("08.11", points=1.25, forbids=READY)
def test_cosine_decay(student, reference, problem):
    """Cosine decay: the rates of all steps, and of some beyond the end."""
    assert_rates(student, reference, "cosine_decay", problem, 0.8, 1, 4, beyond=9)


@question("08.12", points=1.25, forbids=READY)
def test_cosine_restarts(student, reference, problem):
    """Warm restarts: the rates of all steps, over several periods that grow."""
    assert_rates(student, reference, "cosine_restarts", problem, 0.8, 5, 2, 2, beyond=10)


@question("08.12", points=0.5, after="08.12", forbids=READY)
def test_cosine_restarts_equal(student, reference, problem):
    """Warm restarts: the rates of all steps, with a growth of 1."""
    assert_rates(student, reference, "cosine_restarts", problem.extended(growth=1), beyond=10)


@question("08.13", points=1.25, forbids=READY)
def test_warmup(student, reference, problem):
    """Warm-up: the rates of all steps, and of some after it."""
    assert_rates(student, reference, "warmup", problem, 0.8, 1, 4)


@question("08.14", points=0.75)
def test_linear_scaling(student, reference, problem):
    """Larger batches: N times the batch, N times the rate; smaller ones too."""
    assert_loss(student.linear_scaling, reference.linear_scaling, problem, name="the rate")
    assert_loss(student.linear_scaling, reference.linear_scaling, 0.1, 1024, 256, name="the rate")


@question("08.15", points=1.25)
def test_lr_range(student, reference, problem):
    """The sweep: all rates, and the best one; losses may be below 0, and each rate is trained with once."""
    for one in problem:
        assert_best(student, reference, one, shown=True)
    example = interpolated([0.01, 0.12, 1.0], [0.11, 0.0, 0.88]), 0.01, 1.0, 3
    assert_array(student.lr_range, reference.lr_range, *example, names=SWEEP)
    assert_each_once(student, problem.first)


@question("08.15", points=1)
def test_lr_range_diverged(student, reference, problem):
    """The sweep: a rate whose loss is NaN or infinite is never the best."""
    for one in problem:
        for broken in (np.nan, np.inf, -np.inf):
            assert_best(student, reference, one, broken, without_points=("the rates",), shown=True)
