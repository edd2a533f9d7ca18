"""What a grading test asserts: each compares what a submission returned with what the reference returned."""

from autograder.assertions.arrays import assert_array, assert_close, assert_loss
from autograder.assertions.failure import CheckFailed, check
from autograder.assertions.gradients import assert_gradients
from autograder.assertions.scores import assert_history, assert_metric, held_out_score
from autograder.assertions.tolerance import tolerance
from autograder.assertions.updates import assert_updates

__all__ = [
    "CheckFailed",
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
