"""The hidden tests of 03: extreme values, other sizes, float32, and the student's own parts put together."""

import numpy as np

from autograder.testing import (
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


@question("03.1", points=1)
def test_sigmoid_extreme(student, reference):
    """Sigmoid of an array: exact and finite at ±1000, in float32 as well."""
    Z = np.array([[-1000.0, -30.0, -1e-3, 0.0], [1e-3, 30.0, 700.0, 1000.0]])
    assert_array(student.sigmoid, reference.sigmoid, Z, probabilities=("",))
    assert_array(student.sigmoid, reference.sigmoid, Z.astype(np.float32), probabilities=("",))
    warned = student.sigmoid.call(Z).warnings
    message = f"the values are right, but NumPy warns: {', '.join(warned)}"
    check(not warned, message, share=0.5, code="unstable")


@question("03.3", points=1)
def test_forward_float32(student, reference, problem):
    """Forward pass: float32 in, float32 out."""
    single = problem.extended(
        X=lambda one: one.rng("X").normal(size=(one.M, one.n)).astype(np.float32),
        params=lambda one: {
            name: one.rng(name).normal(size=shape).astype(np.float32)
            for name, shape in {
                "W1": (one.n, one.h),
                "b1": (1, one.h),
                "W2": (one.h, one.k),
                "b2": (1, one.k),
            }.items()
        },
    )
    assert_array(student.forward, reference.forward, single, without_points=("X",))


@question("03.4", points=1)
def test_mse_loss_again(student, reference, problem):
    """Mean squared error: summed over outputs, averaged over examples."""
    problem = problem.extended(Y_hat=lambda one: one.rng().normal(size=(one.M, one.k)))
    assert_loss(student.mse_loss, reference.mse_loss, problem)
    assert_loss(student.mse_loss, reference.mse_loss, problem.edges)


@question("03.5", points=2)
def test_backward_again(student, reference, problem):
    """Backward pass: gradients of W1, b1, W2, b2."""
    problem = problem.extended(cache=lambda one: reference.forward(one.X, one.params))
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
        for batch_size in (1, 4, one.M, one.M + 1):
            arguments = (one.X, one.Y, one.params, 0.03, 2, batch_size, generator(one.seed))
            assert_array(student.train, reference.train, *arguments, names=("params", "losses"))


@question("03.8", points=1)
def test_softmax_extreme(student, reference, problem):
    """Softmax of each row: exact and finite for large inputs."""
    rows = np.array([[1000.0, 1001.0, 999.0], [-1000.0, -1000.5, -999.0], [0.0, 1000.0, -1000.0]])
    assert_array(student.softmax, reference.softmax, rows, probabilities=("",))
    for one in problem:
        assert_array(student.softmax, reference.softmax, 30 * one.Z, probabilities=("",))


@question("03.9", points=1)
def test_cross_entropy_certain(student, reference, problem):
    """Cross-entropy: finite when a prediction is certain and wrong."""
    certain = problem.extended(
        Y=lambda one: one.Y_one_hot, Y_hat=lambda one: np.eye(one.k)[one.rng().integers(one.k, size=one.M)]
    )
    assert_loss(student.cross_entropy, reference.cross_entropy, certain)
    likely = problem.extended(Y=lambda one: one.Y_one_hot, Y_hat=lambda one: reference.softmax(one.Z))
    assert_loss(student.cross_entropy, reference.cross_entropy, likely)
    assert_loss(student.cross_entropy, reference.cross_entropy, likely.edges)


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


@question("03.11", points=2)
def test_classifier_backward_again(student, reference, problem):
    """Classifier: gradients of W1, b1, W2, b2 through softmax and cross-entropy."""
    problem = problem.extended(
        Y=lambda one: one.Y_one_hot, cache=lambda one: reference.classifier_forward(one.X, one.params)
    )
    assert_gradients(student.classifier_backward, reference.classifier_backward, problem)


@question("03.12", points=2)
def test_slide_backward_again(student, reference, problem):
    """The slide's backward pass, put right."""
    for one in problem:
        cache = reference.forward(one.X, one.params)
        arguments = (
            one.X,
            cache["Z1"],
            cache["H"],
            cache["Y_hat"],
            one.Y,
            one.params["W1"],
            one.params["W2"],
        )
        assert_gradients(student.slide_backward, reference.slide_backward, *arguments)
