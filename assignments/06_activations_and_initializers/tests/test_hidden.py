"""The hidden tests of 06: other sizes and numbers, larger data, float64, and slopes against numeric derivatives."""

import numpy as np
from common.dense_models import dense_model
from common.unit_counts import check_counts
from common.weight_laws import check_normal, check_orthogonal, check_scale, check_seed, check_table, check_uniform

from autograder.testing import Tensor, array_of, assert_array, assert_close, check, question

TAPE = tuple(f"tensorflow.GradientTape.{name}" for name in ("gradient", "jacobian", "batch_jacobian"))
DRAWN = ("keras.initializers.VarianceScaling.__call__", "keras.initializers.Orthogonal.__call__")

PAIR = ("H", "slope")
# far out on both sides, and close to 0, in both precisions
FAR = np.array([[-1000.0, -90.0, -20.0, -1e-3, 0.0], [1e-3, 20.0, 90.0, 700.0, 1000.0]])
STEP = 1e-5


def assert_again(student, reference, problem, name, *more, far=True):
    """Other sizes, such as one example or one unit; slopes against numeric derivatives; large numbers."""
    given, own = getattr(student, name), getattr(reference, name)
    for one in (problem.edges.first, problem.edges.second):
        Z, alpha = one.Z, [one.alpha] * bool(more)
        assert_array(given, own, Z, *alpha, names=PAIR)
    # away from 0, where some have a corner
    Z = array_of(problem.second.Z).astype(np.float64)
    Z = 1.3 * Z + 0.01 * np.sign(Z)
    above, below = (array_of(own(Tensor(Z + step), *more)[0]) for step in (STEP, -STEP))
    assert_close(given(Tensor(Z), *more)[1], (above - below) / (2 * STEP), "the slope")
    if far:
        for dtype in (np.float32, np.float64):
            assert_array(given, own, Tensor(FAR.astype(dtype)), *more, names=PAIR)


@question("06.1", points=0.75, forbids=TAPE)
def test_sigmoid_again(student, reference, problem):
    """Sigmoid and its slope: other numbers and sizes, such as one example, and far out."""
    assert_again(student, reference, problem, "sigmoid")


@question("06.2", points=0.75, forbids=TAPE)
def test_tanh_again(student, reference, problem):
    """Hyperbolic tangent and its slope: other numbers and sizes, such as one example, and far out."""
    assert_again(student, reference, problem, "tanh")


@question("06.3", points=0.75, forbids=TAPE)
def test_relu_again(student, reference, problem):
    """ReLU and its slope: other numbers and sizes, such as one example, and far out."""
    assert_again(student, reference, problem, "relu")


@question("06.4", points=0.75, forbids=TAPE)
def test_leaky_relu_again(student, reference, problem):
    """Leaky ReLU and its slope: other numbers, sizes and leaks."""
    assert_again(student, reference, problem, "leaky_relu", 0.0625)


@question("06.5", points=0.75, forbids=TAPE)
def test_elu_again(student, reference, problem):
    """ELU and its slope: other numbers, sizes and borders, and far out."""
    assert_again(student, reference, problem, "elu", 1.75)


@question("06.6", points=1.25, forbids=TAPE)
def test_maxout_again(student, reference, problem):
    """Maxout and its slope: other sizes, such as one piece or one unit, and ties among many pieces."""
    for one in (problem.edges.first, problem.edges.second):
        assert_array(student.maxout, reference.maxout, one.pieces, names=PAIR)
    # whole numbers from -2 to 2: nearly every unit has a tie
    whole = problem.rng("whole").integers(-2, 3, size=(17, 4, 6)).astype(np.float32)
    assert_array(student.maxout, reference.maxout, Tensor(whole), names=PAIR)


@question("06.7", points=1.25, forbids=TAPE)
def test_softmax_again(student, reference, problem):
    """Softmax and its slopes: other sizes, such as one example or one class, and far out."""
    names = ("P", "slope")
    for one in problem.edges:
        assert_array(student.softmax, reference.softmax, one.Z, names=names)
    rows = np.array([[1000.0, 1001.0, 999.0], [-1000.0, -1000.5, -999.0], [0.0, 1000.0, -1000.0]])
    for dtype in (np.float32, np.float64):
        assert_array(student.softmax, reference.softmax, Tensor(rows.astype(dtype)), names=names)
    Z = array_of(problem.second.Z).astype(np.float64)
    slope = student.softmax(Tensor(Z))[1]
    numeric = np.empty((*Z.shape, Z.shape[1]))
    for d, nudge in enumerate(STEP * np.eye(Z.shape[1])):
        above, below = (array_of(reference.softmax(Tensor(moved))[0]) for moved in (Z + nudge, Z - nudge))
        numeric[:, :, d] = (above - below) / (2 * STEP)
    assert_close(slope, numeric, "the slope")


@question("06.8", points=1)
def test_weight_scales_again(student, reference):
    """The slide's table: other sizes, such as one input or one unit."""
    check_table(student, reference, [(1, 1), (1, 7), (784, 10), (10, 784)])


@question("06.9", points=0.75, forbids=DRAWN)
def test_glorot_uniform_again(student, reference):
    """Glorot uniform: another seed, and other sizes, such as one input."""
    found = check_scale(student, "glorot_uniform", reference.weight_scales, 12, ())
    check_uniform(found, reference.weight_scales, "glorot_uniform")
    check_seed(student, "glorot_uniform", 1, 9, 7)


@question("06.10", points=0.75, forbids=DRAWN)
def test_glorot_normal_again(student, reference):
    """Glorot normal: another seed, and other sizes, such as one input."""
    check_normal(check_scale(student, "glorot_normal", reference.weight_scales, 12, ()))
    check_seed(student, "glorot_normal", 1, 9, 7)


@question("06.11", points=0.75, forbids=DRAWN)
def test_he_normal_again(student, reference):
    """He normal: another seed, and other sizes, such as one input."""
    check_normal(check_scale(student, "he_normal", reference.weight_scales, 12, ()))
    check_seed(student, "he_normal", 1, 9, 7)


@question("06.12", points=1.25, forbids=DRAWN)
def test_orthogonal_again(student):
    """Orthogonal: other sizes, such as one input or one unit, larger ones, and other gains."""
    for n, m, gain in ((1, 1, 1.5), (1, 4, 0.5), (6, 1, 3.0), (9, 9, 1.25), (120, 70, 2.0)):
        check_orthogonal(student, n, m, 12, gain, gain)
    check_seed(student, "orthogonal", 5, 8, 7)


def single(one):
    """A problem in float32, as models are."""
    return one.extended(other=0)


@question("06.13", points=1.5)
def test_activation_statistics_again(student, reference, problem):
    """Statistics by depth: other sizes, such as one unit, four layers, and larger data."""
    assert_array(student.activation_statistics, reference.activation_statistics, single(problem.edges.second))
    X = Tensor(problem.rng("large").normal(3.0, 2.0, size=(257, 4)).astype(np.float32))
    rng = problem.rng("layers")
    layers = [(rng.normal(size=(4, 4)).astype(np.float32), np.full(4, 0.5, np.float32), "relu") for _ in range(4)]
    assert_array(student.activation_statistics, reference.activation_statistics, dense_model(*layers), X)


@question("06.14", points=1.5)
def test_lsuv_again(student, reference, problem):
    """Unit variance: other sizes, such as one unit, and a second call, which finds nothing to do."""
    assert_array(student.lsuv, reference.lsuv, single(problem.edges.second))
    one = problem.second
    model = student.make(one.model)
    batch = Tensor(3 * array_of(one.batch) + 1)
    student.lsuv(model, batch)
    again = student.lsuv(model, batch)
    check(type(again) is list and len(again) == 3, "expected a list of three numbers from a second call", code="kind")
    assert_close(again, [1.0, 1.0, 1.0], "the list of a second call", single=True)


@question("06.15", points=1)
def test_kernel_gradients_again(student, reference, problem):
    """Gradients by each kernel: other sizes, such as one example; the model stays as it is."""
    for one in (problem.edges.first, problem.edges.second):
        assert_array(student.kernel_gradients, reference.kernel_gradients, single(one))
    one = single(problem.edges.first)
    model = student.make(one.model)
    student.kernel_gradients(model, one.X, one.Y)
    before = [array for pair in one.weights for array in pair]
    same = all(np.array_equal(mine, theirs) for mine, theirs in zip(model.get_weights(), before, strict=True))
    check(same, "the weights of the model have changed", code="changes-argument")


@question("06.16", points=0.75)
def test_different_units_again(student, reference, problem):
    """Units that differ: other sizes, such as one unit or one row, small numbers, and columns that sum alike."""
    rng = problem.rng("columns")
    wide = rng.normal(size=(6, 1)) @ np.ones((1, 23)) * 1e-4
    wide[:, 5] = wide[::-1, 5]
    wide[0, 11] *= -1
    for W in ([[2.5]], [[3.0, -3.0, 3.0, 0.0]], np.zeros((1, 1)), wide, 1e3 * np.eye(7)[:, [0, 1, 2, 2, 5]]):
        check_counts(student, reference, [Tensor(np.asarray(W, np.float32))])
