"""A number that remembers how it was computed. Python alone."""

from __future__ import annotations

import math
from collections.abc import Callable
from numbers import Real
from typing import Any

from tfkit._nodes import nodes_of
from tfkit.graphs._operations import OPERATIONS

Method = Callable[["Value", Any], "Value"]


def _both_ways(operation: str) -> tuple[Method, Method]:
    """Return the methods for `value ∘ other` and for `other ∘ value`, where `other` may be a plain number."""

    def left(self: Value, other: Any) -> Value:
        return Value._computed(operation, self, other)

    def right(self: Value, other: Any) -> Value:
        return Value._computed(operation, other, self)

    return left, right


class Value:
    """A node of a computation graph: a number, where it came from, and the derivative of an output by it.

    Arithmetic with values builds the graph and computes forward, from left to right. `backward()` on the output walks
    it from right to left: a node's gradient times the derivative along an edge, summed over all edges that leave an
    operand, is the operand's gradient. A plain number in a formula, like the 3 of `3 * v`, is a constant and no node.

    One number in each node shows how backpropagation works, but is slow; `tf.GradientTape` is the same for arrays.

    Example:

    >>> a, b, c = Value(2, "a"), Value(4, "b"), Value(3, "c")
    >>> u = (b * c).named("u")
    >>> v = (a + u).named("v")
    >>> J = (3 * v).named("J")
    >>> u, v, J
    (Value(u=12.0), Value(v=14.0), Value(J=42.0))
    >>> J.backward()
    >>> a.grad, b.grad, c.grad
    (3.0, 9.0, 12.0)

    Args:
        data: A finite number, converted to float.
        label: Its name in tables and pictures.

    Attributes:
        data: The number.
        grad: Derivative of the output, on which `backward` was last called, by this node; 0.0 before.
        label: Its name, `""` if it has none.
        operation: How it was computed: `"+"`, `"exp"`, ...; `""` for an input.
        operands: From what: values, and floats for constants; `()` for an input.
        local_derivatives: Derivative of this node by each operand, at the time it was computed.

    Raises:
        ValueError: If `data` is not a finite number, or an operation is not defined at its operands: the log of 0, a
            division by 0, a power or `exp` too large for a float.

    Reference:
        Lecture 21 of "AI for Medicine", slides "Forward propagation" and "Backward propagation".
    """

    __slots__ = ("data", "grad", "label", "local_derivatives", "operands", "operation")
    # makes np.float64(3) * value a Value: NumPy then leaves the product to __rmul__
    __array_ufunc__ = None

    def __init__(self, data: Any, label: str = ""):
        self.data = _number(data)
        self.grad = 0.0
        self.label = label
        self.operation = ""
        self.operands: tuple[Value | float, ...] = ()
        self.local_derivatives: tuple[float, ...] = ()

    @classmethod
    def _computed(cls, operation: str, *operands: Any) -> Value:
        node = cls.__new__(cls)
        node.grad, node.label, node.operation = 0.0, "", operation
        node.operands = tuple(operand if isinstance(operand, Value) else _number(operand) for operand in operands)
        node._compute()
        return node

    def _compute(self) -> None:
        operation = OPERATIONS[self.operation]
        numbers = [operand.data if isinstance(operand, Value) else operand for operand in self.operands]
        try:
            self.data = operation.value(*numbers)
        except ValueError as error:
            raise ValueError(f"{error}, while computing {self.expression!r}") from None
        self.local_derivatives = operation.derivatives(*numbers)

    def nodes(self) -> list[Value]:
        """Return all values that this one depends on, and itself at the end: each once, operands before results."""
        return nodes_of(self)

    def forward(self) -> float:
        """Compute the graph again, after the `data` of inputs was changed; return this node's number."""
        for node in self.nodes():
            if node.operation:
                node._compute()
        return self.data

    def backward(self) -> None:
        """Set `grad` of every node of the graph to the derivative of this one by it.

        All gradients are set to 0 first. Called twice, or after a `backward` of another output that shares nodes, it
        gives the same numbers: as with `tf.GradientTape`, nothing is left over and there is nothing to reset.
        After inputs were changed, call `forward` first.
        """
        nodes = self.nodes()
        for node in nodes:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(nodes):  # a node's gradient is complete when all its users have had their turn
            for operand, derivative in zip(node.operands, node.local_derivatives, strict=True):
                if isinstance(operand, Value):
                    # += : a node that is used twice acts on the output along two ways
                    operand.grad += node.grad * derivative

    def named(self, label: str) -> Value:
        """Set the label and return the value itself, to name a result in the line that computes it."""
        self.label = label
        return self

    @property
    def expression(self) -> str:
        """How it was computed, in labels: `"3 × v"`; an operand without a label is shown as `"·"`."""
        if not self.operation:
            return ""
        symbol = OPERATIONS[self.operation].symbol
        names = [(operand.label or "·") if isinstance(operand, Value) else f"{operand:g}" for operand in self.operands]
        if len(names) == 2:
            return f"{names[0]} {symbol} {names[1]}"
        return f"−{names[0]}" if self.operation == "neg" else f"{symbol}({names[0]})"

    def exp(self) -> Value:
        """Return e to the power of this value."""
        return Value._computed("exp", self)

    def log(self) -> Value:
        """Return the natural logarithm."""
        return Value._computed("log", self)

    def sin(self) -> Value:
        """Return the sine of an angle in radians."""
        return Value._computed("sin", self)

    def cos(self) -> Value:
        """Return the cosine of an angle in radians."""
        return Value._computed("cos", self)

    def tanh(self) -> Value:
        """Return the hyperbolic tangent."""
        return Value._computed("tanh", self)

    def sigmoid(self) -> Value:
        """Return 1 / (1 + exp(-x)), also where exp(-x) is too large for a float."""
        return Value._computed("sigmoid", self)

    def relu(self) -> Value:
        """Return the value or 0, whichever is larger; the derivative at 0 is taken to be 0, as in TensorFlow."""
        return Value._computed("relu", self)

    __add__, __radd__ = _both_ways("+")
    __sub__, __rsub__ = _both_ways("-")
    __mul__, __rmul__ = _both_ways("*")
    __truediv__, __rtruediv__ = _both_ways("/")
    __pow__, __rpow__ = _both_ways("**")

    def __neg__(self) -> Value:
        return Value._computed("neg", self)

    def __repr__(self) -> str:
        return f"Value({f'{self.label}=' if self.label else ''}{self.data!r})"


def _number(value: Any) -> float:
    if not isinstance(value, Real):
        shape = getattr(value, "shape", None)
        received = repr(value) if shape is None else f"an array of shape {tuple(shape)}"
        raise ValueError(f"expected a number, received {received}; a Value holds one number; for arrays, use a tape")
    if not math.isfinite(value):
        raise ValueError(f"expected a finite number, received {value!r}")
    return float(value)
