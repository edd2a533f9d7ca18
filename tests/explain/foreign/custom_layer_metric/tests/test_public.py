"""Public tests of homework 3."""

from autograder.testing import assert_array, assert_loss, check, question


@question("K1", points=2)
def test_weights_of_the_layer(student, problem):
    """The layer's weights: number, order, shapes, initial values."""
    for one in problem:
        features, units = one.d, one.units
        layer = student.GatedDense(units)
        layer.build((None, features))
        weights = layer.get_weights()
        check(len(weights) == 4, f"expected four weights, your layer has {len(weights)}")
        shapes = [weight.shape for weight in weights]
        expected = [(features, units), (units,), (features, units), (units,)]
        check(shapes == expected, f"expected the shapes {expected}, yours are {shapes}", code="shape")
        check(len(layer.read("trainable_variables")) == 4, "some weights are not trainable")
        check(not weights[1].any(), "bias is to start at zero", share=0.5, code="constant")
        check(bool((weights[3] == 1).all()), "gate_bias is to start at one", share=0.5, code="constant")
        check(weights[0].std() > 0 and weights[2].std() > 0, "the kernels are to be random", share=0.5)


@question("K2", points=3, after="K1")
def test_output_of_the_layer(student, reference, problem):
    """The layer's output."""
    assert_array(student.try_layer, reference.try_layer, problem)


@question("K3", points=2)
def test_metric_one_batch(student, reference, problem):
    """Balanced accuracy of one batch."""
    problem = problem.extended(
        batches=lambda one: one.drawn(*((7,) if one.N == 7 else (40,))), reset_after=lambda one: 0
    )
    assert_array(student.try_metric, reference.try_metric, problem)


@question("K3", points=1)
def test_metric_weights(student, reference, problem):
    """Balanced accuracy with sample weights."""
    problem = problem.extended(
        batches=lambda one: one.drawn(*((7,) if one.N == 7 else (40,)), weighted=True), reset_after=lambda one: 0
    )
    assert_array(student.try_metric, reference.try_metric, problem)


@question("K4", points=2, after="K3")
def test_metric_many_batches(student, reference, problem):
    """Balanced accuracy over batches, and after a reset."""
    problem = problem.extended(
        batches=lambda one: one.drawn(*((6, 9, 5) if one.N == 7 else (20, 8, 13, 4))), reset_after=lambda one: 2
    )
    assert_array(student.try_metric, reference.try_metric, problem)


@question("K5", points=2)
def test_loss(student, reference, problem):
    """Binary cross-entropy of logits."""
    assert_loss(student.loss_fn, reference.loss_fn, problem)


@question("K6", points=2, after="K2")
def test_model(student, reference, problem):
    """The model's logits."""
    problem = problem.extended(weights=lambda one: one.all_weights)
    assert_array(student.try_model, reference.try_model, problem)


@question("K7", points=4, after=("K3", "K5", "K6"))
def test_train_step(student, reference, problem):
    """Training steps: losses, metric, weights."""
    problem = problem.extended(weights=lambda one: one.all_weights, steps=lambda one: 3)
    assert_array(student.try_train_step, reference.try_train_step, problem)


@question("K8", points=4, after=("K4", "K7"))
def test_train(student, reference, problem):
    """Epochs: mean loss over examples, metric of each epoch alone."""
    problem = problem.extended(weights=lambda one: one.all_weights, batch_size=lambda one: 4, epochs=lambda one: 3)
    assert_array(student.try_train, reference.try_train, problem, names=("losses", "scores"))
