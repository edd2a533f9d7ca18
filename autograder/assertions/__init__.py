"""What a grading test asserts: each compares what a submission returned with what the reference returned."""

from autograder.assertions.checks import (
    assert_array,
    assert_close,
    assert_gradients,
    assert_loss,
    assert_updates,
    check,
)
from autograder.assertions.scores import assert_history, assert_metric, held_out_score
from autograder.assertions.tolerance import tolerance

__all__ = [
    "assert_array",
    "assert_close",
    "assert_gradients",
    "assert_history",
    "assert_loss",
    "assert_metric",
    "assert_updates",
    "check",
    "held_out_score",
    "tolerance",
]
