import math
from dataclasses import dataclass

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st

from tfkit import NumpyNet, Value, nudge, numeric_gradient, plot_graph
from tfkit.plots import PALETTE


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


@pytest.fixture
def lecture():
    a, b, c = Value(2, "a"), Value(4, "b"), Value(3, "c")
    u = (b * c).named("u")
    v = (a + u).named("v")
    return a, b, c, u, v, (3 * v).named("J")


FUNCTIONS = {
    "exp": tf.exp,
    "log": tf.math.log,
    "sin": tf.sin,
    "cos": tf.cos,
    "tanh": tf.tanh,
    "sigmoid": tf.sigmoid,
    "relu": tf.nn.relu,
}
BINARY = {
    "a + b": lambda a, b: a + b,
    "a - b": lambda a, b: a - b,
    "a * b": lambda a, b: a * b,
    "a / b": lambda a, b: a / b,
    "a ** b": lambda a, b: a**b,
    "-a * b": lambda a, b: -a * b,
    "2 + a - 3 * b": lambda a, b: 2 + a - 3 * b,
    "1 - a / 4 + 5 / b": lambda a, b: 1 - a / 4 + 5 / b,
    "a ** 3 + 2 ** b": lambda a, b: a**3 + 2**b,
    "a * a * b + a": lambda a, b: a * a * b + a,
}


def tape_gradients(f, *numbers):
    variables = [tf.Variable(float(x), dtype=tf.float64) for x in numbers]
    with tf.GradientTape() as tape:
        result = f(*variables)
    return float(result), [float(g) for g in tape.gradient(result, variables)]


def test_the_lecture(lecture):
    *_, u, v, J = lecture
    assert (u.data, v.data, J.data) == (12, 14, 42)
    J.backward()
    assert [node.grad for node in lecture] == [3, 9, 12, 3, 3, 1]
    assert [node.label for node in J.nodes()] == ["a", "b", "c", "u", "v", "J"]
    assert u.local_derivatives == (3, 4) and J.local_derivatives == (14, 3)


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("x", [0.3, 1.0, 2.5])
def test_functions_and_derivatives_are_those_of_the_tape(name, x):
    node = Value(x)
    result = getattr(node, name)()
    result.backward()
    value, (gradient,) = tape_gradients(FUNCTIONS[name], x)
    assert (result.data, node.grad) == pytest.approx((value, gradient), rel=1e-13)


@pytest.mark.parametrize("name", BINARY)
def test_arithmetic_is_that_of_the_tape(name):
    f = BINARY[name]
    for numbers in [(1.5, 2.5), (0.4, 3.0), (2.0, -1.0)]:
        a, b = map(Value, numbers)
        result = f(a, b)
        result.backward()
        value, gradients = tape_gradients(f, *numbers)
        assert result.data == pytest.approx(value, rel=1e-13)
        assert [a.grad, b.grad] == pytest.approx(gradients, rel=1e-12)


@given(st.floats(-2, 2), st.floats(0.1, 2), st.floats(-2, 2))
def test_composed_functions_against_nudges(x, y, z):
    def f(x, y, z):
        return ((x * y).sin() + y.log() * z).tanh() * (x - z * y).sigmoid() + (x * z).cos() / (y + 1)

    nodes = [Value(number) for number in (x, y, z)]
    f(*nodes).backward()
    expected = numeric_gradient(lambda p: f(*map(Value, p)).data, [x, y, z])
    assert [node.grad for node in nodes] == pytest.approx(expected.tolist(), abs=1e-8)


def test_chain_of_the_lecture_in_closed_form():
    x = Value(0.7)
    inner = (-(x**2)).exp()
    result = (1 / inner).sin().cos().log()
    result.backward()
    e = math.exp(0.7**2)  # 1 / exp(-x²)
    by_hand = -math.tan(math.sin(e)) * math.cos(e) * e * 2 * 0.7
    assert x.grad == pytest.approx(by_hand, rel=1e-13)


def test_a_neuron_layer_agrees_with_the_numpy_network(params, examples):
    X, targets = examples
    network = NumpyNet.from_params(params, output="sigmoid")
    W = {name: [[Value(x) for x in row] for row in array] for name, array in params.items()}
    losses = []
    for x, y in zip(X, targets["sigmoid"], strict=True):
        H = [sum((x[i] * W["W1"][i][j] for i in range(5)), start=W["b1"][0][j]).sigmoid() for j in range(4)]
        for k in range(3):
            p = sum((H[j] * W["W2"][j][k] for j in range(4)), start=W["b2"][0][k]).sigmoid()
            losses.append(-(y[k] * p.log() + (1 - y[k]) * (1 - p).log()))
    loss = sum(losses[1:], start=losses[0]) / len(X)
    loss.backward()
    assert loss.data == pytest.approx(network.loss(X, targets["sigmoid"]))
    for name, gradient in network.backward(X, targets["sigmoid"]).items():
        np.testing.assert_allclose([[node.grad for node in row] for row in W[name]], gradient, rtol=1e-9, atol=1e-12)


def test_backward_twice_gives_the_same_gradients(lecture):
    a, b, c, *_, v, J = lecture
    J.backward()
    J.backward()
    assert (a.grad, b.grad, c.grad) == (3, 9, 12)
    v.backward()  # another output of the same nodes: nothing of the last one is left
    assert (a.grad, b.grad, c.grad, J.grad) == (1, 3, 4, 1)


def test_shared_nodes_are_visited_once():
    x = Value(1.0)
    y = x
    for _ in range(60):  # 2**60 ways from x to y
        y = y + y
    y.backward()
    assert len(y.nodes()) == 61 and x.grad == 2.0**60


def test_graphs_are_deeper_than_pythons_stack():
    x = Value(1.0)
    y = x
    for _ in range(20_000):
        y = y * 0.9999
    y.backward()
    assert x.grad == pytest.approx(0.9999**20_000)
    assert y.forward() == y.data and len(y.nodes()) == 20_001


def test_forward_follows_changed_inputs(lecture):
    _, b, c, *_, J = lecture
    b.data = 5.0
    assert J.data == 42 and J.forward() == 51
    J.backward()
    assert c.grad == 15


def test_numpy_numbers_are_numbers():
    x = Value(np.float32(0.5))
    for result in (np.float64(3) * x, x * np.float64(3), np.int64(3) * x):
        assert isinstance(result, Value) and result.data == 1.5


def test_sigmoid_and_log_of_large_numbers():
    assert Value(-1000).sigmoid().data == 0 and Value(1000).sigmoid().data == 1
    x = Value(40.0)
    x.sigmoid().backward()
    assert x.grad == pytest.approx(math.exp(-40), rel=1e-12)


def test_powers_at_zero():
    for exponent, derivative in [(0, 0.0), (1, 1.0), (2, 0.0), (0.5, math.inf)]:
        x = Value(0.0)
        (x**exponent).backward()
        assert x.grad == derivative
    x = Value(-2.0)
    (x**3).backward()
    assert x.grad == 12


@pytest.mark.parametrize(
    ("compute", "message"),
    [
        (lambda x: (x - 1).log(), r"expected a number above 0 for log, received 0, while computing 'log\(·\)'"),
        (lambda x: x / (x - 1), "expected a divisor other than 0"),
        (lambda x: 1 / (x - 1), "expected a divisor other than 0"),
        (lambda x: (1000 * x).exp(), "expected at most 709 for exp, received 1000"),
        (lambda x: (-x) ** 0.5, "expected a base of 0 or more for the power 0.5, received -1"),
        (lambda x: (x - 1) ** -1, "expected a base other than 0 for the power -1"),
        (lambda x: (10 * x) ** 1000, "expected a power that a float can hold"),
        (lambda x: x + "1", "expected a number, received '1'"),
        (lambda x: x * np.ones(3), r"expected a number, received an array of shape \(3,\)"),
        (lambda x: np.ones(3) * x, r"expected a number, received an array of shape \(3,\)"),
        (lambda x: Value(math.nan), "expected a finite number, received nan"),
        (lambda x: Value(None), "expected a number, received None"),
        (lambda x: Value(1j), "expected a number"),
    ],
)
def test_what_is_not_defined_says_so(compute, message):
    with pytest.raises(ValueError, match=message):
        compute(Value(1.0, "x"))


def test_nudging_the_lecture(lecture):
    J = lecture[-1]
    table = nudge(J)
    assert [record.chain_rule for record in table] == [3, 9, 12, 3, 3, 1]
    for record in table:
        assert record.nudged == pytest.approx(record.chain_rule, rel=1e-9)
    assert table["a"].output == pytest.approx(42.003) and table["a"].expression == ""
    assert table["J"].expression == "3 × v" and len(table) == 6
    assert [node.data for node in lecture] == [2, 4, 3, 12, 14, 42]
    frame = table.to_frame()
    assert frame.index.tolist() == list("abcuvJ") and frame.loc["c", "chain_rule"] == 12
    assert str(table).splitlines()[1].split() == ["a", "2", "42.003", "3", "3", "4.4e-13"]


def test_two_sides_are_of_second_order():
    def error(h, both_sides):
        return abs(nudge(Value(1, "x").exp(), h, both_sides=both_sides)["x"].difference)

    assert 9 < error(1e-2, False) / error(1e-3, False) < 11
    assert 95 < error(1e-2, True) / error(1e-3, True) < 105


def test_nudging_follows_all_ways_through_a_shared_node():
    x = Value(1.5, "x")
    y = (x * x).named("y")
    table = nudge(y * x + y, 1e-4)
    assert table["x"].nudged == pytest.approx(3 * 1.5**2 + 2 * 1.5, rel=1e-6)
    assert table["#3"].expression == "y × x"
    with pytest.raises(KeyError, match="received 'z'; there are x, y, #3, #4"):
        table["z"]


def test_a_nudge_out_of_the_domain_or_lost_says_so():
    with pytest.raises(ValueError, match=r"expected a number above 0 for log.*use a smaller h"):
        nudge(Value(1e-4).log(), 1e-3)
    with pytest.raises(ValueError, match="lost in rounding; use a larger h"):
        nudge(Value(1e18) + 1, 1e-3)
    for h in (0, -1, math.nan):
        with pytest.raises(ValueError, match="expected h to be a number above 0"):
            nudge(Value(1.0) + 1, h)


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_the_picture_shows_values_gradients_and_edges(lecture):
    J = lecture[-1]
    assert not any("∂" in text for text in texts(plot_graph(J)))
    J.backward()
    shown = texts(plot_graph(J))
    assert {"a", "b", "c", "u = b × c", "v = a + u", "J = 3 × v", "42", "∂J/∂b = 9"} <= set(shown)
    edges = [text.get_text() for text in plot_graph(J).texts if text.get_color() == PALETTE[0]]
    assert sorted(edges) == ["1", "1", "3", "3", "4"]
    _, ax = plt.subplots()
    assert plot_graph(J, ax, local_derivatives=False) is ax


@dataclass(eq=False)
class Own:
    """A node as somebody else might write it: no `nodes`, no `expression`, and here no label either."""

    data: float
    operands: tuple = ()
    local_derivatives: tuple = ()
    operation: str = ""
    grad: float = 0.0


def test_a_class_of_ones_own_is_drawn_alike(lecture):
    a, b, c = Own(2.0), Own(4.0), Own(3.0)
    for node, label in zip((a, b, c), "abc", strict=True):
        node.label = label
    u = Own(12.0, (b, c), (3.0, 4.0), "×", 3.0)
    v = Own(14.0, (a, u), (1.0, 1.0), "+", 3.0)
    J = Own(42.0, (3, v), (14.0, 3.0), "×", 1.0)
    J.label, v.label, u.label = "J", "v", "u"
    a.grad, b.grad, c.grad = 3.0, 9.0, 12.0
    lecture[-1].backward()
    assert texts(plot_graph(J)) == texts(plot_graph(lecture[-1]))
    square = Own(25.0, (Own(5.0),) * 2, (5.0, 5.0), "×")
    assert {"· × ·", "25", "10", "input"} <= set(texts(plot_graph(Own(0.04, (square,), (-0.0016,), "1/"))))


@pytest.mark.parametrize("n", [1, 6])
def test_boxes_do_not_overlap(n):
    w = [Value(i, f"w{i}") for i in range(n)]
    total = Value(0.5, "b")
    for node in w:
        total = total + node * w[0]
    output = (total.sigmoid() * total).log()
    ax = plot_graph(output)
    boxes = [patch.get_window_extent() for patch in ax.patches if type(patch).__name__ == "FancyBboxPatch"]
    assert len(boxes) == len(output.nodes())
    for i, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[:i])


def test_too_many_nodes_to_draw():
    y = Value(1.0)
    for _ in range(100):
        y = y + 1
    with pytest.raises(ValueError, match="expected at most 80 nodes to draw, received 101"):
        plot_graph(y)
