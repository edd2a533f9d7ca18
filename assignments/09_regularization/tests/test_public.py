"""The public tests of 09: what `autograder check 09_regularization` runs.

Together they look at each sentence of a docstring once, its example included. Dropout and shifts are judged by laws
that every right draw obeys, early stopping by what it does with made-up losses, and words by the curves of real runs.
"""

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
)
from common.stopping import check_stopping

from autograder.testing import (
    Tensor,
    Variable,
    assert_array,
    assert_gradients,
    assert_updates,
    check,
    kind_of,
    number_of,
    question,
)

# what would do by itself what is to be written
TAPE = tuple(f"tensorflow.GradientTape.{name}" for name in ("gradient", "jacobian", "batch_jacobian"))
READY_DROPOUT = ("tensorflow.nn.dropout", "keras.layers.Dropout.call")
READY_NORM = ("tensorflow.nn.batch_normalization", "keras.layers.BatchNormalization.call")


def tensor(rows, dtype=np.float32):
    return Tensor(np.array(rows, dtype))


@question("09.1", points=2)
def test_training_step(student, reference, problem):
    """Training step: the loss of the data alone, and the variables after a step on loss and penalty."""
    step = {"argument": 2, "label": "the loss"}
    assert_updates(student.training_step, reference.training_step, problem, **step)
    rows = {"W1": [[1.0]], "b1": [[0.0]], "W2": [[2.0, 0.0]], "b2": [[0.0, 2.0]]}
    params = {name: Variable(np.array(row, np.float32)) for name, row in rows.items()}
    example = tensor([[1]]), tensor([[1, 0]]), params, 1.0, 0.0, 0.25
    assert_updates(student.training_step, reference.training_step, *example, **step)


@question("09.1", points=0.25, after="09.1")
def test_training_step_double(student, reference, problem):
    """Training step: float64 in, float64 out."""
    step = {"argument": 2, "label": "the loss"}
    assert_updates(student.training_step, reference.training_step, problem.edges.first, **step)


@question("09.2", points=1.75, forbids=READY_DROPOUT)
def test_dropout_forward(student):
    """Dropout, forward: the share that is dropped, the factor, a draw for each value; nothing at test time."""
    check_share(student, 0.75, 1)
    check_share(student, 0.2, 4)
    check_independent(student, 0.25, 2)
    check_seeds(student, 0.25, 2)
    check_inference(student, 0.25, 3)


@question("09.2", points=1.5, forbids=READY_DROPOUT)
def test_dropout_backward(student):
    """Dropout, backward: the mask of the last call of `forward`, in training and at test time."""
    check_backward(student, 0.25, 3)
    check_backward_inference(student, 0.25, 3)


@question("09.2", points=0.25, after="09.2", forbids=READY_DROPOUT)
def test_dropout_double(student):
    """Dropout: float64 in, float64 out."""
    check_share(student, 0.5, 5, np.float64)
    check_backward(student, 0.5, 5, np.float64)


NORM = ("out", "Z_norm", "mean", "variance")


@question("09.3", points=1.5, forbids=READY_NORM)
def test_batchnorm_forward(student, reference, problem):
    """Batch normalization, forward: each unit over the batch, then scale and shift."""
    assert_array(student.batchnorm_forward, reference.batchnorm_forward, problem, names=NORM)
    example = tensor([[1], [5]]), tensor([[2]]), tensor([[3]]), 12.0
    assert_array(student.batchnorm_forward, reference.batchnorm_forward, *example, names=NORM)


@question("09.3", points=0.25, after="09.3", forbids=READY_NORM)
def test_batchnorm_forward_double(student, reference, problem):
    """Batch normalization, forward: float64 in, float64 out."""
    assert_array(student.batchnorm_forward, reference.batchnorm_forward, problem.edges.first, names=NORM)


@question("09.4", points=2, forbids=TAPE)
def test_batchnorm_backward(student, reference, problem):
    """Batch normalization, backward: the gradients by the values, the scale and the shift."""
    assert_gradients(student.batchnorm_backward, reference.batchnorm_backward, problem)
    example = tensor([[2], [0]]), tensor([[-0.5], [0.5]]), tensor([[2]]), tensor([[4]]), 12.0
    assert_gradients(student.batchnorm_backward, reference.batchnorm_backward, *example)


@question("09.4", points=0.25, after="09.4", forbids=TAPE)
def test_batchnorm_backward_double(student, reference, problem):
    """Batch normalization, backward: float64 in, float64 out."""
    assert_gradients(student.batchnorm_backward, reference.batchnorm_backward, problem.edges.first)


RUNNING = ("the running mean", "the running variance")


@question("09.5", points=1.5)
def test_running_statistics(student, reference, problem):
    """Running statistics over several batches of different sizes, from 0 and 1."""
    assert_array(student.running_statistics, reference.running_statistics, problem, names=RUNNING)
    example = [tensor([[1], [5]]), tensor([[8]])], 0.5
    assert_array(student.running_statistics, reference.running_statistics, *example, names=RUNNING)


@question("09.5", points=0.25, after="09.5")
def test_running_statistics_double(student, reference, problem):
    """Running statistics: float64 in, float64 out."""
    assert_array(student.running_statistics, reference.running_statistics, problem.edges.first, names=RUNNING)


@question("09.6", points=1, forbids=READY_NORM)
def test_batchnorm_inference(student, reference, problem):
    """Batch normalization at test time: the statistics that are given."""
    assert_array(student.batchnorm_inference, reference.batchnorm_inference, problem)
    example = tensor([[5], [9]]), *(tensor([[number]]) for number in (2, 3, 1, 4)), 12.0
    assert_array(student.batchnorm_inference, reference.batchnorm_inference, *example)


@question("09.6", points=0.25, after="09.6", forbids=READY_NORM)
def test_batchnorm_inference_double(student, reference, problem):
    """Batch normalization at test time: float64 in, float64 out."""
    assert_array(student.batchnorm_inference, reference.batchnorm_inference, problem.edges.first)


@question("09.7", points=1.25)
def test_random_shifts(student):
    """Random shifts: two numbers for each image, all from end to end equally likely, each by itself."""
    check_shifts(student, 2, 7)


@question("09.7", points=0.5, after="09.7")
def test_random_shifts_seed(student):
    """Random shifts: the seed decides; int32."""
    check_shift_seeds(student, 3, 5)


@question("09.8", points=1)
def test_shift_images(student, reference, problem):
    """Moved images: down and to the right, negative is up and left; zeros come in."""
    assert_array(student.shift_images, reference.shift_images, problem)
    example = tensor([[[1, 2, 3], [4, 5, 6]]]), Tensor(np.array([[1, -1]], np.int32))
    assert_array(student.shift_images, reference.shift_images, *example)


@question("09.8", points=0.25, after="09.8")
def test_shift_images_double(student, reference, problem):
    """Moved images: float64 in, float64 out."""
    assert_array(student.shift_images, reference.shift_images, problem.edges.first)


@question("09.9", points=1.25)
def test_early_stopping(student):
    """Early stopping: when to stop, the best epoch, and its weights."""
    check_stopping(student, [0.9, 0.5, 0.5, 0.7], 2, 0.0, "a plateau")
    check_stopping(student, [1.2, 0.9, 1.0, 0.7, 0.8, 0.75, 0.9, 0.1], 3, 0.0, "a better one comes late")


@question("09.9", points=1)
def test_early_stopping_awkward(student):
    """Early stopping: `min_delta`, a loss of NaN, and a run that has no best epoch."""
    check_stopping(student, [1.0, 0.9375, 0.75, 0.6875, 0.625, 0.5], 2, 0.125, "small steps")
    check_stopping(student, [0.8, math.nan, 0.6, math.nan, math.nan], 2, 0.0, "NaN on the way")
    check_stopping(student, [math.nan, math.nan, math.nan], 3, 0.0, "NaN from the start")


EXAMPLE = {
    "loss": [2.0, 1.0, 1.5, 0.5],
    "val_loss": [1.6, 2.0, 0.8, 1.2],
    "val_accuracy": [0.2, 0.7, 0.8, 0.6],
    "learning_rate": [0.5, 0.5, 0.5, 0.05],
    "step_loss": [3.0, 1.0, 1.5, 0.5, 1.0, 2.0, 0.75, 0.25],
}


@question("09.10", points=1.75)
def test_curve_measures(student, reference):
    """Nine numbers of a curve, for real runs; a rate that is cut twice, at once, or by little."""
    for history in [EXAMPLE, *finite(runs("data/curves.json.gz")).values()]:
        assert_array(student.curve_measures, reference.curve_measures, history)
    # cut twice, in epoch 1, and by less than a tenth: the first, none, and none
    n = len(history["loss"])
    for rates in ([0.5] * 4 + [0.04] * 3 + [0.003] * (n - 7), [0.5] + [0.05] * (n - 1), [0.5] * 6 + [0.1] * (n - 6)):
        assert_array(student.curve_measures, reference.curve_measures, history | {"learning_rate": rates})


def check_infinite(student, history, name, value):
    """That a loss which is no number makes `climb` infinite."""
    broken = history | {name: [*history[name][:3], value, *history[name][4:]]}
    received = student.curve_measures(broken)
    check(
        type(received) is dict and "climb" in received, f"you return {kind_of(received)}; expected a dict", code="kind"
    )
    climb = number_of(received["climb"])
    told = f'`climb` is {climb} where "{name}" has {value} in epoch 3; expected inf'
    check(climb == math.inf, told, code="one-case")


@question("09.10", points=0.5, after="09.10")
def test_curve_measures_infinite(student):
    """Nine numbers of a curve: a loss that is NaN or infinite makes `climb` infinite."""
    history = finite(runs("data/curves.json.gz"))["overfitting"]
    check_infinite(student, history, "loss", math.nan)
    check_infinite(student, history, "val_loss", math.inf)


@question("09.11", points=2.75)
def test_diagnose(student, reference):
    """The words of 20 real runs, two for each word, and of made-up ones that fit one row of the table, or two."""
    check_words(student, reference, runs("data/curves.json.gz"), epochs=20)
