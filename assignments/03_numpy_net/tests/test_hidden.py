"""The hidden tests of 03: extreme values, other sizes, float32, and the student's own parts put together.

The edges have one output, one example, one feature or one hidden unit, and are in float32.
"""

import numpy as np

from autograder.testing import (
    CheckFailed,
    Remote,
    assert_array,
    assert_close,
    assert_gradients,
    assert_loss,
    check,
    question,
)


def generator(seed):
    return Remote("numpy.random.default_rng", seed)


# NumPy's warnings that tell of a number too large, or of none at all
WARNINGS = ("over", "divide", "invalid")


def assert_quiet(student, name, *arguments):
    """That a call whose values are right gives no warning either, and does not hide one."""
    # a file may have switched them off while it was loaded
    student.make(Remote("numpy.seterr", **dict.fromkeys(WARNINGS, "warn")))
    silenced = "the values are right, but a warning of NumPy is silenced: compute it so that none comes up"
    try:
        warned = getattr(student, name).call(*arguments).warnings
    except CheckFailed as failure:
        check(failure.facts[0].values.get("error") != "ForbiddenCall", silenced, code="unstable")
        raise
    check(not warned, f"the values are right, but NumPy warns: {', '.join(warned)}", code="unstable")
    settings = student.make(Remote("numpy.geterr"))
    check(all(settings.get(kind) == "warn" for kind in WARNINGS), silenced, code="unstable")


LARGE = np.array([[-1000.0, -30.0, -1e-3, 0.0], [1e-3, 30.0, 700.0, 1000.0]])
LARGE_ROWS = np.array([[1000.0, 1001.0, 999.0], [-1000.0, -1000.5, -999.0], [0.0, 1000.0, -1000.0]])


@question("03.1", points=0.5)
def test_sigmoid_extreme(student, reference, problem):
    """Sigmoid of an array: exact and finite at ±1000, in float32 as well."""
    assert_array(student.sigmoid, reference.sigmoid, LARGE, probabilities=("",))
    assert_array(student.sigmoid, reference.sigmoid, LARGE.astype(np.float32), probabilities=("",))
    assert_array(student.sigmoid, reference.sigmoid, problem.edges, probabilities=("",))


@question("03.1", points=0.5, after="03.1", forbids=("numpy.errstate", "warnings.filterwarnings"))
def test_sigmoid_warnings(student):
    """Sigmoid of an array: no warning at ±1000, in float32 as well, and none that is silenced."""
    assert_quiet(student, "sigmoid", LARGE)
    assert_quiet(student, "sigmoid", LARGE.astype(np.float32))


@question("03.3", points=1)
def test_forward_again(student, reference, problem):
    """Forward pass: float32 in, float32 out; one output, one example."""
    assert_array(student.forward, reference.forward, problem.edges, without_points=("X",))


@question("03.4", points=1)
def test_mse_loss_again(student, reference, problem):
    """Mean squared error: summed over outputs, averaged over examples."""
    problem = problem.extended(Y_hat=lambda one: one.array(one.rng().normal(size=(one.M, one.k))))
    assert_loss(student.mse_loss, reference.mse_loss, problem)
    assert_loss(student.mse_loss, reference.mse_loss, problem.edges)


@question("03.5", points=2)
def test_backward_again(student, reference, problem):
    """Backward pass: gradients of W1, b1, W2, b2."""
    problem = problem.extended(cache=lambda one: reference.forward.as_given(one.X, one.params))
    assert_gradients(student.backward, reference.backward, problem)
    assert_gradients(student.backward, reference.backward, problem.edges)


@question("03.5", points=2, after="03.3")
def test_backward_own_cache(student, reference, problem):
    """Backward pass from your own forward pass."""
    for one in problem:
        received = student.backward(student.forward(one.X, one.params), one.Y, one.params)
        assert_close(received, reference.backward(reference.forward(one.X, one.params), one.Y, one.params), "")


@question("03.7", points=3, after="03.5")
def test_train_again(student, reference, problem):
    """Training: batch sizes that divide the examples, exceed them, or are 1."""
    for one in problem:
        for batch_size in (1, one.own(5, 4), one.M, one.M + one.own(1, 2)):
            arguments = (
                one.X,
                one.Y,
                one.params,
                one.own(17, 11) / 512,
                one.own(2, 3),
                batch_size,
                generator(one.seed),
            )
            assert_array(student.train, reference.train, *arguments, names=("params", "losses"))
    edges = problem.edges.extended(
        epochs=lambda one: 1,
        batch_size=lambda one: one.own(5, 3),
        rng=lambda one: generator(one.seed),
    )
    assert_array(student.train, reference.train, edges, names=("params", "losses"))


@question("03.8", points=0.5)
def test_softmax_extreme(student, reference, problem):
    """Softmax of each row: exact and finite for large inputs, in float32 as well."""
    for rows in (LARGE_ROWS, LARGE_ROWS.astype(np.float32)):
        assert_array(student.softmax, reference.softmax, rows, probabilities=("",))
    for one in problem:
        assert_array(student.softmax, reference.softmax, 30 * one.Z, probabilities=("",))
    assert_array(student.softmax, reference.softmax, problem.edges, probabilities=("",))


@question("03.8", points=0.5, after="03.8")
def test_softmax_warnings(student):
    """Softmax of each row: no warning for large inputs, in float32 as well."""
    assert_quiet(student, "softmax", LARGE_ROWS)
    assert_quiet(student, "softmax", LARGE_ROWS.astype(np.float32))


def certain(one):
    """Predictions that are certain, most of them wrong."""
    return np.eye(one.k)[one.rng().integers(one.k, size=one.M)]


@question("03.9", points=0.5)
def test_cross_entropy_certain(student, reference, problem):
    """Cross-entropy: finite when a prediction is certain and wrong, in float32 as well."""
    problem = problem.extended(Y=lambda one: one.Y_one_hot)
    assert_loss(student.cross_entropy, reference.cross_entropy, problem.extended(Y_hat=certain))
    for one in problem:
        # the smallest number of float32 is another one: here float32 is not float64 rounded
        single = certain(one).astype(np.float32), one.Y.astype(np.float32)
        loss = student.cross_entropy(*single)
        assert_close(loss, reference.cross_entropy.as_given(*single), "the loss", single=True)
    likely = problem.extended(Y_hat=lambda one: reference.softmax.as_given(one.Z))
    assert_loss(student.cross_entropy, reference.cross_entropy, likely)
    assert_loss(student.cross_entropy, reference.cross_entropy, likely.edges)


@question("03.9", points=0.5, after="03.9")
def test_cross_entropy_warnings(student, problem):
    """Cross-entropy: no warning when a prediction is certain and wrong."""
    assert_quiet(student, "cross_entropy", certain(problem.first), problem.first.Y_one_hot)


@question("03.10", points=1)
def test_classifier_forward_large(student, reference, problem):
    """Classifier: forward pass with large scores."""
    large = problem.extended(
        params=lambda one: {
            name: one.rng(name).normal(size=shape) * (400 if name == "W2" else 1)
            for name, shape in {
                "W1": (one.n, one.h),
                "b1": (1, one.h),
                "W2": (one.h, one.k),
                "b2": (1, one.k),
            }.items()
        }
    )
    assert_array(
        student.classifier_forward, reference.classifier_forward, large, without_points=("X",), probabilities=("Y_hat",)
    )
    assert_array(student.classifier_forward, reference.classifier_forward, problem.edges, without_points=("X",))


@question("03.11", points=2)
def test_classifier_backward_again(student, reference, problem):
    """Classifier: gradients of W1, b1, W2, b2 through softmax and cross-entropy."""
    problem = problem.extended(
        Y=lambda one: one.Y_one_hot, cache=lambda one: reference.classifier_forward.as_given(one.X, one.params)
    )
    assert_gradients(student.classifier_backward, reference.classifier_backward, problem)
    assert_gradients(student.classifier_backward, reference.classifier_backward, problem.edges)


@question("03.12", points=2)
def test_slide_backward_again(student, reference, problem):
    """The slide's backward pass, put right."""
    problem = problem.extended(
        cache=lambda one: reference.forward.as_given(one.X, one.params),
        Z=lambda one: one.cache["Z1"],
        H=lambda one: one.cache["H"],
        Y_hat=lambda one: one.cache["Y_hat"],
        W1=lambda one: one.params["W1"],
        W2=lambda one: one.params["W2"],
    )
    assert_gradients(student.slide_backward, reference.slide_backward, problem)
    assert_gradients(student.slide_backward, reference.slide_backward, problem.edges)
