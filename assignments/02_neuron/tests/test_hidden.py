"""The hidden tests of 02: other sizes, values and seeds than the public ones, one example and one feature included."""

import numpy as np

from autograder.testing import Remote, assert_array, assert_gradients, assert_loss, question


def generator(seed):
    return Remote("numpy.random.default_rng", seed)


@question("02.1", points=0.5)
def test_perceptron_again(student, reference, problem):
    """Perceptron: other sizes, such as one example or one feature."""
    edges = problem.edges.extended(
        X=lambda one: one.exact[0],
        w=lambda one: one.exact[1],
        b=lambda one: one.exact[2],
    )
    assert_array(student.perceptron, reference.perceptron, edges)
    assert_array(student.perceptron, reference.perceptron, problem.edges)


@question("02.3", points=0.75)
def test_xor_again(student, reference, problem):
    """XOR of perceptrons: many inputs in any order, and a single one."""
    rng = problem.first.rng("xor")
    corners = rng.integers(2, size=(23, 2)).astype(float)
    # what is wrong with them, the public test tells
    with student.xor.unobserved():
        assert_array(student.xor, reference.xor, corners + rng.uniform(-0.09, 0.09, size=corners.shape))
        for corner in ([[0.0, 0.0]], [[1.0, 0.0]], [[1.0, 1.0]]):
            assert_array(student.xor, reference.xor, np.array(corner))


LARGE = np.array([[-998.0, -745.0, -1e-5], [1e-5, 89.0, 709.0]])


@question("02.4", points=0.5)
def test_sigmoid_again(student, reference, problem):
    """Sigmoid of an array: other numbers, sizes and axes."""
    assert_array(student.sigmoid, reference.sigmoid, LARGE, probabilities=("",))
    assert_array(student.sigmoid, reference.sigmoid, LARGE.reshape(3, 2, 1), probabilities=("",))
    for one in problem.edges:
        assert_array(student.sigmoid, reference.sigmoid, 20 * one.X, probabilities=("",))


def one_weight(problem):
    return problem.extended(
        x=lambda one: one.one_weight[0],
        y=lambda one: one.one_weight[1],
        w=lambda one: one.one_weight[2],
        b=lambda one: one.one_weight[3],
    )


@question("02.5", points=0.5)
def test_error_again(student, reference, problem):
    """Error of one weight: other numbers of examples, such as one."""
    assert_loss(student.error, reference.error, one_weight(problem.edges), name="the error")


@question("02.6", points=1.25)
def test_error_gradients_again(student, reference, problem):
    """Derivatives of the error by w and b: other numbers of examples, such as one."""
    assert_gradients(student.error_gradients, reference.error_gradients, one_weight(problem.edges))


@question("02.7", points=0.75, after="02.6")
def test_descend_again(student, reference, problem):
    """Gradient descent for one weight: other starts, rates and numbers of steps, such as one."""
    again = one_weight(problem.edges).extended(
        learning_rate=lambda one: one.own(3, 5) / 16, epochs=lambda one: one.own(1, 17)
    )
    assert_array(student.descend, reference.descend, again, names=("w", "b", "errors"))


@question("02.8", points=0.5)
def test_predict_proba_again(student, reference, problem):
    """Probabilities of all examples: other sizes, such as one example or one feature, and large scores."""
    assert_array(student.predict_proba, reference.predict_proba, problem.edges, probabilities=("",))
    large = problem.extended(w=lambda one: 400 * one.w)
    assert_array(student.predict_proba, reference.predict_proba, large, probabilities=("",))


@question("02.9", points=0.75)
def test_bce_loss_again(student, reference, problem):
    """Binary cross-entropy: other probabilities and sizes, such as one example."""
    assert_loss(student.bce_loss, reference.bce_loss, problem.edges)
    for one in problem:
        certain = (one.Y_hat > 0.5).astype(float)
        assert_loss(student.bce_loss, reference.bce_loss, certain, one.Y)


@question("02.10", points=0.5)
def test_slide_loss_again(student, reference, problem):
    """The slides' loss, put right: other sizes, such as one example."""
    assert_loss(student.slide_loss, reference.slide_loss, problem.edges)


@question("02.11", points=1.5)
def test_gradients_again(student, reference, problem):
    """Gradient of the loss by w and b: other sizes, such as one example or one feature, and large scores."""
    assert_gradients(student.gradients, reference.gradients, problem.edges)
    assert_gradients(student.gradients, reference.gradients, problem.extended(w=lambda one: 40 * one.w))


@question("02.12", points=1)
def test_standardize_again(student, reference, problem):
    """Standardize: other sizes, such as one example or one feature."""
    assert_array(student.standardize, reference.standardize, problem.edges, names=("train", "test"))


@question("02.13", points=1.75, after="02.11")
def test_train_again(student, reference, problem):
    """Training: batch sizes that divide the examples, exceed them, or are 1."""
    for one in problem:
        for batch_size in (1, one.own(5, 4), one.M, one.M + one.own(1, 2)):
            arguments = one.X, one.Y, one.own(17, 11) / 32, one.own(2, 3), batch_size, generator(one.seed)
            assert_array(student.train, reference.train, *arguments, names=("w", "b", "losses"))
    edges = problem.edges.extended(
        epochs=lambda one: 1,
        batch_size=lambda one: one.own(5, 3),
        rng=lambda one: generator(one.seed),
    )
    assert_array(student.train, reference.train, edges, names=("w", "b", "losses"))
