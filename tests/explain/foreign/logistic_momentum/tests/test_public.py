"""Public tests of sheet 1."""

import numpy as np

from autograder.testing import Remote, assert_array, assert_loss, question

EXTREME = np.array([[1.0, 1000.0], [1.0, -1000.0], [1.0, 0.0], [1.0, 20.0], [1.0, -20.0]])


@question("L1.1", points=1)
def test_add_intercept(student, reference, problem):
    """A column of ones in front."""
    problem = problem.extended(X=lambda one: one.features)
    assert_array(student.add_intercept, reference.add_intercept, problem)


@question("L1.2", points=1)
def test_probabilities(student, reference, problem):
    """Probability of class 1."""
    assert_array(student.probabilities, reference.probabilities, problem)


@question("L1.2", points=1)
def test_probabilities_extreme(student, reference):
    """Probabilities of scores of ±1000."""
    assert_array(student.probabilities, reference.probabilities, EXTREME, np.array([0.0, 1.0]), probabilities=("",))


@question("L1.3", points=3)
def test_nll(student, reference, problem):
    """Mean negative log-likelihood with penalty."""
    assert_loss(student.neg_log_likelihood, reference.neg_log_likelihood, problem)


@question("L1.4", points=4, after="L1.2")
def test_gradient(student, reference, problem):
    """Gradient of the loss."""
    assert_array(student.gradient, reference.gradient, problem)


@question("L1.5", points=2)
def test_momentum_step(student, reference, problem):
    """One step with momentum: new theta, new velocity."""
    assert_array(student.momentum_step, reference.momentum_step, problem, names=("theta", "v"))


@question("L1.6", points=3, after=("L1.4", "L1.5"))
def test_one_epoch(student, reference, problem):
    """One epoch in the order given, the short last batch included."""
    for size in (3, 1):
        batches = problem.extended(batch_size=lambda one, size=size: size)
        assert_array(student.one_epoch, reference.one_epoch, batches, names=("theta", "v"))


@question("L1.7", points=3, after=("L1.3", "L1.6"))
def test_fit(student, reference, problem):
    """Training from zero: theta and the loss after each epoch."""
    problem = problem.extended(
        n_epochs=lambda one: 4, batch_size=lambda one: 3, rng=lambda one: Remote("numpy.random.default_rng", one.N)
    )
    assert_array(student.fit, reference.fit, problem, names=("theta", "history"))


@question("L1.8", points=2)
def test_accuracy(student, reference, problem):
    """Fraction predicted right."""
    assert_loss(student.accuracy, reference.accuracy, problem)
