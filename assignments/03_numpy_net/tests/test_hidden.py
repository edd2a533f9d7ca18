"""The hidden tests of 03: other sizes, values and seeds than the public ones.

The edges have one output, one example, one feature or one hidden unit, and are in float32.
"""

import numpy as np

from autograder.testing import Remote, assert_array, assert_close, assert_gradients, assert_loss, question


def generator(seed):
    return Remote("numpy.random.default_rng", seed)


LARGE = np.array([[-998.0, -88.0, -1e-5], [1e-5, 89.0, 710.0]])


@question("03.1", points=0.25)
def test_sigmoid_again(student, reference, problem):
    """Sigmoid of an array: other numbers and sizes, in float32 as well."""
    for large in (LARGE, LARGE.astype(np.float32)):
        assert_array(student.sigmoid, reference.sigmoid, large, probabilities=("",))
    assert_array(student.sigmoid, reference.sigmoid, problem.edges, probabilities=("",))


@question("03.3", points=1)
def test_forward_again(student, reference, problem):
    """Forward pass: other sizes, such as one example, one feature or one hidden unit."""
    assert_array(student.forward, reference.forward, problem.edges, without_points=("X",))


@question("03.4", points=0.75)
def test_mse_loss_again(student, reference, problem):
    """Mean squared error: other numbers and sizes, such as one output or one example."""
    problem = problem.extended(Y_hat=lambda one: one.array(one.rng().normal(size=(one.M, one.k))))
    assert_loss(student.mse_loss, reference.mse_loss, problem)
    assert_loss(student.mse_loss, reference.mse_loss, problem.edges)


@question("03.5", points=2)
def test_backward_again(student, reference, problem):
    """Backward pass: other numbers and sizes, such as one output or one example."""
    problem = problem.extended(cache=lambda one: reference.forward.as_given(one.X, one.params))

    def own_loss(one):
        return student.mse_loss(student.forward(one.X, one.params)["Y_hat"], one.Y)

    assert_gradients(student.backward, reference.backward, problem, loss=own_loss)
    assert_gradients(student.backward, reference.backward, problem.edges, loss=own_loss)


@question("03.5", points=0.5, after=("03.3", "03.5"))
def test_backward_own_cache_again(student, reference, problem):
    """Backward pass: from your own forward pass, with other sizes."""
    # float64 as in the public test: what float32 becomes on the way is asked elsewhere
    for one in problem.edges.extended(other=0):
        received = student.backward(student.forward(one.X, one.params), one.Y, one.params)
        assert_close(received, reference.backward(reference.forward(one.X, one.params), one.Y, one.params), "")


def judge_training(student, reference, problem, *sizes):
    """That training is right with batches of some sizes, which hang on the problem."""
    for one in problem:
        for size in sizes:
            given = (one.X, one.Y, one.params, one.own(17, 11) / 512, one.own(2, 3), size(one), generator(one.seed))
            assert_array(student.train, reference.train, *given, names=("params", "losses"))


@question("03.7", points=1, after="03.5")
def test_train_again(student, reference, problem):
    """Training: batches of one example, and of all."""
    # no batch is short here: who forgets the last one has the rest
    judge_training(student, reference, problem, lambda one: 1, lambda one: one.M)


@question("03.7", points=1, after="03.5")
def test_train_again_short(student, reference, problem):
    """Training: batches that do not divide the examples, and such as are larger."""
    judge_training(student, reference, problem, lambda one: one.own(5, 4), lambda one: one.M + one.own(1, 2))
    edges = problem.edges.extended(
        epochs=lambda one: 1,
        batch_size=lambda one: one.own(5, 3),
        rng=lambda one: generator(one.seed),
    )
    assert_array(student.train, reference.train, edges, names=("params", "losses"))


# as large as in the public test, no larger: who works with logarithms is right to a digit less for each power of ten
LARGE_ROWS = np.array([[-999.0, -1000.0, -1000.5], [1000.0, -1000.0, 0.0], [999.0, 1000.0, 1001.0]])


@question("03.8", points=0.25)
def test_softmax_again(student, reference, problem):
    """Softmax of each row: other large inputs and sizes, in float32 as well."""
    for rows in (LARGE_ROWS, LARGE_ROWS.astype(np.float32)):
        assert_array(student.softmax, reference.softmax, rows, probabilities=("",))
    for one in problem:
        assert_array(student.softmax, reference.softmax, 30 * one.Z, probabilities=("",))
    assert_array(student.softmax, reference.softmax, problem.edges, probabilities=("",))


def certain(one):
    """Predictions that are certain, most of them wrong."""
    return np.eye(one.k)[one.rng().integers(one.k, size=one.M)]


@question("03.9", points=0.25)
def test_cross_entropy_again(student, reference, problem):
    """Cross-entropy: other probabilities and sizes, in float32 as well."""
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


@question("03.10", points=0.75)
def test_classifier_forward_again(student, reference, problem):
    """Classifier: the forward pass with large scores, and with other sizes."""
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
        student.classifier_forward,
        reference.classifier_forward,
        large,
        without_points=("X", "Z1", "H"),
        probabilities=("Y_hat",),
    )
    assert_array(
        student.classifier_forward, reference.classifier_forward, problem.edges, without_points=("X", "Z1", "H")
    )


@question("03.11", points=1.25)
def test_classifier_backward_again(student, reference, problem):
    """Classifier: gradients of other numbers and sizes, such as one example."""
    problem = problem.extended(
        Y=lambda one: one.Y_one_hot, cache=lambda one: reference.classifier_forward.as_given(one.X, one.params)
    )

    def own_loss(one):
        return student.cross_entropy(student.classifier_forward(one.X, one.params)["Y_hat"], one.Y)

    assert_gradients(student.classifier_backward, reference.classifier_backward, problem, loss=own_loss)
    assert_gradients(student.classifier_backward, reference.classifier_backward, problem.edges, loss=own_loss)


@question("03.12", points=1.25)
def test_slide_backward_again(student, reference, problem):
    """The slide's backward pass, put right: other numbers and sizes, such as one output or one example."""
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
