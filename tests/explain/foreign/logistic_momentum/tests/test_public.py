"""Public tests of sheet 1."""

import numpy as np

from autograder.testing import Remote, assert_array, assert_loss, question

# ---------------------------------------------------------------------------------------------------------------------
# Inputs. Nothing below this block draws a number.
# ---------------------------------------------------------------------------------------------------------------------

SIZES = ((7, 3), (11, 5))  # (N, d): examples, columns of X with the intercept
ETA, MU, LAM = 0.3, 0.8, 0.6
EXTREME = np.array([[1.0, 1000.0], [1.0, -1000.0], [1.0, 0.0], [1.0, 20.0], [1.0, -20.0]])


class Data:
    """One set of inputs: N examples of d columns, the first of them 1."""

    def __init__(self, N, d, seed):
        rng = np.random.default_rng([seed, N, d])
        self.N, self.d = N, d
        self.features = rng.normal(size=(N, d - 1))
        self.X = np.column_stack([np.ones(N), self.features])
        self.y = (np.arange(N) % 3 != 0).astype(float)  # more ones than zeros
        self.theta = rng.normal(size=d)
        self.v = rng.normal(size=d)
        self.g = rng.normal(size=d)
        self.order = rng.permutation(N)
        self.eta, self.mu, self.lam = ETA, MU, LAM


def data(seed):
    """The inputs of a question, in both sizes."""
    return [Data(N, d, seed) for N, d in SIZES]


# ---------------------------------------------------------------------------------------------------------------------


@question("L1.1", points=1)
def test_add_intercept(student, reference):
    """A column of ones in front."""
    for one in data(11):
        assert_array(student.add_intercept, reference.add_intercept, one.features)


@question("L1.2", points=1)
def test_probabilities(student, reference):
    """Probability of class 1."""
    for one in data(12):
        assert_array(student.probabilities, reference.probabilities, one.X, one.theta)


@question("L1.2", points=1)
def test_probabilities_extreme(student, reference):
    """Probabilities of scores of ±1000."""
    assert_array(student.probabilities, reference.probabilities, EXTREME, np.array([0.0, 1.0]), probabilities=("",))


@question("L1.3", points=3)
def test_nll(student, reference):
    """Mean negative log-likelihood with penalty."""
    for one in data(13):
        assert_loss(student.neg_log_likelihood, reference.neg_log_likelihood, one.X, one.y, one.theta, one.lam)


@question("L1.4", points=4, after="L1.2")
def test_gradient(student, reference):
    """Gradient of the loss."""
    for one in data(14):
        assert_array(student.gradient, reference.gradient, one.X, one.y, one.theta, one.lam)


@question("L1.5", points=2)
def test_momentum_step(student, reference):
    """One step with momentum: new theta, new velocity."""
    for one in data(15):
        arguments = (one.theta, one.v, one.g, one.eta, one.mu)
        assert_array(student.momentum_step, reference.momentum_step, *arguments, names=("theta", "v"))


@question("L1.6", points=3, after=("L1.4", "L1.5"))
def test_one_epoch(student, reference):
    """One epoch in the order given, the short last batch included."""
    for one in data(16):
        arguments = (one.X, one.y, one.theta, one.v, one.eta, one.mu, one.lam, 3, one.order)
        assert_array(student.one_epoch, reference.one_epoch, *arguments, names=("theta", "v"))


@question("L1.7", points=3, after=("L1.3", "L1.6"))
def test_fit(student, reference):
    """Training from zero: theta and the loss after each epoch."""
    for one in data(17):
        arguments = (one.X, one.y, one.eta, one.mu, one.lam, 4, 3, Remote("numpy.random.default_rng", one.N))
        assert_array(student.fit, reference.fit, *arguments, names=("theta", "history"))


@question("L1.8", points=2)
def test_accuracy(student, reference):
    """Fraction predicted right."""
    for one in data(18):
        assert_loss(student.accuracy, reference.accuracy, one.X, one.y, one.theta)
