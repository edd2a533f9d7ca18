"""Kinds of mistakes that may cost less than half of their question, each with the reason. Nothing else may.

A question teaches one thing. Who misses it loses half of the points or more; who has it, and slips in what its
docstring mentions beside it, loses less.
"""

from __future__ import annotations

MINOR = {
    "dtype": "the numbers are right, in another precision",
    "keepdims": "the numbers are right, an axis of length 1 is missing",
    "shape": "right unless a size is 1, or an axis of length 1 is missing",
    "one-output": "right for more than one output",
    "one-example": "right for more than one example",
    "broadcast": "right unless a size is 1",
}
