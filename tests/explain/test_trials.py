"""What a second call proves, and what it does not."""

import numpy as np

from autograder.engine.observed import Observed
from autograder.explain.diagnosis.trials import _differ

RIGHT, OTHER = np.array([1.0, 2.0]), np.array([1.0, 2.5])


def test_another_value_for_the_same_call_is_proof_of_state():
    assert _differ(Observed("f", RIGHT), Observed("f", OTHER))
    assert not _differ(Observed("f", RIGHT), Observed("f", RIGHT.copy()))


def test_a_call_that_raised_gave_nothing_to_differ_from():
    # what a question forbids raises there, and gives a value where the same is called for an explanation
    assert not _differ(Observed("f", None), Observed("f", RIGHT))
