"""Right: plain loops and lists, Python's own mathematics for single numbers."""

import math
from typing import Any, Callable

import numpy as np


def numeric_derivative(f, x, h=1e-5):
    points = []
    for side in (-1, 1):
        points.append(f(x + side * h))
    change = points[1] - points[0]
    way = 2 * h
    return change / way


def numeric_gradient(f, x, h=1e-5):
    flat = [float(v) for v in x.ravel()]
    found = []
    for i in range(len(flat)):
        values = []
        for side in (+h, -h):
            nudged = list(flat)
            nudged[i] = nudged[i] + side
            values.append(f(np.array(nudged).reshape(x.shape)))
        found.append((values[0] - values[1]) / (2 * h))
    return np.array(found).reshape(x.shape)


def forward(a, b, c):
    result = {}
    result["u"] = b * c
    result["v"] = a + result["u"]
    result["J"] = result["v"] + result["v"] + result["v"]
    return result


def backward(a, b, c):
    grads = {"J": 1.0, "v": 0.0, "u": 0.0, "a": 0.0, "b": 0.0, "c": 0.0}
    arrows = [("J", "v", 3), ("v", "a", 1), ("v", "u", 1), ("u", "b", c), ("u", "c", b)]
    for end, start, local in arrows:
        grads[start] += grads[end] * local
    return {name: grads[name] for name in ("a", "b", "c")}


def chain_of_one(x):
    g1 = math.exp(-x * x)
    d1 = -2 * x * g1
    t, dt = math.exp(x * x), 2 * x * math.exp(x * x)
    g2, d2 = math.sin(t), math.cos(t) * dt
    g3, d3 = math.cos(g2), -math.sin(g2) * d2
    g4, d4 = math.log(g3), d3 / g3
    return [g1, d1, g2, d2, g3, d3, g4, d4]


def chain(x):
    if np.ndim(x) == 0:
        table = np.array(chain_of_one(x))
    else:
        table = np.array([chain_of_one(v) for v in np.ravel(x)]).T.reshape((8,) + np.shape(x))
    names = ["exp", "sin", "cos", "log"]
    return {names[i]: (table[2 * i], table[2 * i + 1]) for i in range(4)}


def add(a, b):
    return a + b, (1, 1)


def subtract(a, b):
    return a - b, (1, -1)


def multiply(a, b):
    return a * b, (b, a)


def divide(a, b):
    return a / b, (1 / b, -a / (b * b))


def power(x, n):
    return math.pow(x, n), n * math.pow(x, n - 1)


def exp(x):
    return math.exp(x), math.exp(x)


def log(x):
    return math.log(x), 1.0 / x


def sigmoid(x):
    return 1 / (1 + math.exp(-x)), 1 / (2 + math.exp(x) + math.exp(-x))


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
    n = len(tape)
    grads = []
    for i in range(n):
        grads.append(0.0)
    grads[n - 1] = 1.0
    i = n - 1
    while i >= 0:
        for pair in tape[i]:
            j = pair[0]
            grads[j] = grads[j] + pair[1] * grads[i]
        i = i - 1
    return grads


def graph_gradient(f, x):
    nodes = []
    for i in range(len(x)):
        nodes.append(Value(x[i], "x" + str(i)))
    out = f(nodes)
    out.backward()
    grad = np.zeros(len(x))
    for i in range(len(x)):
        grad[i] = nodes[i].grad
    return {"value": out.data, "gradient": grad}


def logistic_graph(x, w, b, y):
    z = 0
    for i in range(len(w)):
        z = z + w[i] * x[i]
    z = z + b
    p = z.sigmoid()
    first = p.log() * y
    second = (1 - p).log() * (1 - y)
    return -first - second


def logistic_gradient(x, w, b, y):
    nodes = [Value(v) for v in w]
    bias = Value(b)
    loss = logistic_graph(x, nodes, bias, y)
    loss.backward()
    result = {"loss": loss.data, "b": bias.grad}
    result["w"] = np.array([node.grad for node in nodes])
    return result
