"""Right: helpers and assertions, uses that are counted down, and x nudged in place on a copy."""

from collections import Counter, deque
from collections.abc import Callable
from functools import wraps
from typing import Any

import numpy as np


def central(up, down, h):
    assert h > 0
    return 0.5 * (up - down) / h


def numeric_derivative(f, x, h=1e-5):
    return central(f(x + h), f(x - h), h)


def numeric_gradient(f, x, h=1e-5):
    point = np.array(x, dtype=float)
    grad = np.empty_like(point)
    it = np.nditer(point, flags=["multi_index"])
    while not it.finished:
        place = it.multi_index
        before = point[place]
        point[place] = before + h
        up = f(point.copy())
        point[place] = before - h
        down = f(point.copy())
        point[place] = before
        grad[place] = central(up, down, h)
        it.iternext()
    assert grad.shape == x.shape
    return grad


def forward(a, b, c):
    return dict(zip(["u", "v", "J"], [b * c, a + b * c, 3 * (a + b * c)]))


def backward(a, b, c):
    return {"c": 3 * b, "b": 3 * c, "a": 3}


def then(pair, value, local):
    """One more function around what there is."""
    y, slope = pair
    return value(y), local(y) * slope


def chain(x):
    square = then((x, 1.0), lambda t: t**2, lambda t: 2 * t)
    negative = then(square, np.negative, lambda t: -1.0)
    first = then(negative, np.exp, np.exp)
    inverse = then(first, lambda t: 1 / t, lambda t: -(t**-2.0))
    second = then(inverse, np.sin, np.cos)
    third = then(second, np.cos, lambda t: -np.sin(t))
    fourth = then(third, np.log, lambda t: 1 / t)
    return {"exp": first, "sin": second, "cos": third, "log": fourth}


def checked(function):
    @wraps(function)
    def inner(*numbers):
        result, slopes = function(*numbers)
        assert np.size(slopes) in (1, 2)
        return result, slopes

    return inner


@checked
def add(a, b):
    return a + b, (1.0, 1.0)


@checked
def subtract(a, b):
    result, (one, _) = add(a, -b)
    return result, (one, -one)


@checked
def multiply(a, b):
    return a * b, (b, a)


@checked
def divide(a, b):
    inverse = 1 / b
    return a * inverse, (inverse, -a * inverse * inverse)


@checked
def power(x, n):
    return x**n, n * x ** (n - 1)


@checked
def exp(x):
    return (np.exp(x),) * 2


@checked
def log(x):
    return np.log(x), x**-1


@checked
def sigmoid(x):
    e = np.exp(-x)
    return 1 / (1 + e), e / (1 + e) ** 2


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
    waiting_for = Counter(j for operands in tape for j, _ in operands)
    grads = dict.fromkeys(range(len(tape)), 0.0)
    grads[len(tape) - 1] = 1.0
    ready = deque(i for i in range(len(tape)) if not waiting_for[i])
    while ready:
        i = ready.popleft()
        for j, local in tape[i]:
            grads[j] += local * grads[i]
            waiting_for[j] -= 1
            if not waiting_for[j]:
                ready.append(j)
    return list(grads.values())


def derive(output, *nodes):
    output.backward()
    return np.array([node.grad for node in nodes], dtype=float)


def graph_gradient(f, x):
    nodes = list(map(Value, x))
    output = f(nodes)
    return dict(value=output.data, gradient=derive(output, *nodes))


def dot(w, x):
    return sum((wi * xi for wi, xi in zip(w, x)), start=0.0)


def logistic_graph(x, w, b, y):
    y_hat = (dot(w, x) + b).sigmoid()
    return (y - 1) * (1 - y_hat).log() - y * y_hat.log()


def logistic_gradient(x, w, b, y):
    w_nodes, b_node = [Value(v) for v in w], Value(b)
    loss = logistic_graph(x, w_nodes, b_node, y)
    *by_w, by_b = derive(loss, *w_nodes, b_node)
    return {"b": by_b, "w": np.array(by_w), "loss": loss.data}
