"""The public tests of 03: what `autograder check 03_numpy_net` runs.

Together they look at each sentence of a docstring once, its example included. Ordinary numbers come in the two sizes
of the fixtures, so that a cause such as "7 is your number of examples" can be proven. The examples come after
them: they have one size alone, and are for who has the rest right.
"""

import numpy as np
from common.quiet import assert_quiet

from autograder.testing import (
    Remote,
    assert_array,
    assert_close,
    assert_gradients,
    assert_loss,
    question,
)


def generator(seed):
    return Remote("numpy.random.default_rng", seed)


def parameters(n, h, k, weight, bias):
    """The parameters of the docstrings' examples: `W1` of zeros, `W2` and `b2` as given."""
    return {
        "W1": np.zeros((n, h)),
        "b1": np.zeros((1, h)),
        "W2": np.full((h, k), weight),
        "b2": np.full((1, k), bias),
    }


LARGE = np.array([[-1000.0, -30.0, -1e-3, 0.0], [1e-3, 30.0, 700.0, 1000.0]])
LARGE_ROWS = np.array([[1000.0, 1001.0, 999.0], [-1000.0, -1000.5, -999.0], [0.0, 1000.0, -1000.0]])


@question("03.1", points=0.5)
def test_sigmoid(student, reference, problem):
    """Sigmoid of an array."""
    assert_array(student.sigmoid, reference.sigmoid, problem, probabilities=("",))


@question("03.1", points=0.25)
def test_sigmoid_extreme(student, reference):
    """Sigmoid of an array: exact and finite at ±1000, in float32 as well."""
    assert_array(student.sigmoid, reference.sigmoid, np.array([[-1000.0, 0.0, 1000.0]]), probabilities=("",))
    assert_array(student.sigmoid, reference.sigmoid, LARGE, probabilities=("",))
    assert_array(student.sigmoid, reference.sigmoid, LARGE.astype(np.float32), probabilities=("",))


@question("03.1", points=1, after="03.1", forbids=("numpy.errstate", "warnings.filterwarnings"))
def test_sigmoid_warnings(student):
    """Sigmoid of an array: no warning at ±1000, in float32 as well, and none that is silenced."""
    assert_quiet(student, "sigmoid", LARGE)
    assert_quiet(student, "sigmoid", LARGE.astype(np.float32))


@question("03.2", points=2)
def test_init_params(student, reference, problem):
    """Parameters: uniform weights drawn in order from the generator, biases zero."""
    problem = problem.extended(rng=lambda one: generator(one.seed))
    assert_array(student.init_params, reference.init_params, problem)
    assert_array(student.init_params, reference.init_params, problem.edges)
    assert_array(student.init_params, reference.init_params, 4, 3, 2, generator(0))


@question("03.3", points=2.5)
def test_forward(student, reference, problem):
    """Forward pass: X, Z1, H, Y_hat."""
    assert_array(student.forward, reference.forward, problem, without_points=("X",))


@question("03.3", points=0.5, after="03.3")
def test_forward_documented(student, reference, problem):
    """Forward pass: the example of its docstring, and float32 in, float32 out."""
    assert_array(student.forward, reference.forward, np.ones((5, 2)), parameters(2, 3, 1, 1.0, 1.0))
    assert_array(student.forward, reference.forward, problem.extended(other=1), without_points=("X",))


@question("03.4", points=1.25)
def test_mse_loss(student, reference, problem):
    """Mean squared error: summed over outputs, averaged over examples."""
    problem = problem.extended(Y_hat=lambda one: reference.forward(one.X, one.params)["Y_hat"])
    assert_loss(student.mse_loss, reference.mse_loss, problem)
    example = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, 0.0], [0.0, 4.0]])
    assert_loss(student.mse_loss, reference.mse_loss, *example)


@question("03.5", points=4)
def test_backward(student, reference, problem):
    """Backward pass: gradients of W1, b1, W2, b2."""
    problem = problem.extended(cache=lambda one: reference.forward(one.X, one.params))

    def own_loss(one):
        return student.mse_loss(student.forward(one.X, one.params)["Y_hat"], one.Y)

    assert_gradients(student.backward, reference.backward, problem, loss=own_loss)


@question("03.5", points=0.5, after="03.5")
def test_backward_documented(student, reference, problem):
    """Backward pass: the example of its docstring, and float32 in, float32 out."""
    params = parameters(2, 3, 1, 1.0, 1.0)
    cache = reference.forward(np.ones((5, 2)), params)
    assert_gradients(student.backward, reference.backward, cache, np.full((5, 1), 2.0), params)
    problem = problem.extended(other=1, cache=lambda one: reference.forward.as_given(one.X, one.params))
    assert_gradients(student.backward, reference.backward, problem)


@question("03.5", points=1, after="03.3")
def test_backward_own_cache(student, reference, problem):
    """Backward pass from your own forward pass."""
    for one in problem:
        received = student.backward(student.forward(one.X, one.params), one.Y, one.params)
        assert_close(received, reference.backward(reference.forward(one.X, one.params), one.Y, one.params), "")


@question("03.6", points=2)
def test_gradient_step(student, reference, problem):
    """One step of gradient descent: new arrays, the old untouched."""
    problem = problem.extended(
        grads=lambda one: {
            name: one.array(one.rng(name).normal(size=value.shape)) for name, value in one.params.items()
        }
    )
    assert_array(student.gradient_step, reference.gradient_step, problem)
    assert_array(student.gradient_step, reference.gradient_step, problem.edges)
    ones = {name: np.ones((1, 1)) for name in ("W1", "b1", "W2", "b2")}
    assert_array(student.gradient_step, reference.gradient_step, ones, ones, 0.25)


@question("03.7", points=3, after="03.5")
def test_train(student, reference, problem):
    """Training: parameters and the loss on all examples after each epoch."""
    problem = problem.extended(rng=lambda one: generator(one.seed))
    assert_array(student.train, reference.train, problem, names=("params", "losses"))


@question("03.7", points=1, after=("03.5", "03.7"))
def test_train_documented(student, reference, problem):
    """Training: the example of its docstring, float32, and a batch that is larger than the data."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(50, 3))
    params = {name: rng.uniform(size=shape) for name, shape in (("W1", (3, 4)), ("W2", (4, 1)))}
    params |= {"b1": np.zeros((1, 4)), "b2": np.zeros((1, 1))}
    example = X, X[:, :1] - X[:, 1:2], params, 0.1, 30, 8, generator(0)
    assert_array(student.train, reference.train, *example, names=("params", "losses"))
    problem = problem.extended(other=1, rng=lambda one: generator(one.seed), batch_size=lambda one: one.M + 2)
    assert_array(student.train, reference.train, problem, names=("params", "losses"))


@question("03.8", points=0.5)
def test_softmax(student, reference, problem):
    """Softmax of each row."""
    assert_array(student.softmax, reference.softmax, problem, probabilities=("",))


@question("03.8", points=0.25)
def test_softmax_extreme(student, reference):
    """Softmax of each row: exact and finite for large inputs, in float32 as well."""
    example = np.array([[0.0, 0.0], [1000.0, -1000.0]])
    for rows in (example, LARGE_ROWS, LARGE_ROWS.astype(np.float32)):
        assert_array(student.softmax, reference.softmax, rows, probabilities=("",))


@question("03.8", points=1, after="03.8")
def test_softmax_warnings(student):
    """Softmax of each row: no warning for large inputs, in float32 as well."""
    assert_quiet(student, "softmax", LARGE_ROWS)
    assert_quiet(student, "softmax", LARGE_ROWS.astype(np.float32))


@question("03.9", points=0.5)
def test_cross_entropy(student, reference, problem):
    """Cross-entropy of predicted probabilities, averaged over examples."""
    problem = problem.extended(Y=lambda one: one.Y_one_hot, Y_hat=lambda one: reference.softmax(one.Z))
    assert_loss(student.cross_entropy, reference.cross_entropy, problem)


# the second example is given no probability, and the last one less than float32 can hold
CERTAIN = np.array([[0.15, 0.55, 0.30], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [1.0, 1e-300, 0.0]])
TRUE = np.eye(3)[[0, 1, 2, 1]]


@question("03.9", points=0.25)
def test_cross_entropy_certain(student, reference):
    """Cross-entropy: finite when a prediction is certain and wrong, in float32 as well."""
    assert_loss(student.cross_entropy, reference.cross_entropy, CERTAIN[:1], TRUE[:1])
    assert_loss(student.cross_entropy, reference.cross_entropy, CERTAIN, TRUE)
    # the smallest number of float32 is another one: here float32 is not float64 rounded
    single = CERTAIN.astype(np.float32), TRUE.astype(np.float32)
    loss = student.cross_entropy(*single)
    assert_close(loss, reference.cross_entropy.as_given(*single), "the loss", single=True)


@question("03.9", points=1, after="03.9")
def test_cross_entropy_warnings(student):
    """Cross-entropy: no warning when a prediction is certain and wrong."""
    assert_quiet(student, "cross_entropy", CERTAIN, TRUE)


@question("03.10", points=1)
def test_classifier_forward(student, reference, problem):
    """Classifier: forward pass with a softmax output."""
    assert_array(
        student.classifier_forward,
        reference.classifier_forward,
        problem,
        without_points=("X", "Z1", "H"),  # what is taught is the softmax
        probabilities=("Y_hat",),
    )


@question("03.10", points=0.25, after="03.10")
def test_classifier_forward_documented(student, reference, problem):
    """Classifier: the forward pass of its docstring's example, and float32 in, float32 out."""
    example = np.ones((1, 2)), {**parameters(2, 3, 4, 1.0, 0.0), "W1": np.ones((2, 3))}
    assert_array(student.classifier_forward, reference.classifier_forward, *example, without_points=("X", "Z1", "H"))
    single = problem.extended(other=1)
    assert_array(student.classifier_forward, reference.classifier_forward, single, without_points=("X", "Z1", "H"))


@question("03.11", points=2.25)
def test_classifier_backward(student, reference, problem):
    """Classifier: gradients of W1, b1, W2, b2 through softmax and cross-entropy."""
    problem = problem.extended(
        Y=lambda one: one.Y_one_hot, cache=lambda one: reference.classifier_forward(one.X, one.params)
    )

    def own_loss(one):
        return student.cross_entropy(student.classifier_forward(one.X, one.params)["Y_hat"], one.Y)

    assert_gradients(student.classifier_backward, reference.classifier_backward, problem, loss=own_loss)


@question("03.11", points=0.5, after="03.11")
def test_classifier_backward_documented(student, reference, problem):
    """Classifier: gradients of the docstring's example, and float32 in, float32 out."""
    params = parameters(2, 3, 2, 0.0, 0.0)
    cache = reference.classifier_forward(np.ones((4, 2)), params)
    example = cache, np.array([[1.0, 0.0]] * 4), params
    assert_gradients(student.classifier_backward, reference.classifier_backward, *example)
    problem = problem.extended(
        other=1,
        Y=lambda one: one.Y_one_hot,
        cache=lambda one: reference.classifier_forward.as_given(one.X, one.params),
    )
    assert_gradients(student.classifier_backward, reference.classifier_backward, problem)


def of_the_slide(problem, reference):
    """The arguments of `slide_backward`."""
    return problem.extended(
        cache=lambda one: reference.forward.as_given(one.X, one.params),
        Z=lambda one: one.cache["Z1"],
        H=lambda one: one.cache["H"],
        Y_hat=lambda one: one.cache["Y_hat"],
        W1=lambda one: one.params["W1"],
        W2=lambda one: one.params["W2"],
    )


@question("03.12", points=2.25)
def test_slide_backward(student, reference, problem):
    """The slide's backward pass, put right."""
    assert_gradients(student.slide_backward, reference.slide_backward, of_the_slide(problem, reference))


@question("03.12", points=0.5, after="03.12")
def test_slide_backward_single(student, reference, problem):
    """The slide's backward pass, put right: float32 in, float32 out."""
    single = of_the_slide(problem.extended(other=1), reference)
    assert_gradients(student.slide_backward, reference.slide_backward, single)
