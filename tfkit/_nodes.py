"""The walk through a computation graph that drawing one and deriving one share."""

from __future__ import annotations

from typing import Any, TypeVar

N = TypeVar("N")


def nodes_of(output: N) -> list[N]:
    """Return each node that an output depends on once, itself at the end: operands before results."""
    # a node is what has `operands`; anything else among the operands of one is a constant
    order: list[N] = []
    seen: set[int] = set()
    # a loop and not recursion: Python allows a thousand calls inside each other, a graph is often deeper
    stack: list[tuple[Any, bool]] = [(output, False)]
    while stack:
        node, operands_done = stack.pop()
        if operands_done:
            order.append(node)
        elif id(node) not in seen:
            seen.add(id(node))
            stack.append((node, True))
            # reversed, so that the left operand comes off the stack first
            stack += [(one, False) for one in reversed(node.operands) if hasattr(one, "operands")]
    return order
