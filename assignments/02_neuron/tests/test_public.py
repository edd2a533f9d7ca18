"""The public tests of 02: what `autograder check 02_neuron` runs.

Together they look at each sentence of a docstring once, its example included. Ordinary numbers come in the two sizes
of the fixture, so that a cause such as "7 is your number of examples" can be proven. The examples come after
them: they have one size alone, and are for who has the rest right.
"""

import numpy as np
from common.python_numbers import check_returns_float
from common.quiet import assert_quiet

from autograder.testing import (
    Remote,
    array_of,
    assert_array,
    assert_gradients,
    assert_loss,
    check,
    kind_of,
    number_of,
    question,
)


def generator(seed):
    return Remote("numpy.random.default_rng", seed)


CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
AND = np.array([[0.0], [0.0], [0.0], [1.0]])
OR = np.array([[0.0], [1.0], [1.0], [1.0]])
# a little less than the 0.1 that is allowed, so that rounding decides nothing
SHIFTS = 0.09 * np.array([[-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0], [1.0, 1.0]])


def exact_scores(problem):
    return problem.extended(
        X=lambda one: one.exact[0],
        w=lambda one: one.exact[1],
        b=lambda one: one.exact[2],
    )


@question("02.1", points=1.25)
def test_perceptron(student, reference, problem):
    """Perceptron: 1 where the score is not negative, else 0."""
    assert_array(student.perceptron, reference.perceptron, exact_scores(problem))


@question("02.1", points=0.25, after="02.1")
def test_perceptron_documented(student, reference, problem):
    """Perceptron: the example of its docstring, and scores that are no whole numbers."""
    example = np.array([[2.0, 1.0], [1.0, 2.0], [0.0, 5.0]]), np.array([[1.0], [-1.0]]), 1.0
    assert_array(student.perceptron, reference.perceptron, *example)
    assert_array(student.perceptron, reference.perceptron, problem)


def assert_gate(received, name, truth):
    """That weights and a bias compute a gate, at the corners and near them."""
    is_pair = type(received) in (tuple, list) and len(received) == 2
    check(is_pair, f"{name} returns {kind_of(received)}. Expected two values: w and b.", code="kind")
    w, b = array_of(received[0]), number_of(received[1])
    is_array = isinstance(w, np.ndarray)
    check(is_array, f"{name}: w is {kind_of(received[0])}. Expected an array of shape (2, 1).", code="kind")
    check(w.shape == (2, 1), f"{name}: w has shape {w.shape}. Expected (2, 1).", code="shape")
    check(b is not None, f"{name}: b is {kind_of(received[1])}. Expected one number.", code="kind")
    answers = (CORNERS @ w + b >= 0).astype(float)
    inverted = np.array_equal(answers, 1 - truth)
    check(not inverted, f"{name}: your neuron fires exactly where it should not, and the other way round.", code="sign")
    other = {"and_weights": OR, "or_weights": AND}[name]
    swapped = f"{name}: your neuron computes {'OR' if name == 'and_weights' else 'AND'}."
    check(not np.array_equal(answers, other), swapped, code="constant")
    for corner, answer, right in zip(CORNERS, answers, truth, strict=True):
        at = f"({corner[0]:g}, {corner[1]:g})"
        check(answer == right, f"{name}: at {at} your neuron says {answer[0]:g}. That is wrong.", code="constant")
        for place in corner + SHIFTS:
            near = f"at ({place[0]:g}, {place[1]:g}) it changes its answer. Move the line away from the corner"
            holds = (place @ w + b >= 0) == (right == 1)
            check(holds, f"{name}: your neuron is right at {at}, but {near}.", code="constant")


@question("02.2", points=1.5)
def test_and_weights(student):
    """AND and OR: weights and biases, with room around the corners."""
    assert_gate(student.and_weights(), "and_weights", AND)


@question("02.2", points=1.5)
def test_or_weights(student):
    """OR: weights and a bias, with room around the corners."""
    assert_gate(student.or_weights(), "or_weights", OR)


@question("02.3", points=2.25)
def test_xor(student, reference):
    """XOR of perceptrons, with room around the corners."""
    # any weights are right, and how a few wrong zeros and ones came about they do not tell: each check has its cause
    received, right = array_of(student.xor(CORNERS)), reference.xor(CORNERS)
    if isinstance(received, np.ndarray) and received.shape == right.shape:
        is_zero = right.any() and not received.any()
        check(not is_zero, "xor says 0 at all four corners: your last neuron never fires.", code="zero")
        for corner, answer, wanted in zip(CORNERS, received[:, 0], right[:, 0], strict=True):
            text = f"xor says {answer:g} at ({corner[0]:g}, {corner[1]:g}). That is wrong."
            check(answer == wanted, text)
    assert_array(student.xor, reference.xor, CORNERS)
    assert_array(student.xor, reference.xor, CORNERS[[3, 1, 0]])
    for shift in SHIFTS:
        answers = array_of(student.xor(CORNERS + shift))
        for corner, answer, wanted in zip(CORNERS, answers, reference.xor(CORNERS + shift), strict=True):
            at, near = (f"({place[0]:g}, {place[1]:g})" for place in (corner, corner + shift))
            text = f"xor is right at {at}, but at {near} it changes its answer: make it of perceptrons, with room."
            check(answer == wanted, text)


LARGE = np.array([[-1000.0, -30.0, -1e-3, 0.0], [1e-3, 30.0, 710.0, 1000.0]])


@question("02.4", points=0.5)
def test_sigmoid(student, reference, problem):
    """Sigmoid of an array."""
    problem = problem.extended(z=lambda one: 2 * one.X)
    assert_array(student.sigmoid, reference.sigmoid, problem, probabilities=("",))


@question("02.4", points=0.25)
def test_sigmoid_extreme(student, reference):
    """Sigmoid of an array: exact and finite at ±1000."""
    assert_array(student.sigmoid, reference.sigmoid, np.array([-1000.0, 0.0, 1000.0]), probabilities=("",))
    assert_array(student.sigmoid, reference.sigmoid, LARGE, probabilities=("",))


@question("02.4", points=1.5, after="02.4", forbids=("numpy.errstate", "warnings.filterwarnings"))
def test_sigmoid_warnings(student):
    """Sigmoid of an array: no warning at ±1000, and none that is silenced."""
    assert_quiet(student, "sigmoid", LARGE)


@question("02.4", points=0.25, after="02.4")
def test_sigmoid_documented(student):
    """Sigmoid of an array: exactly 0 at -1000, as in the example of its docstring."""
    # what is cut off is too small to show in a difference
    least = float(array_of(student.sigmoid(np.array([-1000.0, 0.0, 1000.0])))[0])
    told = f"at -1000 you have {least:.3g}, where the example has exactly 0: is `z` limited on the way?"
    check(least == 0, told, code="clipped")


def one_weight(problem):
    return problem.extended(
        x=lambda one: one.one_weight[0],
        y=lambda one: one.one_weight[1],
        w=lambda one: one.one_weight[2],
        b=lambda one: one.one_weight[3],
    )


# the lecture's two points, and where it starts
LECTURE = np.array([0.5, 2.5]), np.array([0.2, 0.9]), -2.0, -2.0


@question("02.5", points=1.25)
def test_error(student, reference, problem):
    """Error of one weight: half the sum of squares."""
    assert_loss(student.error, reference.error, one_weight(problem), name="the error")


@question("02.5", points=0.25, after="02.5")
def test_error_documented(student, reference):
    """Error of one weight: the lecture's two points, and a Python float."""
    assert_loss(student.error, reference.error, *LECTURE, name="the error")
    check_returns_float(student, "error", LECTURE, "the error")


@question("02.6", points=2.5)
def test_error_gradients(student, reference, problem):
    """Derivatives of the error by w and b."""
    assert_gradients(student.error_gradients, reference.error_gradients, one_weight(problem))


@question("02.6", points=0.25, after="02.6")
def test_error_gradients_documented(student, reference):
    """Derivatives of the error by w and b: the lecture's two points, and Python floats."""
    assert_gradients(student.error_gradients, reference.error_gradients, *LECTURE)
    for name in ("w", "b"):
        check_returns_float(student, "error_gradients", LECTURE, name, key=name)


@question("02.7", points=2, after="02.6")
def test_descend(student, reference, problem):
    """Gradient descent for one weight: w, b and the error after each step."""
    assert_array(student.descend, reference.descend, one_weight(problem), names=("w", "b", "errors"))


@question("02.7", points=0.25, after=("02.6", "02.7"))
def test_descend_documented(student, reference):
    """Gradient descent for one weight: the lecture's exercise, 1000 steps."""
    assert_array(student.descend, reference.descend, *LECTURE, 1.0, 1000, names=("w", "b", "errors"))


@question("02.8", points=1.25)
def test_predict_proba(student, reference, problem):
    """Probabilities of all examples."""
    assert_array(student.predict_proba, reference.predict_proba, problem, probabilities=("",))


@question("02.8", points=0.25, after="02.8")
def test_predict_proba_documented(student, reference):
    """Probabilities of all examples: the example of its docstring."""
    example = np.array([[1.0, 1.0], [2.0, 0.0]]), np.array([[3.0], [1.0]]), -4.0
    assert_array(student.predict_proba, reference.predict_proba, *example, probabilities=("",))


@question("02.9", points=0.5)
def test_bce_loss(student, reference, problem):
    """Binary cross-entropy, averaged over the examples."""
    assert_loss(student.bce_loss, reference.bce_loss, problem)


# certain and right, certain and wrong, both ways, and less than the smallest normal number
CERTAIN = np.array([[1.0], [0.0], [1.0], [0.0], [1e-310], [0.7207], [0.7152]])
TRUE = np.array([[1.0], [0.0], [0.0], [1.0], [1.0], [1.0], [0.0]])


@question("02.9", points=0.25)
def test_bce_loss_certain(student, reference, problem):
    """Binary cross-entropy: finite when a prediction is certain and wrong."""
    assert_loss(student.bce_loss, reference.bce_loss, problem.extended(Y_hat=lambda one: one.certain))
    assert_loss(student.bce_loss, reference.bce_loss, np.array([[0.7207]]), np.array([[1.0]]))
    assert_loss(student.bce_loss, reference.bce_loss, np.array([[0.7152]]), np.array([[0.0]]))
    assert_loss(student.bce_loss, reference.bce_loss, np.array([[0.0], [1.0]]), np.array([[1.0], [1.0]]))
    assert_loss(student.bce_loss, reference.bce_loss, CERTAIN, TRUE)


@question("02.9", points=1.5, after="02.9", forbids=("numpy.errstate", "warnings.filterwarnings"))
def test_bce_loss_warnings(student):
    """Binary cross-entropy: no warning when a prediction is certain and wrong, and none that is silenced."""
    assert_quiet(student, "bce_loss", CERTAIN, TRUE)


@question("02.10", points=1.25)
def test_slide_loss(student, reference, problem):
    """The slides' loss, put right."""
    assert_loss(student.slide_loss, reference.slide_loss, problem)


@question("02.10", points=0.25, after="02.10")
def test_slide_loss_documented(student, reference):
    """The slides' loss, put right: the example of its docstring."""
    example = np.array([[-1.0], [0.0], [1.0]]), np.array([[0.0], [1.0], [1.0]]), np.array([[2.0]]), 0.0
    assert_loss(student.slide_loss, reference.slide_loss, *example)


@question("02.11", points=3)
def test_gradients(student, reference, problem):
    """Gradient of the loss by w and b."""
    assert_gradients(student.gradients, reference.gradients, problem)


@question("02.11", points=0.5, after="02.11")
def test_gradients_documented(student, reference):
    """Gradient of the loss by w and b: the example of its docstring."""
    example = np.array([[1.0, 0.0], [0.0, 2.0]]), np.array([[1.0], [0.0]]), np.zeros((2, 1)), 0.0
    assert_gradients(student.gradients, reference.gradients, *example)


@question("02.12", points=1.75)
def test_standardize(student, reference, problem):
    """Standardize: mean 0 and deviation 1 in training, the test examples by the same numbers."""
    assert_array(student.standardize, reference.standardize, problem, names=("train", "test"))


@question("02.12", points=0.25, after="02.12")
def test_standardize_documented(student, reference):
    """Standardize: the example of its docstring."""
    example = np.array([[1.0, 5.0], [3.0, 5.0]]), np.array([[4.0, 7.0]])
    assert_array(student.standardize, reference.standardize, *example, names=("train", "test"))


@question("02.13", points=2.75, after="02.11")
def test_train(student, reference, problem):
    """Training: w, b and the loss on all examples after each epoch."""
    problem = problem.extended(rng=lambda one: generator(one.seed))
    assert_array(student.train, reference.train, problem, names=("w", "b", "losses"))


@question("02.13", points=0.5, after=("02.11", "02.13"))
def test_train_documented(student, reference, problem):
    """Training: the example of its docstring, and a batch that is larger than the data."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(50, 3))
    example = X, (X[:, :1] > X[:, 1:2]).astype(float), 0.5, 20, 8, generator(0)
    assert_array(student.train, reference.train, *example, names=("w", "b", "losses"))
    problem = problem.extended(rng=lambda one: generator(one.seed), batch_size=lambda one: one.M + 2)
    assert_array(student.train, reference.train, problem, names=("w", "b", "losses"))
