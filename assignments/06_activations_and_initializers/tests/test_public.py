"""The public tests of 06: what `autograder check 06_activations_and_initializers` runs.

Together they look at each sentence of a docstring once, its example included. Ordinary numbers come in the two sizes
of the fixtures, so that a cause can be proven. Random weights are judged by laws that every right draw obeys.
"""

import numpy as np
from common.dense_models import dense_model
from common.python_numbers import check_float
from common.unit_counts import check_counts, check_scaled_counts
from common.weight_laws import check_normal, check_orthogonal, check_scale, check_seed, check_table, check_uniform

from autograder.testing import CheckFailed, Tensor, array_of, assert_array, check, kind_of, question

# what would do in Part 1 what is to be written
TAPE = tuple(f"tensorflow.GradientTape.{name}" for name in ("gradient", "jacobian", "batch_jacobian"))
# and in Part 2
DRAWN = ("keras.initializers.VarianceScaling.__call__", "keras.initializers.Orthogonal.__call__")

PAIR = ("H", "slope")
FAR = Tensor(np.array([[-1000.0, 0.0, 1000.0]], np.float32))
CORNER = Tensor(np.array([[-2.0, 0.0, 3.0]], np.float32))


def check_pair(received, names):
    """That two values came: what is told of their numbers would be no help to who returns one."""
    right = type(received) in (tuple, list) and len(received) == 2
    few = f"you return {kind_of(received)}" + (f" of {len(received)}" if type(received) in (tuple, list) else "")
    check(right, f"expected two values, {' and '.join(names)}; {few}", code="kind")


def assert_pair(student, reference, problem, name, *examples, names=PAIR):
    """A value and its slope, in both sizes of the problem and for the examples."""
    one = problem.first
    given = [one[parameter] for parameter in getattr(reference, name).parameters()]
    check_pair(getattr(student, name)(*given), names)
    assert_array(getattr(student, name), getattr(reference, name), problem, names=names)
    for example in examples:
        assert_array(getattr(student, name), getattr(reference, name), *example, names=names)


@question("06.1", points=1, forbids=TAPE)
def test_sigmoid(student, reference, problem):
    """Sigmoid and its slope, finite at ±1000."""
    assert_pair(student, reference, problem, "sigmoid", (FAR,))


@question("06.1", points=0.25, after="06.1", forbids=TAPE)
def test_sigmoid_double(student, reference, problem):
    """Sigmoid and its slope: float64 in, float64 out."""
    assert_array(student.sigmoid, reference.sigmoid, problem.edges.second, names=PAIR)


@question("06.2", points=1, forbids=TAPE)
def test_tanh(student, reference, problem):
    """Hyperbolic tangent and its slope, finite at ±1000."""
    assert_pair(student, reference, problem, "tanh", (FAR,))


@question("06.2", points=0.25, after="06.2", forbids=TAPE)
def test_tanh_double(student, reference, problem):
    """Hyperbolic tangent and its slope: float64 in, float64 out."""
    assert_array(student.tanh, reference.tanh, problem.edges.second, names=PAIR)


@question("06.3", points=1, forbids=TAPE)
def test_relu(student, reference, problem):
    """ReLU and its slope, which is 0 at 0."""
    assert_pair(student, reference, problem, "relu", (CORNER,))


@question("06.3", points=0.25, after="06.3", forbids=TAPE)
def test_relu_double(student, reference, problem):
    """ReLU and its slope: float64 in, float64 out."""
    assert_array(student.relu, reference.relu, problem.edges.second, names=PAIR)


@question("06.4", points=1, forbids=TAPE)
def test_leaky_relu(student, reference, problem):
    """Leaky ReLU and its slope, which is alpha at 0."""
    assert_pair(student, reference, problem, "leaky_relu", (CORNER, 0.25))


@question("06.4", points=0.25, after="06.4", forbids=TAPE)
def test_leaky_relu_double(student, reference, problem):
    """Leaky ReLU and its slope: float64 in, float64 out."""
    assert_array(student.leaky_relu, reference.leaky_relu, problem.edges.second, names=PAIR)


@question("06.5", points=1, forbids=TAPE)
def test_elu(student, reference, problem):
    """ELU and its slope, which is alpha at 0; finite at ±1000."""
    assert_pair(student, reference, problem, "elu", (FAR, 0.5))


@question("06.5", points=0.25, after="06.5", forbids=TAPE)
def test_elu_double(student, reference, problem):
    """ELU and its slope: float64 in, float64 out."""
    assert_array(student.elu, reference.elu, problem.edges.second, names=PAIR)


@question("06.6", points=1.5, forbids=TAPE)
def test_maxout(student, reference, problem):
    """Maxout and its slope by each piece; of pieces that tie, the first wins."""
    problem = problem.extended(Z=lambda one: one.pieces)
    example = Tensor(np.array([[[1, 4, -2], [3, 0, 3]]], np.float32))
    assert_pair(student, reference, problem, "maxout", (example,))


@question("06.6", points=0.25, after="06.6", forbids=TAPE)
def test_maxout_double(student, reference, problem):
    """Maxout and its slope by each piece: float64 in, float64 out."""
    problem = problem.extended(Z=lambda one: one.pieces)
    assert_array(student.maxout, reference.maxout, problem.edges.second, names=PAIR)


@question("06.7", points=1.5, forbids=TAPE)
def test_softmax(student, reference, problem):
    """Softmax of each row and its slopes, finite at ±1000."""
    rows = ([[1000, 1000]], [[-1000, -1002, -999], [1000, 1001, 999], [0, 1000, -1000]])
    examples = [(Tensor(np.array(one, np.float32)),) for one in rows]
    assert_pair(student, reference, problem, "softmax", *examples, names=("P", "slope"))


@question("06.7", points=0.25, after="06.7", forbids=TAPE)
def test_softmax_double(student, reference, problem):
    """Softmax of each row and its slopes: float64 in, float64 out."""
    assert_array(student.softmax, reference.softmax, problem.edges.second, names=("P", "slope"))


@question("06.8", points=2)
def test_weight_scales(student, reference, problem):
    """The slide's table, put right."""
    check_table(student, reference, [*((one.n, one.h) for one in problem), (50, 100)])


# standard deviations that other laws have: what they are, told without the right formula
UNSCALED = (lambda n, m, right: 1.0, "1: your numbers are not scaled at all", "missing-factor")
SQUARED = (lambda n, m, right: right**2, "its square: the variance where the standard deviation belongs")
CUT = (lambda n, m, right: 0.8796 * right, "12% too small: numbers of a normal distribution were cut at the ends")


@question("06.9", points=0.75, forbids=DRAWN)
def test_glorot_uniform(student, reference):
    """Glorot uniform: shape, mean 0, the right limits."""
    other = (
        UNSCALED,
        (lambda n, m, right: 3**-0.5, "that of numbers in [-1, 1]: they are not scaled at all", "missing-factor"),
        (lambda n, m, right: right * 3**0.5, "as large as the limit: these numbers are not uniform", "distribution"),
        (lambda n, m, right: (right * 3**0.5) ** 2 / 3**0.5, "of a scale without its root", "missing-function"),
        (lambda n, m, right: (2 / (3 * (n + m))) ** 0.5, "of limits that belong to a normal distribution", "constant"),
        (lambda n, m, right: (2 / n) ** 0.5, "of limits that count the inputs alone", "wrong-count"),
        (lambda n, m, right: (2 / m) ** 0.5, "of limits that count the units alone", "wrong-count"),
    )
    found = check_scale(student, "glorot_uniform", reference.weight_scales, 3, other)
    check_uniform(found, reference.weight_scales, "glorot_uniform")


@question("06.9", points=0.5, after="06.9", forbids=DRAWN)
def test_glorot_uniform_seed(student):
    """Glorot uniform: the seed decides; float32."""
    check_seed(student, "glorot_uniform", 4, 2, 0)


OF_NORMAL = (
    UNSCALED,
    (*SQUARED, "missing-function"),
    (*CUT, "distribution"),
    (lambda n, m, right: 3**-0.5 * right, "that of uniform numbers: these are not normal", "distribution"),
)


@question("06.10", points=0.75, forbids=DRAWN)
def test_glorot_normal(student, reference):
    """Glorot normal: shape, mean 0, the right standard deviation, normal."""
    other = (
        *OF_NORMAL,
        (lambda n, m, right: right * 3**0.5, "the limit of uniform numbers", "constant"),
        (lambda n, m, right: right * 2**-0.5, "that of another scheme: it has 1 where this one has 2", "constant"),
        (lambda n, m, right: (2 / n) ** 0.5, "that of He: it counts the inputs alone", "wrong-count"),
        (lambda n, m, right: (1 / n) ** 0.5, "one that counts the inputs alone", "wrong-count"),
        (lambda n, m, right: (2 / m) ** 0.5, "one that counts the units alone", "wrong-count"),
    )
    found = check_scale(student, "glorot_normal", reference.weight_scales, 3, other)
    check_normal(found)


@question("06.10", points=0.5, after="06.10", forbids=DRAWN)
def test_glorot_normal_seed(student):
    """Glorot normal: the seed decides; float32."""
    check_seed(student, "glorot_normal", 4, 2, 0)


@question("06.11", points=0.75, forbids=DRAWN)
def test_he_normal(student, reference):
    """He normal: shape, mean 0, the right standard deviation, normal."""
    other = (
        *OF_NORMAL,
        (lambda n, m, right: right * 3**0.5, "the limit of uniform numbers", "constant"),
        (lambda n, m, right: right * 2**-0.5, "that of another scheme: it has 1 where this one has 2", "constant"),
        (lambda n, m, right: (2 / m) ** 0.5, "one that counts the units, not the inputs", "wrong-count"),
        (lambda n, m, right: (2 / (n + m)) ** 0.5, "that of Glorot: it counts the units as well", "wrong-count"),
        (lambda n, m, right: (4 / (n + m)) ** 0.5, "one that counts the units as well", "wrong-count"),
    )
    found = check_scale(student, "he_normal", reference.weight_scales, 3, other)
    check_normal(found)


@question("06.11", points=0.5, after="06.11", forbids=DRAWN)
def test_he_normal_seed(student):
    """He normal: the seed decides; float32."""
    check_seed(student, "he_normal", 4, 2, 0)


@question("06.12", points=1.5, forbids=DRAWN)
def test_orthogonal(student):
    """Orthogonal: columns, or rows of a wide matrix, at right angles, as long as the gain."""
    check_orthogonal(student, 3, 2, 0, 2.0, 2.0)
    check_orthogonal(student, 17, 11, 3, 1.0)
    check_orthogonal(student, 7, 13, 3, 1.5, 1.5)


@question("06.12", points=0.25, after="06.12", forbids=DRAWN)
def test_orthogonal_seed(student):
    """Orthogonal: the seed decides; float32."""
    check_seed(student, "orthogonal", 5, 3, 0)


def of_ones(activation, *shapes):
    """A model whose kernels are ones, and whose biases are zeros, as in the docstrings' examples."""
    return dense_model(*((np.ones(one, np.float32), np.zeros(one[1], np.float32), activation) for one in shapes))


@question("06.13", points=1.25)
def test_activation_statistics(student, reference, problem):
    """Statistics by depth: mean and standard deviation, from the data to the last layer."""
    assert_array(student.activation_statistics, reference.activation_statistics, problem)
    example = of_ones("relu", (2, 3)), Tensor(np.array([[1, 3], [-1, -3]], np.float32))
    assert_array(student.activation_statistics, reference.activation_statistics, *example)


@question("06.13", points=0.25, after="06.13")
def test_activation_statistics_floats(student):
    """Statistics by depth: lists of Python floats."""
    example = of_ones("relu", (2, 3)), Tensor(np.array([[1, 3], [-1, -3]], np.float32))
    found = student.activation_statistics(*example)
    for name in ("mean", "std"):
        for place, value in enumerate(found[name]):
            check_float(value, f"entry {place} of {name}")


@question("06.14", points=1.25)
def test_lsuv(student, reference, problem):
    """Unit variance: the standard deviations that were found, layer after layer."""
    assert_array(student.lsuv, reference.lsuv, problem)
    example = of_ones("relu", (1, 2), (2, 2)), Tensor(np.array([[3], [-3]], np.float32))
    assert_array(student.lsuv, reference.lsuv, *example)


@question("06.14", points=0.25, after="06.14")
def test_lsuv_floats(student):
    """Unit variance: a list of Python floats."""
    found = student.lsuv(of_ones("relu", (1, 2), (2, 2)), Tensor(np.array([[3], [-3]], np.float32)))
    for place, value in enumerate(found):
        check_float(value, f"entry {place} of the list")


@question("06.14", points=1)
def test_lsuv_model(student, problem):
    """Unit variance: the model afterwards."""
    check_unit_variance(student, problem.second)


def check_unit_variance(student, one):
    """That biases are 0, each kernel is a multiple of what it was, and each layer has variance 1 before it bends."""
    model = student.make(one.model)
    student.lsuv(model, one.batch)
    weights = model.get_weights()
    whole = type(weights) is list and [getattr(array, "shape", None) for array in weights] == [
        array.shape for pair in one.weights for array in pair
    ]
    check(whole, "the model has other layers afterwards", code="kind")
    H = array_of(one.batch).astype(np.float64)
    bends = (np.tanh, lambda Z: 1 / (1 + np.exp(-Z)), lambda Z: Z)
    pairs = zip(weights[::2], weights[1::2], strict=True)
    for number, ((kernel, bias), (before, _), bend) in enumerate(zip(pairs, one.weights, bends, strict=True), 1):
        check(not bias.any(), f"layer {number}: the bias is not zero afterwards", code="missing-step")
        moved = not np.array_equal(kernel, before)
        check(moved, f"layer {number}: the kernel of the model is what it was before", code="thrown-away")
        ratio = float(np.sum(kernel * before) / np.sum(before.astype(np.float64) ** 2))
        columns = np.sum(kernel * before, axis=0) / np.sum(before.astype(np.float64) ** 2, axis=0)
        is_multiple = np.allclose(kernel, ratio * before, rtol=1e-3, atol=1e-5)
        by_unit = not is_multiple and np.allclose(kernel, columns * before, rtol=1e-3, atol=1e-5)
        check(not by_unit, f"layer {number}: each unit was divided by a number of its own; expected one", code="axis")
        check(is_multiple, f"layer {number}: the kernel is no multiple of what it was before")
        Z = H @ kernel
        told = f"layer {number}: before the activation the standard deviation is {Z.std():.4f}; expected 1"
        check(abs(Z.std() - 1) < 1e-3, told)
        H = bend(Z)


def assert_kernel_gradients(student, reference, *arguments):
    """That gradients are right; that there are none at all has a cause of its own."""
    try:
        assert_array(student.kernel_gradients, reference.kernel_gradients, *arguments)
    except CheckFailed as failure:
        if all(getattr(fact.values.get("came"), "kind", "") == "form-none" for fact in failure.facts):
            check(
                False, "all gradients are None: the tape has not seen how the loss depends on them", code="disconnected"
            )
        raise


@question("06.15", points=1.25)
def test_kernel_gradients(student, reference, problem):
    """Gradients by each kernel, first layer first."""
    assert_kernel_gradients(student, reference, problem)
    X, Y = (Tensor(np.array(values, np.float32)) for values in ([[1, 2], [3, 4]], [[2], [6]]))
    assert_kernel_gradients(student, reference, of_ones("linear", (2, 1)), X, Y)


@question("06.15", points=0.75, after="06.15")
def test_kernel_gradients_model(student, problem):
    """Gradients by each kernel: the model stays as it is."""
    check_untouched(student, problem.first)


def check_untouched(student, one):
    """That no weight of a model has changed."""
    model = student.make(one.model)
    student.kernel_gradients(model, one.X, one.Y)
    before = [array for pair in one.weights for array in pair]
    same = all(np.array_equal(mine, theirs) for mine, theirs in zip(model.get_weights(), before, strict=True))
    check(same, "the weights of the model have changed", code="changes-argument")


@question("06.16", points=1.25)
def test_different_units(student, reference, problem):
    """Units that differ: columns, up to rounding, in small and in large matrices; a matrix of zeros has one."""
    check_counts(student, reference, [one.W for one in problem])
    for W in ([[1, 2, 1], [0.5, 0.5, 0.5]], np.zeros((3, 4))):
        check_counts(student, reference, [Tensor(np.array(W, np.float32))])
    for one in problem:
        check_scaled_counts(student, reference, one.W)
