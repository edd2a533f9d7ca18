"""What a grading test asserts: each compares what a submission returned with what the reference returned."""

from autograder.assertions.checks import (
    assert_array,
    assert_close,
    assert_gradients,
    assert_loss,
    assert_metric,
    assert_updates,
    check,
)
from autograder.assertions.tolerance import tolerance

__all__ = [
    "assert_array",
    "assert_close",
    "assert_gradients",
    "assert_loss",
    "assert_metric",
    "assert_updates",
    "check",
    "tolerance",
]
