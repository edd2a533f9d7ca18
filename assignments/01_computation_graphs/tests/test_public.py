"""The public tests of 01: what `autograder check 01_computation_graphs` runs.

Together they look at each sentence of a docstring once, its example included. Functions that students are given are
made of their text where they are called. Where a function takes plain numbers, two calls with different ones prove a
cause.
"""

import numpy as np

from autograder.testing import assert_array, assert_close, question

EXAMPLE = (np.array([1.0, 2.0]), np.array([0.0, 0.0]), 0.0, 1.0)
BOWL = "lambda x: 3 * x[0] ** 2 + x[1] ** 2"


@question("01.1", points=1.5)
def test_numeric_derivative(student, reference, problem):
    """A derivative, measured with a nudge to each side."""
    asked = problem.extended(f=lambda one: one.of_number, x=lambda one: one.a)
    with problem.telling(
        f"It was asked with f = {problem.of_number.arguments[0]}, x = {problem.a} and h = {problem.h}."
    ):
        assert_array(student.numeric_derivative, reference.numeric_derivative, asked)
    cube = problem.function("lambda x: x ** 3")
    assert_array(student.numeric_derivative, reference.numeric_derivative, cube, 1.0, 0.5)


@question("01.1", points=0.5, after="01.1")
def test_numeric_derivative_default(student, reference, problem):
    """A derivative, measured: without an h, it is 0.00001."""
    for one in problem:
        assert_array(student.numeric_derivative, reference.numeric_derivative, one.of_number, one.b)
    assert_array(student.numeric_derivative, reference.numeric_derivative, problem.function("lambda x: x ** 3"), 1.0)


@question("01.2", points=1.5)
def test_numeric_gradient(student, reference, problem):
    """A gradient, measured: one entry at a time, and x stays as it was."""
    assert_array(student.numeric_gradient, reference.numeric_gradient, problem.extended(f=lambda one: one.of_array))


@question("01.2", points=1.25)
def test_numeric_gradient_whole(student, reference, problem):
    """A gradient, measured: at whole numbers, in two dimensions, and the example of its docstring."""
    whole = problem.extended(
        f=lambda one: one.of_array, x=lambda one: np.arange(1, 2 * one.n + 1).reshape(2, one.n) % 4 - 1
    )
    with problem.telling("Here x held whole numbers, in two rows."):
        assert_array(student.numeric_gradient, reference.numeric_gradient, whole)
    example = problem.function(BOWL), np.array([1.0, 1.0])
    assert_array(student.numeric_gradient, reference.numeric_gradient, *example)


@question("01.3", points=1.25)
def test_forward(student, reference, problem):
    """Forward: u, v and J, from left to right."""
    assert_array(student.forward, reference.forward, problem)
    assert_array(student.forward, reference.forward, 2.0, 4.0, 3.0)


@question("01.4", points=2.25)
def test_backward(student, reference, problem):
    """Backward: the derivatives of J by a, b and c."""
    assert_array(student.backward, reference.backward, problem)
    assert_array(student.backward, reference.backward, 2.0, 4.0, 3.0)


@question("01.5", points=1.5)
def test_chain(student, reference, problem):
    """The chain: four functions of an array, each with its derivative."""
    problem.assert_chain(student, reference, *(one.x for one in problem))


@question("01.5", points=0.75, after="01.5")
def test_chain_of_a_number(student, reference, problem):
    """The chain: of a number, and the example of its docstring."""
    problem.assert_chain(student, reference, *(one.a / 3 for one in problem), 0.5)


@question("01.6", points=2.25)
def test_operations(student, reference, problem):
    """Four operations: each with its two derivatives."""
    points = [(one.a, one.b) for one in problem] + [(6.0, 2.0)]
    names = ("add", "subtract", "multiply", "divide")
    problem.assert_operations(student, reference, dict.fromkeys(names, points))


@question("01.7", points=2.25)
def test_functions(student, reference, problem):
    """Four functions of one number: each with its derivative."""
    numbers = [(one.a,) for one in problem] + [(0.0,)]
    points = {
        "power": [(one.a, n) for one, n in zip(problem, (3, -2), strict=True)] + [(3.0, 2), (abs(problem.b), 0.5)],
        "exp": numbers,
        "log": [(abs(one.a),) for one in problem] + [(2.0,)],
        "sigmoid": numbers,
    }
    problem.assert_operations(student, reference, points)


@question("01.8", points=2)
def test_backpropagate(student, reference, problem):
    """From right to left: the derivatives of the last node by each node of a graph."""
    example = [[], [], [], [(1, 3.0), (2, 4.0)], [(0, 1.0), (3, 1.0)], [(4, 3.0)]]
    with problem.telling(f"It was asked with a graph of {len(problem.tape)} nodes, some of them used several times."):
        assert_array(student.backpropagate, reference.backpropagate, problem)
    assert_array(student.backpropagate, reference.backpropagate, example)


@question("01.8", points=1.5, after="01.8")
def test_backpropagate_deep(student, problem):
    """From right to left: a graph that is thousands of nodes deep."""
    tape = problem.made("[[], *([(place, 0.999)] for place in range(2000))]")
    assert_close(student.backpropagate(tape), [0.999**steps for steps in range(2000, -1, -1)], "the result")


@question("01.9", points=1.75, after=("01.6", "01.7", "01.8"))
def test_graph_gradient(student, reference, problem):
    """The gradient of a formula, by one walk through its graph."""
    for formula in problem.formulas:
        asked = problem.extended(f=formula)
        assert_array(student.graph_gradient, reference.graph_gradient, asked)
    example = problem.function(BOWL), np.array([1.0, 1.0])
    assert_array(student.graph_gradient, reference.graph_gradient, *example)


@question("01.10", points=1, after=("01.6", "01.7", "01.8"))
def test_logistic_graph(student, reference, problem):
    """A neuron as a graph: its loss, for both labels, and what leads from it to the weights and the bias."""
    for one in problem:
        for label in (1.0, 0.0):
            problem.assert_graph(student, reference, one.x, one.w, one.b / 2, label)
    problem.assert_graph(student, reference, *EXAMPLE)


@question("01.10", points=2, after=("01.6", "01.7", "01.8"))
def test_logistic_gradient(student, reference, problem):
    """A neuron: its loss, and the derivatives by the weights and the bias, for both labels."""
    neurons = [(one.x, one.w, one.b / 2, label) for label in (1.0, 0.0) for one in problem]
    # all are asked before one is judged: a mistake may show with one label alone
    for neuron in neurons:
        student.logistic_gradient(*neuron)
    with problem.telling(most=0.25):
        for neuron in (*neurons, EXAMPLE):
            assert_array(student.logistic_gradient, reference.logistic_gradient, *neuron)
