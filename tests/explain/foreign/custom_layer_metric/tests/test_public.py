"""Public tests of homework 3."""

import numpy as np

from autograder.testing import Tensor, assert_array, assert_loss, check, question

# === inputs ============================================================================================================

SIZES = [(7, 3, 4), (11, 5, 2)]  # examples, features, units


def some_inputs(examples, features, units, seed):
    """A batch with unequal classes, logits that are no predictions of anything, and weights of layer and model."""
    rng = np.random.default_rng(seed * 100 + examples)

    def normal(*shape):
        return rng.normal(size=shape).astype(np.float32)

    layer = [normal(features, units), normal(units), normal(features, units), normal(units)]
    return {
        "x": Tensor(normal(examples, features)),
        "y": Tensor((np.arange(examples) % 4 == 1).astype(np.float32)),
        "logits": Tensor(normal(examples, 1)),
        "sample_weight": Tensor(rng.uniform(0.5, 3, size=examples).astype(np.float32)),
        "layer": layer,
        "model": [*layer, normal(units, 1), normal(1)],
    }


def metric_batches(sizes, seed, weighted):
    """Batches `(labels, logits, sample weights or None)` in which the share of ones differs."""
    rng = np.random.default_rng(seed)
    batches = []
    for number, n in enumerate(sizes):
        y = Tensor((np.arange(n) % (number + 2) == 0).astype(np.float32))
        logits = Tensor((y.array[:, None] - 0.3 + rng.normal(size=(n, 1))).astype(np.float32))
        sample_weight = Tensor(rng.uniform(0.5, 3, size=n).astype(np.float32)) if weighted else None
        batches.append((y, logits, sample_weight))
    return batches


# === the questions =====================================================================================================


@question("K1", points=2)
def test_weights_of_the_layer(student):
    """The layer's weights: number, order, shapes, initial values."""
    for _, features, units in SIZES:
        layer = student.GatedDense(units)
        layer.build((None, features))
        weights = layer.get_weights()
        check(len(weights) == 4, f"expected four weights, your layer has {len(weights)}")
        shapes = [weight.shape for weight in weights]
        expected = [(features, units), (units,), (features, units), (units,)]
        check(shapes == expected, f"expected the shapes {expected}, yours are {shapes}")
        check(len(layer.read("trainable_variables")) == 4, "some weights are not trainable")
        check(not weights[1].any(), "bias is to start at zero", share=0.5)
        check(bool((weights[3] == 1).all()), "gate_bias is to start at one", share=0.5)
        check(weights[0].std() > 0 and weights[2].std() > 0, "the kernels are to be random", share=0.5)


@question("K2", points=3, after="K1")
def test_output_of_the_layer(student, reference):
    """The layer's output."""
    for sizes in SIZES:
        i = some_inputs(*sizes, seed=2)
        assert_array(student.try_layer, reference.try_layer, i["x"], i["layer"])


@question("K3", points=2)
def test_metric_one_batch(student, reference):
    """Balanced accuracy of one batch."""
    for sizes in ((7,), (40,)):
        assert_array(student.try_metric, reference.try_metric, metric_batches(sizes, 3, False), 0)


@question("K3", points=1)
def test_metric_weights(student, reference):
    """Balanced accuracy with sample weights."""
    for sizes in ((7,), (40,)):
        assert_array(student.try_metric, reference.try_metric, metric_batches(sizes, 4, True), 0)


@question("K4", points=2, after="K3")
def test_metric_many_batches(student, reference):
    """Balanced accuracy over batches, and after a reset."""
    for sizes in ((6, 9, 5), (20, 8, 13, 4)):
        assert_array(student.try_metric, reference.try_metric, metric_batches(sizes, 5, False), 2)


@question("K5", points=2)
def test_loss(student, reference):
    """Binary cross-entropy of logits."""
    for sizes in SIZES:
        i = some_inputs(*sizes, seed=6)
        assert_loss(student.loss_fn, reference.loss_fn, i["y"], i["logits"])


@question("K6", points=2, after="K2")
def test_model(student, reference):
    """The model's logits."""
    for sizes in SIZES:
        i = some_inputs(*sizes, seed=7)
        assert_array(student.try_model, reference.try_model, i["x"], i["model"])


@question("K7", points=4, after=("K3", "K5", "K6"))
def test_train_step(student, reference):
    """Training steps: losses, metric, weights."""
    for sizes in SIZES:
        i = some_inputs(*sizes, seed=8)
        assert_array(student.try_train_step, reference.try_train_step, i["x"], i["y"], i["model"], 3)


@question("K8", points=4, after=("K4", "K7"))
def test_train(student, reference):
    """Epochs: mean loss over examples, metric of each epoch alone."""
    for sizes in SIZES:
        i = some_inputs(*sizes, seed=9)
        assert_array(
            student.try_train, reference.try_train, i["x"], i["y"], i["model"], 4, 3, names=("losses", "scores")
        )
