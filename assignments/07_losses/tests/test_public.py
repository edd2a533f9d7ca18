"""The public tests of 07: what `autograder check 07_losses` runs.

Together they look at each sentence of a docstring once, its example included. Ordinary numbers come in the two sizes
of the fixtures, so that a cause such as "7 is your number of examples" can be proven. Of a loss, the value is looked at
first, and then the slope that a tape gives of it.
"""

import numpy as np

from autograder.testing import CheckFailed, Remote, Tensor, array_of, assert_array, assert_loss, check, question

# ready-made losses: to be written here
READY = (
    "tensorflow.nn.sigmoid_cross_entropy_with_logits",
    "tensorflow.nn.weighted_cross_entropy_with_logits",
    "tensorflow.nn.softmax_cross_entropy_with_logits",
    "tensorflow.nn.sparse_softmax_cross_entropy_with_logits",
)


def tensor(rows, dtype=np.float32):
    return Tensor(np.array(rows, dtype))


def judge(student, reference, name, problem):
    """That a loss is right in every size, and its slope."""
    assert_loss(getattr(student, name), getattr(reference, name), problem)
    names = getattr(reference, name).parameters()
    problem.assert_slopes(student, name, *([one[parameter] for parameter in names] for one in problem))


# two outputs are added up, and two examples averaged
PAIRS = tensor([[1, 2], [0, 4]]), tensor([[0, 0], [0, 0]])
PRICES = tensor([[11.5], [11.6], [11.5]]), tensor([[12], [14], [15]])


@question("07.1", points=1)
def test_mse(student, reference, problem):
    """Squared error: the sum over outputs, the mean over examples, and a slope."""
    judge(student, reference, "mse", problem)
    assert_loss(student.mse, reference.mse, *PRICES)
    assert_loss(student.mse, reference.mse, *PAIRS)


@question("07.1", points=0.25, after="07.1")
def test_mse_double(student, reference, problem):
    """Squared error: float64 in, float64 out; one output."""
    assert_loss(student.mse, reference.mse, problem.edges.first)


@question("07.2", points=1)
def test_mae(student, reference, problem):
    """Absolute error: the sum over outputs, the mean over examples, and a slope."""
    judge(student, reference, "mae", problem)
    assert_loss(student.mae, reference.mae, *PRICES)
    assert_loss(student.mae, reference.mae, *PAIRS)


@question("07.2", points=0.25, after="07.2")
def test_mae_double(student, reference, problem):
    """Absolute error: float64 in, float64 out; one output."""
    assert_loss(student.mae, reference.mae, problem.edges.first)


# a function of TensorFlow itself, which no description can hold
L2_LOSS = Remote("operator.attrgetter", "l2_loss").then("__call__", Remote("importlib.import_module", "tensorflow.nn"))
PARTS = {"names": ("the loss", "the gradient"), "without_points": ("the loss",)}


@question("07.3", points=1.5)
def test_value_and_gradient(student, reference, problem):
    """Value and gradient of any loss by the prediction: with one argument, two or three, and in float64."""
    asked, known = student.value_and_gradient, reference.value_and_gradient
    poisson, divergence = Remote("keras.losses.Poisson"), Remote("keras.losses.KLDivergence")
    found = asked(divergence, problem.softmaxed, problem.P)
    is_pair = type(found) in (tuple, list) and len(found) == 2
    told = "the gradient is None: the tape does not watch the prediction, or did not see the loss made of it"
    check(not is_pair or found[1] is not None, told, code="disconnected")
    for one in problem:
        weights = one.array(one.rng("weights").uniform(0.5, 2, size=one.M))
        assert_array(asked, known, divergence, one.softmaxed, one.P, **PARTS)
        assert_array(asked, known, poisson, one.Y_hat, one.P, weights, **PARTS)
        assert_array(asked, known, L2_LOSS, one.Y, **PARTS)
    assert_array(asked, known, L2_LOSS, tensor([[3, -1]]), **PARTS)
    assert_array(asked, known, L2_LOSS, tensor([[3, -1]], np.float64), **PARTS)


def check_refuses(student, what, loss, *given):
    """That a loss which is not one number raises a ValueError."""
    try:
        student.value_and_gradient(loss, *given)
    except CheckFailed as failure:
        fact = failure.facts[0]
        if fact.kind != "raised" or fact.values["error"] != "ValueError":
            raise
    else:
        check(False, f"{what}: you return a gradient, expected a ValueError", code="missing-step")


@question("07.3", points=1.25)
def test_value_and_gradient_refuses(student, problem):
    """Value and gradient: a loss that gives one number for each example raises a ValueError, for one example too."""
    each = Remote("keras.losses.MeanSquaredError", reduction=None)
    check_refuses(student, "a loss that gives one number for each example", each, problem.Y_hat, problem.Y)
    single = tensor([[0.5, 1.5]])
    check_refuses(student, "a loss of shape (1,), which is a vector and not one number", each, single, single)


@question("07.4", points=0.75)
def test_binary_cross_entropy(student, reference, problem):
    """Cross-entropy of probabilities: the sum over outputs, the mean over examples, and a slope."""
    problem = problem.extended(Y=lambda one: one.labels_yes)
    judge(student, reference, "binary_cross_entropy", problem)
    lecture = tensor([[0.7207], [0.7152]]), tensor([[1], [0]])
    assert_loss(student.binary_cross_entropy, reference.binary_cross_entropy, *lecture)
    two_outputs = tensor([[0.7207, 0.7152]]), tensor([[1, 0]])
    assert_loss(student.binary_cross_entropy, reference.binary_cross_entropy, *two_outputs)


def certain(one):
    """Probabilities that are exactly 0 or 1, some of them wrong, beside one that is neither."""
    sure = (one.rng("certain").uniform(size=(one.M, one.k)) < 0.5).astype(float)
    sure[0, 0] = 0.25
    return one.array(sure)


@question("07.4", points=1)
def test_binary_cross_entropy_certain(student, reference, problem):
    """Cross-entropy of probabilities: finite where one is exactly 0 or 1, in value and slope."""
    problem = problem.extended(Y=lambda one: one.labels_yes, P=certain)
    assert_loss(student.binary_cross_entropy, reference.binary_cross_entropy, problem)
    problem.assert_slopes(student, "binary_cross_entropy", *((one.P, one.Y) for one in problem), finite=True)


@question("07.5", points=1, forbids=READY)
def test_binary_cross_entropy_from_logits(student, reference, problem):
    """Cross-entropy of logits: the sum over outputs, the mean over examples, and a slope."""
    judge(student, reference, "binary_cross_entropy_from_logits", problem.extended(Y=lambda one: one.labels_yes))


@question("07.5", points=2, forbids=READY)
def test_binary_cross_entropy_from_logits_large(student, reference, problem):
    """Cross-entropy of logits: value and slope for logits of 1000, -1000 and exactly 0."""
    problem = problem.extended(Y=lambda one: one.labels_yes, Z=lambda one: one.large)
    judge(student, reference, "binary_cross_entropy_from_logits", problem)
    example = tensor([[-1000], [0]]), tensor([[1], [1]])
    function = "binary_cross_entropy_from_logits"
    assert_loss(getattr(student, function), getattr(reference, function), *example)
    problem.assert_slopes(student, function, example)


@question("07.6", points=0.75, forbids=READY)
def test_weighted_binary_cross_entropy(student, reference, problem):
    """Weighted cross-entropy: two weights for each label, the sum over labels, the mean over examples, and a slope."""
    judge(student, reference, "weighted_binary_cross_entropy", problem.extended(Y=lambda one: one.labels_yes))
    example = tensor([[0, 0]]), tensor([[1, 0]]), tensor([0.9, 0.8]), tensor([0.1, 0.2])
    assert_loss(student.weighted_binary_cross_entropy, reference.weighted_binary_cross_entropy, *example)


@question("07.6", points=1, forbids=READY)
def test_weighted_binary_cross_entropy_large(student, reference, problem):
    """Weighted cross-entropy: value and slope for logits of 1000, -1000 and exactly 0; all weights 1."""
    problem = problem.extended(Y=lambda one: one.labels_yes, Z=lambda one: one.large)
    judge(student, reference, "weighted_binary_cross_entropy", problem)
    ones = {"positive": lambda one: one.array(np.ones(one.k)), "negative": lambda one: one.array(np.ones(one.k))}
    function = student.weighted_binary_cross_entropy
    assert_loss(function, reference.weighted_binary_cross_entropy, problem.extended(**ones))


@question("07.7", points=1, forbids=READY)
def test_categorical_cross_entropy(student, reference, problem):
    """Cross-entropy of many classes: the softmax of each row, the mean over examples, and a slope."""
    judge(student, reference, "categorical_cross_entropy", problem.extended(Y=lambda one: one.one_hot))
    lecture = tensor([[0.13, 0.33, 0.89]]), tensor([[0, 1, 0]])
    assert_loss(student.categorical_cross_entropy, reference.categorical_cross_entropy, *lecture)


@question("07.7", points=1.25, forbids=READY)
def test_categorical_cross_entropy_large(student, reference, problem):
    """Cross-entropy of many classes: value and slope for logits of 1000 and -1000."""
    problem = problem.extended(Y=lambda one: one.one_hot, Z=lambda one: one.large_rows)
    judge(student, reference, "categorical_cross_entropy", problem)


@question("07.8", points=0.75, forbids=READY)
def test_sparse_categorical_cross_entropy(student, reference, problem):
    """Cross-entropy for class numbers: the mean over examples, and a slope."""
    judge(student, reference, "sparse_categorical_cross_entropy", problem)
    lecture = tensor([[0.13, 0.33, 0.89], [0.32, 0.29, 0.85]]), tensor([1, 2], np.int32)
    assert_loss(student.sparse_categorical_cross_entropy, reference.sparse_categorical_cross_entropy, *lecture)


@question("07.8", points=1, forbids=READY)
def test_sparse_categorical_cross_entropy_large(student, reference, problem):
    """Cross-entropy for class numbers: logits of 1000 and -1000, numbers in int64."""
    wide = problem.extended(Z=lambda one: one.large_rows, labels=lambda one: Tensor(one.labels.array.astype(np.int64)))
    judge(student, reference, "sparse_categorical_cross_entropy", wide)


@question("07.9", points=1.25)
def test_logarithm_base(student, reference):
    """The base of a logarithm: 2, 10 and e are found again."""
    for probability, base in ((0.7207, np.e), (0.77, 10.0), (0.5, 2.0)):
        loss = float(-np.log(probability) / np.log(base))
        assert_loss(student.logarithm_base, reference.logarithm_base, probability, loss, name="the base")
    assert_loss(student.logarithm_base, reference.logarithm_base, 0.7207, 0.3275, name="the base")


# what the lecture's three fruits get, and what its slides print for them: 1.2729, 0.7661, 0.7954
FRUITS = tensor([[0.23, 0.28, 0.49], [0.2718, 0.2634, 0.4648], [0.3024, 0.2462, 0.4514]])


@question("07.10", points=0.75)
def test_slide_cross_entropy(student, reference, problem):
    """The slide's loss, put right: the lecture's figures, the mean over examples, and a slope."""
    problem = problem.extended(P=lambda one: one.softmaxed, Y=lambda one: one.one_hot)
    judge(student, reference, "slide_cross_entropy", problem)
    assert_loss(student.slide_cross_entropy, reference.slide_cross_entropy, tensor([[0.77, 0.23]]), tensor([[1, 0]]))
    three = tensor([[0, 1, 0], [0, 0, 1], [0, 0, 1]])
    assert_loss(student.slide_cross_entropy, reference.slide_cross_entropy, FRUITS, three)


def certain_classes(one):
    """Predictions that are certain, most of them wrong, beside one that is not."""
    sure = np.eye(one.k)[one.rng("certain").integers(one.k, size=one.M)]
    sure[0] = 1 / one.k
    # just above the limit: who adds it to a probability, instead of putting it in place of a smaller one, is far off
    sure[1] = np.where(array_of(one.one_hot)[1] > 0, 2**-22, (1 - 2**-22) / (one.k - 1))
    return one.array(sure)


@question("07.10", points=1)
def test_slide_cross_entropy_certain(student, reference, problem):
    """The slide's loss, put right: finite where a probability is exactly 0."""
    problem = problem.extended(P=certain_classes, Y=lambda one: one.one_hot)
    assert_loss(student.slide_cross_entropy, reference.slide_cross_entropy, problem)


def given_masks(problem):
    return problem.extended(P=lambda one: one.pixels, Y=lambda one: one.masks)


ROWS = tensor([[[0.9, 0.6, 0.2]], [[0, 0, 0]]]), tensor([[[1, 1, 0]], [[0, 0, 0]]])


@question("07.11", points=1.25)
def test_dice_loss(student, reference, problem):
    """Dice loss: by image, then the mean over images, and a slope; an empty mask is among them."""
    judge(student, reference, "dice_loss", given_masks(problem))


@question("07.11", points=1.25)
def test_dice_loss_empty(student, reference, problem):
    """Dice loss: an empty mask that is predicted empty costs 0, and its slope is finite; s is 1 if none is given."""
    assert_loss(student.dice_loss, reference.dice_loss, *ROWS)
    for one in given_masks(problem):
        empty = one.array(np.zeros((one.M, one.h, one.w)))
        assert_loss(student.dice_loss, reference.dice_loss, empty, empty, one.smoothing)
        one.assert_slopes(student, "dice_loss", (empty, empty, one.smoothing))
        some = one.array(np.where(np.arange(one.M)[:, None, None] % 2, one.pixels.array, 0))
        assert_loss(student.dice_loss, reference.dice_loss, some, empty, one.smoothing)


@question("07.12", points=1.75, forbids="tensorflow.GradientTape")
def test_dice_gradient(student, reference, problem):
    """Gradient of the Dice loss from its formula: by image, divided by the number of images."""
    assert_array(student.dice_gradient, reference.dice_gradient, given_masks(problem))
    example = tensor([[[0.5, 0.5]]]), tensor([[[1, 0]]])
    assert_array(student.dice_gradient, reference.dice_gradient, *example)


@question("07.13", points=1)
def test_elastic_net_penalty(student, reference, problem):
    """Elastic net: L1 and L2 of all weight matrices, biases left out."""
    assert_loss(student.elastic_net_penalty, reference.elastic_net_penalty, problem)
    example = {"W1": tensor([[1, -2]]), "b1": tensor([[9, 9]]), "W2": tensor([[3], [0]])}
    for mix in (1.0, 0.0):
        assert_loss(student.elastic_net_penalty, reference.elastic_net_penalty, example, 0.5, mix)


@question("07.13", points=0.25, after="07.13")
def test_elastic_net_penalty_names(student, reference, problem):
    """Elastic net: three layers, and weights alone."""
    one = problem.first
    more = {"b1": one.params["b1"], "W3": one.Y_hat, "W1": one.params["W1"], "W2": one.params["W2"], "b3": one.Y}
    assert_loss(student.elastic_net_penalty, reference.elastic_net_penalty, more, one.strength, one.mix)
    only = {"W1": one.params["W1"]}
    assert_loss(student.elastic_net_penalty, reference.elastic_net_penalty, only, one.strength, one.mix)
