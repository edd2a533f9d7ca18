"""The derivative twice: by the chain rule, and by nudging a node and watching the output. Python alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tfkit._arguments import check_positive, described
from tfkit._records import Records, text_table
from tfkit.graphs._operations import OPERATIONS
from tfkit.graphs.value import Value

if TYPE_CHECKING:
    pass


@dataclass(frozen=True)
class Nudge:
    """What happened to the output when one node was nudged.

    Example:

    >>> a = Value(2, "a")
    >>> record = nudge(3 * a)["a"]
    >>> record.chain_rule, round(record.nudged, 6), round(record.output, 6)
    (3.0, 3.0, 6.003)

    Attributes:
        node: The node's label, or `"#4"` for the fourth node if it has none.
        expression: How the node is computed; `""` for an input.
        value: Its number.
        output: The output's number after the node was raised by `h`.
        chain_rule: Derivative of the output by the node, by `backward`.
        nudged: The same, as change of the output over change of the node.
        difference: `chain_rule - nudged`.
    """

    node: str
    expression: str
    value: float
    output: float
    chain_rule: float
    nudged: float
    difference: float


@dataclass(frozen=True)
class Nudges(Records[Nudge]):
    """The records of all nodes, inputs before results.

    Example:

    >>> a, b, c = Value(2, "a"), Value(4, "b"), Value(3, "c")
    >>> print(nudge((3 * (a + (b * c).named("u")).named("v")).named("J")))
    node  computed as  value  J if + 0.001  chain rule  nudged  difference
    a                      2        42.003           3       3     4.4e-13
    b                      4        42.009           9       9     6.7e-13
    c                      3        42.012          12      12     1.8e-12
    u     b × c           12        42.003           3       3     1.8e-12
    v     a + u           14        42.003           3       3     1.8e-12
    J     3 × v           42        42.001           1       1     0.0e+00

    Attributes:
        records: One `Nudge` for each node.
        output: The output's label.
        h: How far nodes were nudged.
    """

    _field, _key = "records", "node"

    records: tuple[Nudge, ...]
    output: str
    h: float

    def __str__(self) -> str:
        head = ("node", "computed as", "value", f"{self.output} if + {self.h:g}", "chain rule", "nudged", "difference")
        rows = []
        for record in self.records:
            numbers = (record.value, record.output, record.chain_rule, record.nudged)
            difference = f"{abs(record.difference):.1e}"
            rows.append((record.node, record.expression, *(f"{number:.6g}" for number in numbers), difference))
        return text_table(head, rows, numbers=range(2, len(head)))


def nudge(output: Value, h: float = 0.001, *, both_sides: bool = True) -> Nudges:
    """Nudge every node a little, and put the change of the output beside the derivative of the chain rule.

    "If we change `a` a little bit, how would `J` change?" A node is raised by `h`, all that is computed from it is
    computed again, and the change of the output is divided by `h`. By default the node is lowered as well, and the
    two changes are put together: the error is then of order `h²`, on one side alone of order `h`. The graph is computed
    forward and backward once and left so. The time grows with the square of the number of nodes; for arrays, see
    `tfkit.numeric_gradient`.

    Example:

    >>> x = Value(1, "x")
    >>> y = x.exp()
    >>> [round(nudge(y, 0.1, both_sides=both)["x"].difference, 3) for both in (False, True)]
    [-0.141, -0.005]

    Args:
        output: The node whose changes are watched.
        h: How far each node is nudged, in the unit of the node.
        both_sides: Whether to nudge down as well as up.

    Returns:
        A `Nudges`: a record per node, `to_frame()`, and a table when printed.

    Raises:
        ValueError: If `h` is not above 0 or is lost in the rounding of a node, or if a nudged node leaves the domain
            of a function, such as log.

    Reference:
        Lecture 21 of "AI for Medicine", slides "Backward propagation": `a` from 2 to 2.001 takes `J` from 42 to 42.003.
    """
    check_positive("h", h)
    if not hasattr(output, "operands"):
        raise ValueError(
            f"expected a tfkit.Value, the output of a graph, received {described(output)}; begin with "
            "x = tfkit.Value(2.0, 'x'); for a function of arrays, use tfkit.numeric_gradient"
        )
    output.forward()
    output.backward()
    nodes = output.nodes()
    records = []
    for position, node in enumerate(nodes):
        value, gradient, before = node.data, node.grad, output.data
        above, below = value + h, value - h if both_sides else value
        if above == below:
            raise ValueError(f"expected a nudge that changes {value!r}, but {h!r} is lost in rounding; use a larger h")
        later = _dependants(node, nodes[position + 1 :])
        try:
            up = _output_if(node, above, later, output)
            down = _output_if(node, below, later, output) if both_sides else before
        except ValueError as error:
            raise ValueError(f"{error}, after a nudge of {h:g}; use a smaller h") from None
        slope = (up - down) / (above - below)
        name = node.label or f"#{position + 1}"
        records.append(Nudge(name, node.expression, value, up, gradient, slope, gradient - slope))
    return Nudges(tuple(records), output.label or "output", h)


def _dependants(node: Value, candidates: list[Value]) -> list[Value]:
    """Return those of `candidates`, given in the order of computation, that are computed from `node`."""
    reached, found = {id(node)}, []
    for candidate in candidates:
        if any(id(operand) in reached for operand in candidate.operands):
            reached.add(id(candidate))
            found.append(candidate)
    return found


def _output_if(node: Value, number: float, dependants: list[Value], output: Value) -> float:
    """Return the output's number if `node` had another one, on paper: the graph itself is not touched."""
    numbers = {id(node): number}
    for dependant in dependants:
        operands = [
            numbers.get(id(operand), operand.data) if isinstance(operand, Value) else operand
            for operand in dependant.operands
        ]
        numbers[id(dependant)] = OPERATIONS[dependant.operation].value(*operands)
    return numbers.get(id(output), output.data)
