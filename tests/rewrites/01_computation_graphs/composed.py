"""Right: later answers are made of earlier ones, and a deque of nodes replaces the tape in one of them."""

from collections.abc import Callable
from typing import Any

import numpy as np


def backpropagate(tape):
    gradients = np.zeros(len(tape)).tolist()
    gradients[-1] += 1
    for node in range(-1, -len(tape) - 1, -1):
        incoming = gradients[node]
        for operand, local in tape[node]:
            gradients[operand] += incoming * local
    return gradients


def numeric_gradient(f, x, h=1e-5):
    grad = np.zeros(x.shape, float)
    for place in np.ndindex(x.shape):

        def moved(t, place=place):
            y = x + 0.0
            y[place] = t
            return f(y)

        grad[place] = numeric_derivative(moved, float(x[place]), h)
    return grad


def numeric_derivative(f, x, h=1e-5):
    return sum(sign * f(x + sign * h) for sign in (1, -1)) / h / 2


def add(a, b):
    return a + b, (1.0, 1.0)


def multiply(a, b):
    return a * b, (b, a)


def subtract(a, b):
    negative, (_, minus) = multiply(b, -1.0)[0], (0, -1.0)
    return add(a, negative)[0], (1.0, minus)


def power(x, n):
    return x**n, n * x ** (n - 1)


def divide(a, b):
    inverse, by_b = power(b, -1)
    return a * inverse, (inverse, a * by_b)


def exp(x):
    return np.exp(x), np.exp(x)


def log(x):
    return np.log(x), power(x, -1)[0]


def sigmoid(x):
    e, slope = exp(-x)
    s, by_e = power(1 + e, -1)
    return s, -by_e * slope


class Value:
    """A node of a computation graph.

    Attributes:
        data: Its number.
        grad: The derivative by it of the output on which `backward` was called.
        label: Its name in pictures.
        operation: What made it, such as `"×"`; empty for an input.
        operands: What it was made of: other nodes, and plain numbers.
        local_derivatives: Its derivative by each operand.
    """

    def __init__(
        self,
        data: float,
        label: str = "",
        operation: str = "",
        operands: tuple[Any, ...] = (),
        local_derivatives: tuple[float, ...] = (),
    ) -> None:
        self.data = float(data)
        self.grad = 0.0
        self.label = label
        self.operation = operation
        self.operands = operands
        self.local_derivatives = local_derivatives

    def nodes(self) -> list["Value"]:
        """Return every node of the graph that ends here once: operands come before what is made of them."""
        found, seen, waiting = [], set(), [(self, False)]
        # a loop and no function that calls itself: Python stops after about 1000 calls inside one another
        while waiting:
            node, operands_done = waiting.pop()
            if operands_done:
                found.append(node)
            elif id(node) not in seen:
                seen.add(id(node))
                waiting.append((node, True))
                waiting += [(one, False) for one in reversed(node.operands) if isinstance(one, Value)]
        return found

    def tape(self) -> list[list[tuple[int, float]]]:
        """Return the graph as plain numbers: for each node its operands' places, and the derivative by each."""
        nodes = self.nodes()
        places = {id(node): place for place, node in enumerate(nodes)}
        return [
            [
                (places[id(one)], derivative)
                for one, derivative in zip(node.operands, node.local_derivatives, strict=True)
                if isinstance(one, Value)
            ]
            for node in nodes
        ]

    def backward(self) -> None:
        """Set `grad` of every node of the graph to the derivative of this one by it."""
        for node, gradient in zip(self.nodes(), backpropagate(self.tape()), strict=True):
            node.grad = float(gradient)

    def named(self, label: str) -> "Value":
        """Set the label, and return the node itself."""
        self.label = label
        return self

    def exp(self) -> "Value":
        return made("exp", exp, self)

    def log(self) -> "Value":
        return made("log", log, self)

    def sigmoid(self) -> "Value":
        return made("σ", sigmoid, self)

    def __add__(self, other: Any) -> "Value":
        return made("+", add, self, other)

    def __radd__(self, other: Any) -> "Value":
        return made("+", add, other, self)

    def __sub__(self, other: Any) -> "Value":
        return made("−", subtract, self, other)

    def __rsub__(self, other: Any) -> "Value":
        return made("−", subtract, other, self)

    def __mul__(self, other: Any) -> "Value":
        return made("×", multiply, self, other)

    def __rmul__(self, other: Any) -> "Value":
        return made("×", multiply, other, self)

    def __truediv__(self, other: Any) -> "Value":
        return made("/", divide, self, other)

    def __rtruediv__(self, other: Any) -> "Value":
        return made("/", divide, other, self)

    def __pow__(self, exponent: float) -> "Value":
        return made("^", power, self, exponent)

    def __neg__(self) -> "Value":
        return -1 * self


def made(operation: str, function: Callable[..., Any], *operands: Any) -> Value:
    """Return a new node: what one of your functions gives for the numbers of the operands."""
    numbers = [one.data if isinstance(one, Value) else float(one) for one in operands]
    result, derivatives = function(*numbers)
    derivatives = [*np.atleast_1d(derivatives), 0.0][: len(operands)]  # an exponent has none
    return Value(result, operation=operation, operands=operands, local_derivatives=tuple(derivatives))


def graph_gradient(f, x):
    nodes = [Value(one) for one in x]
    y = f(nodes)
    order = y.nodes()
    for node in order:
        node.grad = 0.0
    y.grad = 1.0
    while order:
        node = order.pop()
        for one, slope in zip(node.operands, node.local_derivatives):
            if isinstance(one, Value):
                one.grad += node.grad * slope
    return {"value": y.data, "gradient": np.array([node.grad for node in nodes])}


def lecture(values):
    a, b, c = values
    return 3 * (a + b * c)


def forward(a, b, c):
    nodes = lecture([Value(a), Value(b), Value(c)]).nodes()
    u, v, J = [node.data for node in nodes if node.operands]
    return {"u": u, "v": v, "J": J}


def backward(a, b, c):
    return dict(zip("abc", graph_gradient(lecture, np.array([a, b, c]))["gradient"].tolist()))


def chain(x):
    if isinstance(x, np.ndarray):
        rows = [chain(float(one)) for one in x.flat]
        return {
            name: tuple(np.array([row[name][k] for row in rows]).reshape(x.shape) for k in (0, 1)) for name in rows[0]
        }
    e, de = exp(-(x**2))
    de = de * -2 * x
    s, c = np.sin(1 / e), np.cos(1 / e)
    ds = c * power(e, -1)[1] * de
    third, dthird = np.cos(s), -np.sin(s) * ds
    last, slope = log(third)
    return {"exp": (e, de), "sin": (s, ds), "cos": (third, dthird), "log": (last, slope * dthird)}


def logistic_graph(x, w, b, y):
    z = b
    for i, weight in enumerate(w):
        z += weight * float(x[i])
    y_hat = 1 / (1 + (-z).exp())
    return -(y_hat.log() * y + (1 - y_hat).log() * (1 - y))


def logistic_gradient(x, w, b, y):
    w, b = [*map(Value, w)], Value(b)
    loss = logistic_graph(x, w, b, y)
    loss.backward()
    return {"loss": loss.data, "w": np.array([one.grad for one in w]), "b": b.grad}
