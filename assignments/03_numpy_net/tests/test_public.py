"""The public tests of 03: what `autograder check 03_numpy_net` runs."""

from autograder.testing import Remote, assert_array, assert_gradients, assert_loss, question


def generator(seed):
    return Remote("numpy.random.default_rng", seed)


@question("03.1", points=1)
def test_sigmoid(student, reference, problem):
    """Sigmoid of an array."""
    assert_array(student.sigmoid, reference.sigmoid, problem, probabilities=("",))


@question("03.2", points=2)
def test_init_params(student, reference, problem):
    """Parameters: uniform weights drawn in order from the generator, biases zero."""
    problem = problem.extended(rng=lambda one: generator(one.seed))
    assert_array(student.init_params, reference.init_params, problem)
    assert_array(student.init_params, reference.init_params, problem.edges)


@question("03.3", points=3)
def test_forward(student, reference, problem):
    """Forward pass: X, Z1, H, Y_hat."""
    assert_array(student.forward, reference.forward, problem, without_points=("X",))


@question("03.4", points=1)
def test_mse_loss(student, reference, problem):
    """Mean squared error: summed over outputs, averaged over examples."""
    problem = problem.extended(Y_hat=lambda one: reference.forward(one.X, one.params)["Y_hat"])
    assert_loss(student.mse_loss, reference.mse_loss, problem)


@question("03.5", points=4)
def test_backward(student, reference, problem):
    """Backward pass: gradients of W1, b1, W2, b2."""
    problem = problem.extended(cache=lambda one: reference.forward(one.X, one.params))

    def own_loss(one):
        return student.mse_loss(student.forward(one.X, one.params)["Y_hat"], one.Y)

    assert_gradients(student.backward, reference.backward, problem, loss=own_loss)


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


@question("03.7", points=3, after="03.5")
def test_train(student, reference, problem):
    """Training: parameters and the loss on all examples after each epoch."""
    problem = problem.extended(rng=lambda one: generator(one.seed))
    assert_array(student.train, reference.train, problem, names=("params", "losses"))


@question("03.8", points=1)
def test_softmax(student, reference, problem):
    """Softmax of each row."""
    assert_array(student.softmax, reference.softmax, problem, probabilities=("",))


@question("03.9", points=1)
def test_cross_entropy(student, reference, problem):
    """Cross-entropy of predicted probabilities, averaged over examples."""
    problem = problem.extended(Y=lambda one: one.Y_one_hot, Y_hat=lambda one: reference.softmax(one.Z))
    assert_loss(student.cross_entropy, reference.cross_entropy, problem)


@question("03.10", points=1)
def test_classifier_forward(student, reference, problem):
    """Classifier: forward pass with a softmax output."""
    assert_array(
        student.classifier_forward,
        reference.classifier_forward,
        problem,
        without_points=("X",),
        probabilities=("Y_hat",),
    )


@question("03.11", points=2)
def test_classifier_backward(student, reference, problem):
    """Classifier: gradients of W1, b1, W2, b2 through softmax and cross-entropy."""
    problem = problem.extended(
        Y=lambda one: one.Y_one_hot, cache=lambda one: reference.classifier_forward(one.X, one.params)
    )

    def own_loss(one):
        return student.cross_entropy(student.classifier_forward(one.X, one.params)["Y_hat"], one.Y)

    assert_gradients(student.classifier_backward, reference.classifier_backward, problem, loss=own_loss)


@question("03.12", points=2)
def test_slide_backward(student, reference, problem):
    """The slide's backward pass, put right."""
    problem = problem.extended(
        cache=lambda one: reference.forward(one.X, one.params),
        Z=lambda one: one.cache["Z1"],
        H=lambda one: one.cache["H"],
        Y_hat=lambda one: one.cache["Y_hat"],
        W1=lambda one: one.params["W1"],
        W2=lambda one: one.params["W2"],
    )
    assert_gradients(student.slide_backward, reference.slide_backward, problem)
