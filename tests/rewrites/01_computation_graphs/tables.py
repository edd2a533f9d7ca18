"""Right: the functions come from tables, and the work is done under a main guard as well."""

from collections.abc import Callable
from typing import Any

import numpy as np

RULES = {
    "add": (lambda a, b: a + b, lambda a, b: (1.0, 1.0)),
    "subtract": (lambda a, b: a - b, lambda a, b: (1.0, -1.0)),
    "multiply": (lambda a, b: a * b, lambda a, b: (b, a)),
    "divide": (lambda a, b: a / b, lambda a, b: (1 / b, -a / b**2)),
    "power": (lambda x, n: x**n, lambda x, n: n * x ** (n - 1)),
    "exp": (np.exp, np.exp),
    "log": (np.log, lambda x: 1 / x),
}
RULES["sigmoid"] = (lambda x: 1 / (1 + np.exp(-x)), lambda x: np.exp(-x) / (1 + np.exp(-x)) ** 2)


def rule(name):
    value, slope = RULES[name]
    return lambda *operands: (value(*operands), slope(*operands))


add, subtract, multiply, divide = map(rule, ("add", "subtract", "multiply", "divide"))
power, exp, log, sigmoid = (rule(name) for name in ("power", "exp", "log", "sigmoid"))

STEPS = [
    ("exp", [(lambda t: -(t**2), lambda t: -2 * t), RULES["exp"]]),
    ("sin", [(lambda t: 1 / t, lambda t: -1 / t**2), (np.sin, np.cos)]),
    ("cos", [(np.cos, lambda t: -np.sin(t))]),
    ("log", [RULES["log"]]),
]


def chain(x):
    found, value, slope = {}, x, 1.0
    for name, inner in STEPS:
        for f, df in inner:
            value, slope = f(value), df(value) * slope
        found[name] = (value, slope)
    return found


def forward(a, b, c):
    J = 3 * (v := a + (u := b * c))
    return {"u": u, "v": v, "J": J}


def backward(a, b, c):
    (_, (by_b, by_c)), (_, (by_a, by_u)) = multiply(b, c), add(a, b * c)
    _, (_, by_v) = multiply(3.0, a + b * c)
    return {"a": by_v * by_a, "b": by_v * by_u * by_b, "c": by_v * by_u * by_c}


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
    grads = [float(place == len(tape) - 1) for place in range(len(tape))]
    todo = list(enumerate(tape))
    while todo:
        place, operands = todo.pop()
        for operand, slope in operands:
            grads[operand] += slope * grads[place]
    return tuple(grads)


def graph_gradient(f, x):
    y = f(inputs := [Value(number) for number in x])
    y.backward()
    return {"gradient": np.array([node.grad for node in inputs]), "value": y.data}


def numeric_derivative(f, x, h=1e-5):
    return np.diff([f(x - h), f(x + h)])[0] / (2 * h)


def numeric_gradient(f, x, h=1e-5):
    grad = {}
    for place in np.ndindex(*x.shape):
        moved = {side: np.asarray(x, float) for side in (-1, 1)}
        for side in moved:
            moved[side] = moved[side].copy()
            moved[side][place] += side * h
        grad[place] = (f(moved[1]) - f(moved[-1])) / (2 * h)
    return np.array(list(grad.values())).reshape(x.shape)


def logistic_graph(x, w, b, y):
    z = b + sum(a * c for a, c in zip(w, x))
    p = z.sigmoid()
    return 0 - (y * p.log() + (1 - y) * (1 - p).log())


def logistic_gradient(x, w, b, y):
    found = graph_gradient(lambda nodes: logistic_graph(x, nodes[:-1], nodes[-1], y), np.append(w, b))
    return {"loss": found["value"], "w": found["gradient"][:-1], "b": found["gradient"][-1]}


if __name__ == "__main__":
    print(numeric_gradient(lambda x: 3 * x[0] ** 2 + x[1] ** 2, np.array([1.0, 1.0])))
