"""The hidden tests of 09: other sizes, rates, seeds and float64, awkward runs, and 50 other learning curves."""

import math

import numpy as np
from common.curve_words import check_words, finite, runs
from common.random_laws import (
    check_backward,
    check_backward_inference,
    check_independent,
    check_inference,
    check_seeds,
    check_share,
    check_shift_seeds,
    check_shifts,
    check_sizes,
)
from common.stopping import check_stopping

from autograder.testing import (
    Tensor,
    array_of,
    assert_array,
    assert_close,
    assert_gradients,
    assert_updates,
    check,
    kind_of,
    number_of,
    question,
)

TAPE = tuple(f"tensorflow.GradientTape.{name}" for name in ("gradient", "jacobian", "batch_jacobian"))
READY_DROPOUT = ("tensorflow.nn.dropout", "keras.layers.Dropout.call")
READY_NORM = ("tensorflow.nn.batch_normalization", "keras.layers.BatchNormalization.call")


@question("09.1", points=1.75)
def test_training_step_again(student, reference, problem):
    """Training step: other sizes, such as one example, one of the two penalties alone, and weights that are 0."""
    step = {"argument": 2, "label": "the loss"}
    for one, (l1, l2) in zip(problem.edges, ((0.0, 0.0625), (0.125, 0.0), (0.0, 0.0)), strict=True):
        one = one.extended(l1=l1, l2=l2)
        params = dict(one.params)
        empty = params["W1"].array.copy()
        empty[0, 0] = 0
        params["W1"] = type(params["W1"])(empty)
        given = one.X, one.Y, params, one.learning_rate, l1, l2
        assert_updates(student.training_step, reference.training_step, *given, **step)


@question("09.2", points=1, forbids=READY_DROPOUT)
def test_dropout_forward_again(student):
    """Dropout, forward: other rates, seeds and sizes, such as a rate of 0 or one unit; float64 in, float64 out."""
    check_share(student, 0.5, 11, np.float64, shown=False)
    check_share(student, 0.1, 12, shown=False)
    check_share(student, 0.0, 13, shown=False)
    check_independent(student, 0.6, 14)
    check_seeds(student, 0.6, 1)
    check_inference(student, 0.6, 17, np.float64, shown=False)
    check_sizes(student, 0.3, 20)


@question("09.2", points=1.5, forbids=READY_DROPOUT)
def test_dropout_backward_again(student):
    """Dropout, backward: other rates, seeds and sizes, such as one example; float64 in, float64 out."""
    check_backward(student, 0.6, 16, np.float64, shown=False)
    check_backward(student, 0.0, 18, shown=False)
    check_backward_inference(student, 0.6, 19, np.float64)
    check_sizes(student, 0.3, 20, backward=True)


NORM = ("out", "Z_norm", "mean", "variance")


@question("09.3", points=1.25, forbids=READY_NORM)
def test_batchnorm_forward_again(student, reference, problem):
    """Batch normalization, forward: other sizes, such as one example or one unit, and units that are constant."""
    for one in problem.edges:
        assert_array(student.batchnorm_forward, reference.batchnorm_forward, one, names=NORM)
    one = problem.first
    Z = one.Z.array.copy()
    Z[:, 1] = 3
    given = Tensor(Z), one.gamma, one.beta, 2.0**-10
    assert_array(student.batchnorm_forward, reference.batchnorm_forward, *given, names=NORM)


@question("09.4", points=1.75, forbids=TAPE)
def test_batchnorm_backward_again(student, reference, problem):
    """Batch normalization, backward: other sizes, such as one example, and against numeric derivatives."""
    for one in problem.edges:
        assert_gradients(student.batchnorm_backward, reference.batchnorm_backward, one)
    one = problem.second
    Z, gamma, beta, G = (array_of(given).astype(np.float64) for given in (one.Z, one.gamma, one.beta, one.G))
    mean, variance = Z.mean(axis=0, keepdims=True), Z.var(axis=0, keepdims=True)
    Z_norm = (Z - mean) / np.sqrt(variance + one.epsilon)

    def loss(Z):
        return np.sum(G * (gamma * (Z - Z.mean(axis=0)) / np.sqrt(Z.var(axis=0) + one.epsilon) + beta))

    numeric = np.empty_like(Z)
    for place in np.ndindex(Z.shape):
        nudge = np.zeros_like(Z)
        nudge[place] = 1e-5
        numeric[place] = (loss(Z + nudge) - loss(Z - nudge)) / 2e-5
    given = [Tensor(array) for array in (G, Z_norm, gamma, variance)]
    received = student.batchnorm_backward(*given, one.epsilon)
    check(type(received) is dict and "Z" in received, f"you return {kind_of(received)}; expected a dict", code="kind")
    assert_close(received["Z"], numeric, "Z")


@question("09.5", points=1.25)
def test_running_statistics_again(student, reference, problem):
    """Running statistics: other sizes, such as one batch or one unit, and many batches."""
    names = ("the running mean", "the running variance")
    for one in problem.edges:
        assert_array(student.running_statistics, reference.running_statistics, one, names=names)
    rng = problem.rng("many")
    many = [Tensor(rng.normal(2, 3, size=(size, 4))) for size in rng.integers(2, 9, size=30)]
    for batches, momentum in ((many, 0.9), (many[:1], 0.99)):
        assert_array(student.running_statistics, reference.running_statistics, batches, momentum, names=names)


@question("09.6", points=0.75, forbids=READY_NORM)
def test_batchnorm_inference_again(student, reference, problem):
    """Batch normalization at test time: other sizes, such as one example or one unit."""
    for one in problem.edges:
        assert_array(student.batchnorm_inference, reference.batchnorm_inference, one)


@question("09.7", points=1.25)
def test_random_shifts_again(student):
    """Random shifts: other seeds and ends, such as 0, and one image."""
    check_shifts(student, 1, 21, shown=False)
    check_shifts(student, 4, 22, shown=False)
    check_shifts(student, 0, 23, count=1, shown=False)
    check_shift_seeds(student, 4, 24)


@question("09.8", points=0.75)
def test_shift_images_again(student, reference, problem):
    """Moved images: other sizes, such as one image, images that leave altogether, and those that stay."""
    for one in problem.edges:
        assert_array(student.shift_images, reference.shift_images, one)
    images = problem.rng("more").uniform(0.25, 1, size=(5, 3, 4)).astype(np.float32)
    shifts = np.array([[3, 0], [0, -4], [0, 0], [-3, 4], [-1, 1]], np.int32)
    assert_array(student.shift_images, reference.shift_images, Tensor(images), Tensor(shifts))


@question("09.9", points=1.75)
def test_early_stopping_again(student):
    """Early stopping: other runs, such as one whose best epoch is the first, and one that is never stopped."""
    check_stopping(student, [0.25, 0.5, 0.75, 1.0], 3, 0.0, "the first is the best", shown=False)
    check_stopping(student, [1.0, 0.875, 0.75, 0.625, 0.5], 1, 0.0, "always better", shown=False)
    check_stopping(student, [3.0, 3.0], 1, 0.0, "a patience of 1", shown=False)
    losses = [0.5, 0.25, 0.375, 0.125, 0.25, 0.0625, 0.5, 0.5]
    check_stopping(student, losses, 2, 0.0, "better every other time", shown=False)
    told = "less than min_delta in each step, more in two"
    check_stopping(student, [2.0, 1.5, 1.25, 1.0, 1.25, 1.25], 3, 0.5, told, shown=False)
    check_stopping(student, [math.nan, 4.0, math.inf, math.nan, 3.0, math.nan, 5.0], 3, 0.0, "NaN first", shown=False)
    check_stopping(student, [0.5, math.nan, math.nan, 0.25], 2, 0.0, "NaN twice in a row", shown=False)
    check_stopping(student, [-1.0, -2.0, -1.5, -1.0], 2, 0.0, "losses below 0", shown=False)


@question("09.10", points=1.75)
def test_curve_measures_again(student, reference):
    """Nine numbers of a curve: other runs, short ones, and a rate that is cut at once, twice, or hardly."""
    hidden = finite(runs("tests/hidden_curves.json.gz"))
    for history in hidden.values():
        assert_array(student.curve_measures, reference.curve_measures, history)
    history = hidden["still_improving"]
    n = len(history["loss"])
    for cuts in ((1,), (4, 7), (n - 1,), ()):
        rates = [0.5 * 0.05 ** sum(epoch >= cut for cut in cuts) for epoch in range(n)]
        rates = rates if cuts else [0.5 if epoch < n // 2 else 0.2 for epoch in range(n)]
        given = history | {"learning_rate": rates}
        assert_array(student.curve_measures, reference.curve_measures, given)
    # a loss that rises before the cut, which is a tenth, less than that, or more
    loss = [*history["loss"][:5], 1.1 * history["loss"][5], *history["loss"][6:]]
    for rate in (0.05, 0.04, 0.08):
        given = history | {"loss": loss, "learning_rate": [0.5] * 6 + [rate] * (n - 6)}
        assert_array(student.curve_measures, reference.curve_measures, given)
    for end in (4, 5, 7):
        short = {name: values[: end * (12 if name == "step_loss" else 1)] for name, values in history.items()}
        assert_array(student.curve_measures, reference.curve_measures, short)
    for name, what in (("val_loss", "validation"), ("loss", "training")):
        broken = history | {name: [*history[name][:-1], math.nan]}
        climb = number_of(student.curve_measures(broken)["climb"])
        check(climb == math.inf, f"`climb` is not infinite where the last {what} loss is NaN", code="one-case")


@question("09.11", points=2.25)
def test_diagnose_again(student, reference):
    """Diagnosis: the words of 50 other real runs, and of other made-up ones."""
    check_words(student, reference, runs("tests/hidden_curves.json.gz"), epochs=27)
