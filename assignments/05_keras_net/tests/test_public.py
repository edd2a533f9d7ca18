"""The public tests of 05: what `autograder check 05_keras_net` runs.

Together they look at each sentence of a docstring once, its example included. Models are compared with what NumPy
computes from their weights, trainings with gradient descent in NumPy.
"""

import numpy as np
from common.keras_models import (
    TASKS,
    accuracy,
    check_built,
    check_copied,
    check_keeps_best,
    check_layers,
    check_model,
    check_output_layers,
    check_outputs,
    check_plain_descent,
    check_rates,
    check_squared_error,
    described,
    digits,
    linear_training,
    optimizer,
)

from autograder.testing import (
    Tensor,
    array_of,
    assert_array,
    check,
    held_out_score,
    kind_of,
    number_of,
    question,
)


@question("05.1", points=2)
def test_build_model(student, problem):
    """Two layers: weights of the right shapes, a sigmoid, a linear output."""
    for one in problem:
        model = student.build_model(one.n, one.h, one.k)
        check_built(model, one, [one.n, one.h, one.k], ["sigmoid", "linear"])


@question("05.2", points=2)
def test_copy_params(student, problem):
    """Parameters copied into a model: W1, b1, W2, b2, each in its place."""
    for one in problem:
        check_copied(student, one)


@question("05.3", points=2.5)
def test_compile_model(student, problem):
    """Compiled: the squared error, summed over the outputs; plain gradient descent; the weights stay."""
    for one in problem:
        model = student.make(described(one.n, [(one.h, "sigmoid"), (one.k, "linear")]))
        before = model.get_weights()
        student.compile_model(model, one.learning_rate)
        check_squared_error(model, one.Y, one.Y_hat)
        check_plain_descent(model, one.learning_rate)
        same = all(np.array_equal(old, new) for old, new in zip(before, model.get_weights(), strict=True))
        check(same, "compile_model changes the weights of the model", code="changes-argument")


@question("05.4", points=1.75)
def test_equal_rates(student, problem):
    """The rates of the slide's two programs, for other batches and outputs."""
    for one in problem:
        check_rates(student, one.learning_rate, one.batch_size, one.k)


@question("05.4", points=0.25, after="05.4")
def test_equal_rates_example(student):
    """The rates of the slide's two programs: one example, one output."""
    check_rates(student, 0.25, 1, 1)


@question("05.5", points=2)
def test_build_deep_model(student, problem):
    """A hidden layer for each number in the list, with the activation that is asked for."""
    for one, activation in zip(problem, ("tanh", "relu"), strict=True):
        units = [one.h, one.k + 3, one.h + 2]
        model = student.build_deep_model(one.n, units, one.k, activation)
        check_built(model, one, [one.n, *units, one.k], [activation] * 3 + ["linear"])
    six = student.build_deep_model(12, [3, 3, 3, 3, 3], 1)
    one = problem.first.extended(n=12, X=problem.first.rng("X").normal(size=(7, 12)))
    check_built(six, one, [12, 3, 3, 3, 3, 3, 1], ["sigmoid"] * 5 + ["linear"])


@question("05.6", points=3)
def test_output_layer(student, problem):
    """Output layers: activation and loss for each of the four tasks, and a ValueError for another."""
    cases = [(one, task, 1 if task == "binary" else one.k) for one in problem for task in TASKS]
    check_output_layers(student, cases, "clustering")


@question("05.7", points=2)
def test_prepare(student, reference, problem):
    """Images into rows: divided by 255, flattened; labels one-hot, for k classes."""
    assert_array(student.prepare, reference.prepare, problem, names=("X", "Y"))
    example = np.array([[[0, 255], [0, 0]]], np.uint8), np.array([2]), 4
    assert_array(student.prepare, reference.prepare, *example, names=("X", "Y"))


@question("05.8", points=1.25)
def test_best_epoch(student, problem):
    """The best epoch: that of the lowest validation loss, counted from 1."""
    for one in problem:
        check_best_epoch(student, one.history)


def check_best_epoch(student, history):
    """That the best epoch of a history is told."""
    received = student.best_epoch(history)
    losses = history["val_loss"]
    right = int(np.nanargmin(losses)) + 1
    number = number_of(received)
    check(number is not None, f"expected the number of an epoch, you return {kind_of(received)}", code="kind")
    last = len(losses) - int(np.nanargmin(losses[::-1]))
    without_nan = int(np.argmin([loss for loss in losses if not np.isnan(loss)])) + 1
    known = (
        ("off-by-one", right - 1, "epochs are counted from 1"),
        ("arguments-swapped", int(np.nanargmax(losses)) + 1, "that is the highest validation loss"),
        ("wrong-source", int(np.nanargmin(history["loss"])) + 1, "that is the lowest loss in training"),
        ("comparison", last, "among equals the first one counts"),
        ("not-finite", int(np.argmin(losses)) + 1, "its validation loss is NaN"),
        ("not-finite", without_nan, "an epoch whose validation loss is NaN counts as an epoch, too"),
    )
    for code, value, why in known:
        check(number != value or value == right, f"you return epoch {number:g}: {why}", code=code)
    check(number == right, f"you return epoch {number:g}, whose validation loss is not the lowest")


@question("05.8", points=0.25, after="05.8")
def test_best_epoch_twice(student):
    """The best epoch: among equals the first, and never one whose validation loss is NaN."""
    nan = float("nan")
    check_best_epoch(student, {"loss": [0.9, 0.7, 0.5, 0.6], "val_loss": [0.8, 0.5, 0.6, 0.5]})
    check_best_epoch(student, {"loss": [0.9, 0.7, 0.6, 0.65], "val_loss": [0.8, 0.7, 0.9, nan]})
    # NaN before the lowest: each of the known mistakes gives another number
    early = {"loss": [0.9, 0.7, 0.6, 0.5, 0.45, 0.4], "val_loss": [nan, 0.8, nan, 0.5, 0.9, 0.6]}
    check_best_epoch(student, early)


@question("05.9", points=2)
def test_keep_best(student, problem):
    """Training on all examples at once: the history, and the weights of the best epoch."""
    for one in problem:
        check_keeps_best(student, one)


def check_shuffles(student, one):
    """That a training goes through its examples in another order than the one in which they are given."""
    rng = one.rng("order")
    X, Y = rng.normal(size=(one.M, one.n)), rng.normal(size=(one.M, one.k))
    given = [part.astype(np.float32) for part in (X, Y, X, Y)]
    rate = 0.05 * one.k
    model = student.make(
        described(one.n, [(one.k, "linear")], bias=False, start="Zeros", optimizer=optimizer("SGD", rate), loss="mse")
    )
    student.keep_best(model, *given, 3, 1)
    (W,) = model.get_weights()
    check(bool(np.any(W)), "after training the weights are those from before training", code="start-value")
    _, in_order = linear_training(np.zeros((one.n, one.k)), *[part.astype(np.float64) for part in given], 3, 1, rate)
    is_ordered = any(np.allclose(W, weights, rtol=1e-4, atol=1e-6) for weights in in_order)
    check(not is_ordered, "the examples are taken in the order in which they are given", code="no-shuffle")


@question("05.9", points=0.5)
def test_keep_best_shuffles(student, problem):
    """Training: the examples are shuffled."""
    check_shuffles(student, problem.first)


@question("05.9", points=0.5, after="05.9")
def test_keep_best_batches(student, problem):
    """Training in batches, with a short one at the end: the history, and the weights of the best epoch."""
    check_keeps_best(student, problem.first, batch_size=3, same_rows=True)


# Accuracies on 1,000 new digits after 3 epochs on 1,500, at a rate of 0.15, with 64 hidden units (a NumPy twin of the
# solution, each seed with data, weights and orders of its own):
#
#   right                      200 seeds   0.833 to 0.905, median 0.874
#   right, last epoch kept     100         0.803 to 0.905
#   ten times the rate          50         0.089 to 0.445
#   a tenth of the rate        100         0.680 to 0.790
#   not shuffled                50         0.090 to 0.374, since the images come sorted by class
#   trained on 0 to 255         50         0.072 to 0.128
#   trained on validation too   50         0.762 to 0.894: `check_small_training` finds that
#
# 0.8 is 5 standard deviations below what is right.
ENOUGH = 0.8


@question("05.10", points=1.5, after=("05.7", "05.9"))
def test_train_digits(student, problem):
    """Digits: trained on 1,500 images, at least 80 % of 1,000 others are read correctly."""
    train, validation, test = digits(problem.first.seed, 1500, 300, 1000)
    model = student.train_digits(train, validation, [64], 0.15, 3, 5)
    check_model(model)
    X = (test[0].reshape(len(test[0]), -1) / 255).astype(np.float32)
    score = held_out_score(lambda X: model(Tensor(X)), X, test[1], accuracy)
    check(score >= ENOUGH, f"{score:.1%} of 1,000 new digits are read correctly; expected {ENOUGH:.0%} or more")


@question("05.10", points=2.5, after=("05.7", "05.9"))
def test_train_digits_again(student, problem):
    """Digits: the layers, the optimizer, the number of steps, the best epoch; the same seed gives the same model."""
    (train,) = digits(problem.second.seed, 70)
    check_small_training(student, train, units=[9, 7], learning_rate=1 / 64, epochs=2, seed=11)


def check_small_training(student, train, units, learning_rate, epochs, seed):
    """That a training of digits has the layers and the settings it should have, and repeats.

    The validation examples are those of the training, and the rate is small: the last epoch is the best one. Weights
    that are read from a file bring the number of steps of their epoch with them.
    """
    # every validation example twice: all that may depend on them stays as it is
    twice = tuple(np.concatenate([part, part]) for part in train)
    given = (train, train, units, learning_rate, epochs, seed)
    model = student.train_digits(*given)
    weights = check_layers(model, [784, *units, 10])
    X = train[0].reshape(len(train[0]), -1) / 255
    check_outputs(model, X, weights, ["relu"] * len(units) + ["softmax"])
    check_plain_descent(model, learning_rate)
    steps = int(array_of(model.read("optimizer.iterations").numpy()))
    wanted = epochs * -(-len(train[0]) // 32)
    told = f"the model was trained for {steps} steps; {len(train[0])} examples in batches of 32 take {wanted}"
    check(steps == wanted, f"{told} in {epochs} epochs", code="batch-size")

    def is_another(*given):
        other = student.train_digits(*given).get_weights()
        return not all(np.allclose(one, two, rtol=1e-3, atol=1e-5) for one, two in zip(weights, other, strict=True))

    if is_another(train, twice, *given[2:]):
        check(not is_another(*given), "the same seed gives another model", code="seed")
        check(False, "another validation set gives another model: is it trained on as well?", code="wrong-source")
    check(is_another(*given[:-1], seed + 1), "another seed gives the same model", code="seed")
    # of these labels each is less likely after the last epoch than after the first
    first = student.train_digits(train, train, units, learning_rate, 1, seed)
    after_one, after_all = (array_of(one(Tensor(X.astype(np.float32)))) for one in (first, model))
    falling = np.argmax(np.log(after_one) - np.log(after_all), axis=1)
    told = "the weights are those of the last epoch, also where the loss on the validation images was lowest before it"
    check(is_another(train, (train[0], falling), *given[2:]), told, code="missing-step")
