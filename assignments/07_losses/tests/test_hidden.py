"""The hidden tests of 07: other sizes, values and seeds than the public ones.

The edges have one output, one example, one row or one column, and are in float64.
"""

import numpy as np

from autograder.testing import CheckFailed, Remote, Tensor, assert_array, assert_loss, check, question

READY = (
    "tensorflow.nn.sigmoid_cross_entropy_with_logits",
    "tensorflow.nn.weighted_cross_entropy_with_logits",
    "tensorflow.nn.softmax_cross_entropy_with_logits",
    "tensorflow.nn.sparse_softmax_cross_entropy_with_logits",
)


def judge(student, reference, name, problem):
    """That a loss is right in an ordinary size and at the edges, and its slope."""
    names = getattr(reference, name).parameters()
    cases = [[one[parameter] for parameter in names] for one in (problem.second, *edges_of(problem, name))]
    judge_cases(student, reference, name, problem, *cases)


def edges_of(problem, name):
    """Sizes at the edge: there is no choice among one class."""
    several = name in ("categorical_cross_entropy", "sparse_categorical_cross_entropy", "slide_cross_entropy")
    return [one for one in problem.edges if one.k > 1 or not several]


def judge_cases(student, reference, name, problem, *cases, finite=False):
    """That a loss is right for each of some arguments, and its slope."""
    for case in cases:
        assert_loss(getattr(student, name), getattr(reference, name), *case)
    problem.assert_slopes(student, name, *cases, finite=finite)


@question("07.1", points=0.75)
def test_mse_again(student, reference, problem):
    """Squared error: other numbers and sizes, such as one output or one example."""
    judge(student, reference, "mse", problem)


@question("07.2", points=0.75)
def test_mae_again(student, reference, problem):
    """Absolute error: other numbers and sizes, such as one output or one example."""
    judge(student, reference, "mae", problem)


def of_tensorflow(name):
    """A function of TensorFlow itself, which no description can hold."""
    return Remote("operator.attrgetter", name).then("__call__", Remote("importlib.import_module", "tensorflow"))


@question("07.3", points=0.5)
def test_value_and_gradient_again(student, reference, problem):
    """Value and gradient: other losses, predictions of other shapes, in float64 as well."""
    parts = {"names": ("the loss", "the gradient"), "without_points": ("the loss",)}
    asked, known = student.value_and_gradient, reference.value_and_gradient
    for one in problem:
        assert_array(asked, known, Remote("keras.losses.LogCosh"), one.Y_hat, one.Y, **parts)
        assert_array(asked, known, Remote("keras.losses.Huber", delta=0.5), one.pixels, one.masks, **parts)
    for one in problem.edges:
        loss = Remote("keras.losses.MeanSquaredError", dtype="float64")
        assert_array(asked, known, loss, one.Y_hat, one.Y, **parts)
    total = of_tensorflow("reduce_sum")
    flat = Tensor(np.arange(5, dtype=np.float32))
    assert_array(asked, known, total, flat, **parts)
    assert_array(asked, known, Remote("keras.losses.Poisson"), flat, Tensor(flat.array[::-1] + 2), **parts)


@question("07.3", points=0.75)
def test_value_and_gradient_refuses_again(student, problem):
    """Value and gradient: one example, or a loss for each entry, raises a ValueError as well."""
    by_entry = of_tensorflow("square")
    one = problem.edges.first
    single = Tensor(np.array([[0.5, 1.5]], np.float32))
    for loss, given in (
        (Remote("keras.losses.MeanAbsoluteError", reduction=None), (single, single)),
        (Remote("keras.losses.MeanAbsoluteError", reduction=None), (one.Y_hat, one.Y)),
        (by_entry, (one.Y,)),
    ):
        try:
            student.value_and_gradient(loss, *given)
        except CheckFailed as failure:
            fact = failure.facts[0]
            if fact.kind != "raised" or fact.values["error"] != "ValueError":
                raise
        else:
            told = "a loss that is not one number: you return a gradient, expected a ValueError"
            check(False, told, code="missing-step")


@question("07.4", points=0.5)
def test_binary_cross_entropy_again(student, reference, problem):
    """Cross-entropy of probabilities: other numbers and sizes, such as one output or one example."""
    problem = problem.extended(Y=lambda one: one.labels_yes)
    assert_loss(student.binary_cross_entropy, reference.binary_cross_entropy, problem)
    for one in problem.edges:
        # float32 as well: what `EPSILON` adds to a probability that is no 0 is below its rounding, and is no mistake
        P, Y = (Tensor(value.array.astype(np.float32)) for value in (one.P, one.Y))
        assert_loss(student.binary_cross_entropy, reference.binary_cross_entropy, P, Y)


@question("07.4", points=0.75)
def test_binary_cross_entropy_certain_again(student, reference, problem):
    """Cross-entropy of probabilities: all certain, all wrong or all right; probabilities that are tiny."""
    cases = []
    for one in problem:
        Y = one.labels_yes
        wrong, tiny = one.array(1 - Y.array), one.array(np.where(Y.array == 1, 1e-30, 0.5))
        cases += [(wrong, Y), (tiny, Y)]
    judge_cases(student, reference, "binary_cross_entropy", problem, *cases, finite=True)
    # a loss of 0 is off by all of itself where a logarithm is taken of 1 and a little more: the slope alone counts
    problem.assert_slopes(student, "binary_cross_entropy", (Y, Y), finite=True)


@question("07.5", points=0.5, forbids=READY)
def test_binary_cross_entropy_from_logits_again(student, reference, problem):
    """Cross-entropy of logits: other numbers and sizes, such as one output or one example."""
    judge(student, reference, "binary_cross_entropy_from_logits", problem.extended(Y=lambda one: one.labels_yes))


def large_logits(one):
    """Logits of all sizes, and besides zeros alone, or such as are all certain and wrong."""
    wrong = 1000 * (1 - 2 * one.labels_yes.array)
    return one.large, one.array(one.own(0, 1) * wrong)


@question("07.5", points=1.5, forbids=READY)
def test_binary_cross_entropy_from_logits_large_again(student, reference, problem):
    """Cross-entropy of logits: other large logits, all of them wrong, and zeros alone."""
    cases = [(Z, one.labels_yes) for one in problem for Z in large_logits(one)]
    judge_cases(student, reference, "binary_cross_entropy_from_logits", problem, *cases)


@question("07.6", points=0.5, forbids=READY)
def test_weighted_binary_cross_entropy_again(student, reference, problem):
    """Weighted cross-entropy: other numbers and sizes, such as one label or one example."""
    judge(student, reference, "weighted_binary_cross_entropy", problem.extended(Y=lambda one: one.labels_yes))


@question("07.6", points=0.75, forbids=READY)
def test_weighted_binary_cross_entropy_large_again(student, reference, problem):
    """Weighted cross-entropy: other large logits, all of them wrong, and zeros alone."""
    cases = [(Z, one.labels_yes, one.positive, one.negative) for one in problem for Z in large_logits(one)]
    judge_cases(student, reference, "weighted_binary_cross_entropy", problem, *cases)


@question("07.7", points=0.75, forbids=READY)
def test_categorical_cross_entropy_again(student, reference, problem):
    """Cross-entropy of many classes: other numbers and sizes, such as one example."""
    judge(student, reference, "categorical_cross_entropy", problem.extended(Y=lambda one: one.one_hot))


@question("07.7", points=1, forbids=READY)
def test_categorical_cross_entropy_large_again(student, reference, problem):
    """Cross-entropy of many classes: other large logits, in float64 as well."""
    cases = [(one.large_rows, one.one_hot) for one in (*problem, problem.edges.second)]
    judge_cases(student, reference, "categorical_cross_entropy", problem, *cases)


@question("07.8", points=0.5, forbids=READY)
def test_sparse_categorical_cross_entropy_again(student, reference, problem):
    """Cross-entropy for class numbers: other numbers and sizes, such as one example."""
    judge(student, reference, "sparse_categorical_cross_entropy", problem)


@question("07.8", points=0.75, forbids=READY)
def test_sparse_categorical_cross_entropy_large_again(student, reference, problem):
    """Cross-entropy for class numbers: other large logits, in float64 as well."""
    cases = [(one.large_rows, one.labels) for one in (*problem, problem.edges.second)]
    judge_cases(student, reference, "sparse_categorical_cross_entropy", problem, *cases)


@question("07.9", points=0.75)
def test_logarithm_base_again(student, reference, problem):
    """The base of a logarithm: other bases and probabilities."""
    rng = problem.rng("bases")
    for base in rng.uniform(1.5, 20, size=5):
        probability = float(rng.uniform(0.05, 0.95))
        loss = float(-np.log(probability) / np.log(base))
        assert_loss(student.logarithm_base, reference.logarithm_base, probability, loss, name="the base")


@question("07.10", points=0.5)
def test_slide_cross_entropy_again(student, reference, problem):
    """The slide's loss, put right: other numbers and sizes, such as one example."""
    problem = problem.extended(P=lambda one: one.softmaxed, Y=lambda one: one.one_hot)
    assert_loss(student.slide_cross_entropy, reference.slide_cross_entropy, problem)
    for one in edges_of(problem, "slide_cross_entropy"):
        P, Y = (Tensor(value.array.astype(np.float32)) for value in (one.P, one.Y))
        assert_loss(student.slide_cross_entropy, reference.slide_cross_entropy, P, Y)


@question("07.10", points=0.75)
def test_slide_cross_entropy_certain_again(student, reference, problem):
    """The slide's loss, put right: all certain and all wrong."""
    for one in problem:
        wrong = one.array(np.roll(one.one_hot.array, 1, axis=1))
        assert_loss(student.slide_cross_entropy, reference.slide_cross_entropy, wrong, one.one_hot)


@question("07.11", points=0.75)
def test_dice_loss_again(student, reference, problem):
    """Dice loss: other masks and sizes, such as one image, one row or one column."""
    judge(student, reference, "dice_loss", problem.extended(P=lambda one: one.pixels, Y=lambda one: one.masks))


@question("07.11", points=0.75)
def test_dice_loss_certain_again(student, reference, problem):
    """Dice loss: masks that are found exactly, missed, or empty among others, with other s."""
    cases = []
    for one in problem:
        Y = one.masks
        cases += [(P, Y, one.smoothing + 0.25) for P in (one.array(1 - Y.array), one.array(0 * Y.array))]
    judge_cases(student, reference, "dice_loss", problem, *cases)
    # a loss of 0 is off by all of itself where it is computed as 1 - 1: the slope alone counts
    problem.assert_slopes(student, "dice_loss", (Y, Y, one.smoothing))


@question("07.12", points=1.25, forbids="tensorflow.GradientTape")
def test_dice_gradient_again(student, reference, problem):
    """Gradient of the Dice loss: other masks and sizes, such as one image, one row or one column; empty masks."""
    problem = problem.extended(P=lambda one: one.pixels, Y=lambda one: one.masks)
    assert_array(student.dice_gradient, reference.dice_gradient, problem)
    assert_array(student.dice_gradient, reference.dice_gradient, problem.edges)
    for one in problem:
        empty = one.array(0 * one.masks.array)
        for P in (empty, one.pixels):
            assert_array(student.dice_gradient, reference.dice_gradient, P, empty, one.smoothing)


@question("07.13", points=0.75)
def test_elastic_net_penalty_again(student, reference, problem):
    """Elastic net: other weights, strengths and mixes."""
    problem = problem.extended(
        strength=lambda one: float(one.rng("strength").uniform(0.1, 2)),
        mix=lambda one: float(one.rng("mix").uniform(0.1, 0.9)),
    )
    for problems in (problem, problem.edges):
        assert_loss(student.elastic_net_penalty, reference.elastic_net_penalty, problems)
