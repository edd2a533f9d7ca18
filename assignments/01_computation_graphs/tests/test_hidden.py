"""The hidden tests of 01: other numbers, shapes and graphs than the public ones."""

import numpy as np

from autograder.testing import assert_array, assert_close, question

WAVE = "lambda x: np.sin(3 * x) / (1 + x ** 2)"
# of a single entry, a row, and an array with three axes
SHAPES = ((1,), (1, 3), (2, 1, 2))


@question("01.1", points=1)
def test_numeric_derivative_again(student, reference, problem):
    """A derivative, measured: other functions, points and nudges."""
    for one in problem:
        for x, h in ((0.0, one.h), (-one.b, 2 * one.h), (10 * one.c, 1.0)):
            assert_array(student.numeric_derivative, reference.numeric_derivative, one.of_number, x, h)
        assert_array(student.numeric_derivative, reference.numeric_derivative, one.function(WAVE), one.a, one.h)


@question("01.2", points=2.25)
def test_numeric_gradient_again(student, reference, problem):
    """A gradient, measured: other shapes, one entry alone, whole numbers."""
    for one in problem:
        for shape in SHAPES:
            x = one.rng(str(shape)).normal(size=shape)
            assert_array(student.numeric_gradient, reference.numeric_gradient, one.of_array, x, 2 * one.h)
        whole = np.round(3 * x).astype(int)
        assert_array(student.numeric_gradient, reference.numeric_gradient, one.of_array, whole, one.h)


@question("01.3", points=0.75)
def test_forward_again(student, reference, problem):
    """Forward: other numbers, 0 among them."""
    for one in problem:
        assert_array(student.forward, reference.forward, -10 * one.b, one.c, one.a)
        assert_array(student.forward, reference.forward, one.a, 0.0, one.c)


@question("01.4", points=1.75)
def test_backward_again(student, reference, problem):
    """Backward: other numbers, 0 among them."""
    for one in problem:
        assert_array(student.backward, reference.backward, -10 * one.b, one.c, one.a)
        assert_array(student.backward, reference.backward, 0.0, one.b, 1.0)


@question("01.5", points=1.75)
def test_chain_again(student, reference, problem):
    """The chain: arrays of other shapes, and a number."""
    for one in problem:
        x = one.rng("other").uniform(-1.5, 1.5, size=(2, one.n))
        x[0, 0] = 0.0
        assert_array(student.chain, reference.chain, x)
        assert_array(student.chain, reference.chain, -one.b / 3)


@question("01.6", points=1.75)
def test_operations_again(student, reference, problem):
    """Four operations: other numbers."""
    points = [(one.c, one.a) for one in problem] + [(0.0, -8.0)]
    problem.assert_operations(student, reference, dict.fromkeys(("add", "subtract", "multiply", "divide"), points))


@question("01.7", points=1.75)
def test_functions_again(student, reference, problem):
    """Four functions of one number: other numbers."""
    numbers = [(one.c,) for one in problem] + [(-4.0,)]
    points = {
        "power": [(one.c, n) for one, n in zip(problem, (4, -1), strict=True)] + [(0.0, 2), (-2.0, 1), (9.0, 1.5)],
        "exp": numbers,
        "log": [(abs(one.c) / 4,) for one in problem] + [(1000.0,)],
        "sigmoid": numbers,
    }
    problem.assert_operations(student, reference, points)


@question("01.8", points=2.5)
def test_backpropagate_again(student, reference, problem):
    """From right to left: other graphs, one that is a single node, and deep ones."""
    problem = problem.extended(other=1)
    for one in problem:
        # the same graph with another output: what is further down does not lead to it
        for end in (one.n + 1, len(one.tape) - 3):
            assert_array(student.backpropagate, reference.backpropagate, one.tape[: end + 1])
        assert_array(student.backpropagate, reference.backpropagate, [[], [(0, one.a), (0, one.b), (0, one.c)]])
    assert_array(student.backpropagate, reference.backpropagate, [[]])
    tape = problem.made("[[], *([(place, 0.25), (place, 0.75)] for place in range(3000))]")
    assert_close(student.backpropagate(tape), [1.0] * 3001, "the result")


@question("01.9", points=1.25, after=("01.6", "01.7", "01.8"))
def test_graph_gradient_again(student, reference, problem):
    """The gradient of a formula: inputs that are not used, one input alone, a long sum."""
    for one in problem:
        some = one.function("lambda x: (x[1] * x[1] - 2) / 4")
        assert_array(student.graph_gradient, reference.graph_gradient, some, one.x)
        same = one.function("lambda x: x[-1]")
        assert_array(student.graph_gradient, reference.graph_gradient, same, one.x)
        cube = one.function("lambda x: x[0] ** 3")
        assert_array(student.graph_gradient, reference.graph_gradient, cube, one.x[:1])
        long = one.function("lambda x: sum([x[0] * 0.5] * 30) + x[1]")
        assert_array(student.graph_gradient, reference.graph_gradient, long, one.x)


@question("01.10", points=0.5, after=("01.6", "01.7", "01.8"))
def test_logistic_graph_again(student, reference, problem):
    """A neuron as a graph: other numbers, one feature alone."""
    for one in (*problem, *problem.edges):
        x = one.rng("other").normal(size=one.n)
        problem.assert_graph(student, reference, x, one.w, one.c / 3, 0.0)


@question("01.10", points=1.5, after=("01.6", "01.7", "01.8"))
def test_logistic_gradient_again(student, reference, problem):
    """A neuron: other numbers, one feature alone."""
    for one in (*problem, *problem.edges):
        for label in (0.0, 1.0):
            x = one.rng("other").normal(size=one.n)
            with problem.telling(most=0.25):
                assert_array(student.logistic_gradient, reference.logistic_gradient, x, one.w, one.c / 3, label)
