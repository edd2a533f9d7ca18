"""The hidden tests of 05: other sizes, values and seeds, and what the public ones cannot tell apart.

The edges have one example, one feature, one hidden unit or one output.
"""

import numpy as np
from common.keras_models import (
    TASKS,
    accuracy,
    check_built,
    check_copied,
    check_keeps_best,
    check_model,
    check_output_layers,
    check_plain_descent,
    check_rates,
    check_squared_error,
    described,
    digits,
)

from autograder.testing import (
    Tensor,
    assert_array,
    assert_close,
    check,
    held_out_score,
    number_of,
    question,
)

# how it was measured: test_public.py
ENOUGH = 0.8


@question("05.1", points=1, after="05.1")
def test_build_model_again(student, problem):
    """Two layers: other sizes, such as one hidden unit or one output."""
    for one in problem.edges:
        check_built(student.build_model(one.n, one.h, one.k), one, [one.n, one.h, one.k], ["sigmoid", "linear"])


@question("05.2", points=1)
def test_copy_params_again(student, problem):
    """Parameters copied into a model: other sizes, such as one hidden unit or one output."""
    for one in problem.edges:
        check_copied(student, one)


@question("05.3", points=1.5)
def test_compile_model_again(student, problem):
    """Compiled: other sizes, such as one output, and a step of a training."""
    for one in problem.edges:
        model = student.make(described(one.n, [(one.k, "linear")]))
        student.compile_model(model, one.learning_rate)
        check_squared_error(model, one.Y, one.Y_hat)
        check_plain_descent(model, one.learning_rate)
    one = problem.edges.second
    X, Y = (part.astype(np.float32) for part in (one.X, one.Y))
    W, b = (np.asarray(weight, np.float64) for weight in model.get_weights())
    model.train_on_batch(X, Y)
    D = 2 * (X @ W + b - Y) / len(X)
    right = {"W": W - one.learning_rate * X.T @ D, "b": b - one.learning_rate * D.sum(axis=0)}
    after = dict(zip(right, model.get_weights(), strict=True))
    assert_close(after, right, "", given={name: value.astype(np.float32) for name, value in right.items()})


@question("05.4", points=1)
def test_equal_rates_again(student, problem):
    """The rates of the slide's two programs: other batches, such as one example, and one output."""
    for one in problem.edges:
        check_rates(student, one.learning_rate, one.batch_size, one.k)
    for one in problem:
        check_rates(student, one.learning_rate, 3 * one.M + 2, one.k)


@question("05.5", points=1, after="05.5")
def test_build_deep_model_again(student, problem):
    """Deep networks: other lists of hidden layers, such as one layer, or none."""
    for one, units in zip(problem.edges, ([2], []), strict=True):
        model = student.build_deep_model(one.n, units, one.k, "tanh")
        check_built(model, one, [one.n, *units, one.k], ["tanh"] * len(units) + ["linear"])


@question("05.6", points=2)
def test_output_layer_again(student, problem):
    """Output layers: other numbers of outputs, such as one, and another unknown task."""
    one = problem.edges.second
    cases = [(one, task, 1 if task == "binary" else one.k) for task in TASKS]
    cases += [(problem.edges.first.extended(M=13), task, 1) for task in ("regression", "multi-label")]
    check_output_layers(student, cases, "Binary classification")


@question("05.7", points=1)
def test_prepare_again(student, reference, problem):
    """Images into rows: other sizes, such as one image or one class, and images that are no bytes."""
    assert_array(student.prepare, reference.prepare, problem.edges, names=("X", "Y"))
    other = problem.second.extended(
        images=lambda one: one.rng("pixels").uniform(0, 255, (3, 2, 7)),
        labels=np.array([5, 0, 2]),
        k=9,
    )
    assert_array(student.prepare, reference.prepare, other, names=("X", "Y"))


@question("05.8", points=0.5, after="05.8")
def test_best_epoch_again(student, problem):
    """The best epoch: other histories, such as one epoch, equal losses, or a training that explodes."""
    nan = float("nan")
    histories = [
        ([0.3], 1),
        ([0.25, 0.25, 0.5], 1),
        ([0.5, nan, 0.3, nan], 3),
        ([nan, 2.0, 1.5, 1.5, 1.75], 3),
        ([0.0, 0.1], 1),
    ]
    histories += [(one.history["val_loss"], int(np.argmin(one.history["val_loss"])) + 1) for one in problem.edges]
    for losses, right in histories:
        loss = np.linspace(1, 0.1, len(losses)).tolist()
        came = number_of(student.best_epoch({"val_loss": losses, "loss": loss}))
        check(came == right, "the epoch that you return does not have the lowest validation loss")


@question("05.9", points=2)
def test_keep_best_again(student, problem):
    """Training: other sizes, such as one output and batches of one example, and the best epoch."""
    one = problem.edges.second.extended(k=1, M=5)
    check_keeps_best(student, one, batch_size=1, same_rows=True)
    check_keeps_best(student, problem.edges.second)


@question("05.10", points=1, after=("05.7", "05.9"))
def test_train_digits_more(student, problem):
    """Digits: other images and another seed: enough of 1,000 others are read correctly."""
    train, validation, test = digits(problem.second.seed, 1500, 300, 1000)
    model = student.train_digits(train, validation, [64], 0.15, 3, problem.second.seed % 1000)
    check_model(model)
    X = (test[0].reshape(len(test[0]), -1) / 255).astype(np.float32)
    score = held_out_score(lambda X: model(Tensor(X)), X, test[1], accuracy)
    check(score >= ENOUGH, f"{score:.1%} of 1,000 new digits are read correctly; expected {ENOUGH:.0%} or more")
