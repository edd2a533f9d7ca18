"""Right: NumPy's numbers and arrays everywhere, and everything cast to float64."""

from collections.abc import Callable
from typing import Any

import numpy as np

F = np.float64


def numeric_derivative(f, x, h=1e-5):
    x, h = F(x), F(h)
    step = (x + h) - (x - h)
    return F((f(x + h) - f(x - h)) / step)


def numeric_gradient(f, x, h=1e-5):
    x = np.array(x, F)
    grad = np.full_like(x, np.nan)
    for place, _ in np.ndenumerate(x):
        plus, minus = x.copy(), x.copy()
        plus[place] += h
        minus[place] -= h
        grad[place] = F(f(plus) - f(minus)) / (plus[place] - minus[place])
    return grad


def forward(a, b, c):
    values = np.array([b * c, a + b * c, 3 * (a + b * c)], F)
    return {"u": values[0], "v": values[1], "J": values[2]}


def backward(a, b, c):
    J_by_v = np.array([[3.0]])
    v_by_a_u = np.array([[1.0, 1.0]])
    by_a, by_u = (J_by_v @ v_by_a_u).ravel()
    by_b, by_c = by_u * np.array([c, b])
    return {"a": F(by_a), "b": F(by_b), "c": F(by_c)}


def chain(x):
    x = np.asarray(x, F)
    y1 = np.exp(-np.square(x))
    dy1 = np.multiply(-2 * x, y1)
    y2 = np.sin(np.reciprocal(y1))
    dy2 = -np.cos(np.reciprocal(y1)) * dy1 / np.square(y1)
    y3 = np.cos(y2)
    dy3 = np.negative(np.sin(y2)) * dy2
    y4 = np.log(y3)
    dy4 = np.divide(dy3, y3)
    return dict(exp=[y1, dy1], sin=[y2, dy2], cos=[y3, dy3], log=[y4, dy4])


def add(a, b):
    return np.add(a, b), np.ones(2)


def subtract(a, b):
    return np.subtract(a, b), np.array([1.0, -1.0])


def multiply(a, b):
    return np.multiply(a, b), np.array([b, a])


def divide(a, b):
    return np.divide(a, b), np.array([1 / b, -a / np.square(b)])


def power(x, n):
    x = F(x)
    return np.power(x, n), n * np.power(x, F(n - 1))


def exp(x):
    return F(np.exp(x)), F(np.exp(x))


def log(x):
    return F(np.log(x)), F(1) / F(x)


def sigmoid(x):
    x = F(x)
    s = np.exp(-np.logaddexp(0, -x))
    return s, s * (1 - s)


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
    g = np.zeros(len(tape), F)
    g[-1] = 1
    for i in reversed(range(len(tape))):
        if tape[i] and g[i]:
            places, locals_ = zip(*tape[i])
            np.add.at(g, list(places), np.array(locals_) * g[i])
    return g


def graph_gradient(f, x):
    nodes = [Value(F(v)) for v in x]
    out = f(nodes)
    out.backward()
    return {"value": F(out.data), "gradient": np.fromiter((node.grad for node in nodes), F)}


def logistic_graph(x, w, b, y):
    z = sum([wi * F(xi) for wi, xi in zip(w, x)], b)
    y_hat = z.sigmoid()
    return y * -y_hat.log() + (1 - y) * -(1 - y_hat).log()


def logistic_gradient(x, w, b, y):
    parameters = [Value(v) for v in np.append(w, b)]
    loss = logistic_graph(x, parameters[:-1], parameters[-1], y)
    loss.backward()
    g = np.array([p.grad for p in parameters])
    return {"loss": np.float64(loss.data), "w": g[:-1], "b": g[-1]}
