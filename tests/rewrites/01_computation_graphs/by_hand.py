"""Right: closed formulas wherever there is one, and each label by itself."""

from collections.abc import Callable
from typing import Any

import numpy as np


def numeric_derivative(f, x, h=1e-5):
    right, left = x + h, x - h
    return f(right) / (2 * h) - f(left) / (2 * h)


def numeric_gradient(f, x, h=1e-5):
    X = np.asarray(x, dtype=np.float64)

    def along(i):
        e = (np.arange(X.size) == i).reshape(X.shape)
        return (f(np.where(e, X + h, X)) - f(np.where(e, X - h, X))) / 2 / h

    return np.array([along(i) for i in range(X.size)]).reshape(X.shape)


def forward(a, b, c):
    return {"J": 3 * a + 3 * b * c, "u": b * c, "v": a + b * c}


def backward(a, b, c):
    return {"a": 3.0, "b": 3.0 * c, "c": 3.0 * b}


def chain(x):
    q = np.exp(x**2)
    s = np.sin(q)
    ds = 2 * x * q * np.cos(q)
    return {
        "exp": (np.exp(-(x**2)), -2 * x * np.exp(-(x**2))),
        "sin": (s, ds),
        "cos": (np.cos(s), -np.sin(s) * ds),
        "log": (np.log(np.cos(s)), -np.tan(s) * ds),
    }


def add(a, b):
    return [a + b, [1.0, 1.0]]


def subtract(a, b):
    return [a - b, [1.0, -1.0]]


def multiply(a, b):
    return [a * b, [b, a]]


def divide(a, b):
    return [a / b, [1 / b, -a / b**2]]


def power(x, n):
    return [x**n, n * x ** (n - 1)]


def exp(x):
    return [np.exp(x), np.exp(x)]


def log(x):
    return [np.log(x), 1 / x]


def sigmoid(x):
    return [0.5 + 0.5 * np.tanh(x / 2), 0.25 / np.cosh(x / 2) ** 2]


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


def backpropagate(tape):
    # the other way round: each node asks those that use it
    users = [[] for _ in tape]
    for i, operands in enumerate(tape):
        for j, local in operands:
            users[j].append((i, local))
    g = [0.0] * len(tape)
    for j in range(len(tape) - 1, -1, -1):
        g[j] = 1.0 if j == len(tape) - 1 else sum(g[i] * local for i, local in users[j])
    return g


def graph_gradient(f, x):
    leaves = [Value(v) for v in x.tolist()]
    out = f(leaves)
    grads = {id(node): g for node, g in zip(out.nodes(), backpropagate(out.tape()))}
    return {"value": out.data, "gradient": np.array([grads.get(id(leaf), 0.0) for leaf in leaves])}


def logistic_graph(x, w, b, y):
    z = b
    for wi, xi in zip(w, x):
        z = wi * xi + z
    if y == 1:
        return -z.sigmoid().log()
    return -(1 - z.sigmoid()).log()


def logistic_gradient(x, w, b, y):
    p = 1 / (1 + np.exp(-(x @ w + b)))
    return {"loss": -np.log(p if y == 1 else 1 - p), "w": (p - y) * x, "b": p - y}
