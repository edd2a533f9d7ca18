"""Hidden tests of lab 5."""

import numpy as np

from autograder.testing import assert_array, question

RNG = np.random.default_rng(5)
FEATS = RNG.normal(size=(17, 2))
TARGET = FEATS @ np.array([2.0, -1.0]) + 0.5


@question("O.2", points=1)
def test_momentum_without_momentum(student, reference, problem):
    """With mu = 0, momentum is plain gradient descent."""
    plain = problem.extended(mu=lambda one: 0.0)
    assert_array(student.momentum_step, reference.momentum_step, plain, names=("theta", "velocity"))


@question("O.7", points=2)
def test_train_long(student, reference):
    """Training for 20 epochs on other data."""
    arguments = (FEATS, TARGET, 0.3, 0.9, 0.5, 7, 20)
    assert_array(student.train, reference.train, *arguments, names=("theta", "losses"))
