"""What `autograder doctor` tells of a machine is in words."""

from __future__ import annotations

import pytest

from autograder.isolation.host.choice import new_template
from autograder.isolation.host.probe import why_not


def test_a_device_that_is_not_there_is_told_in_words():
    template = new_template("tensorflow")
    try:
        reason = why_not(template, "gpu:0")
    finally:
        template.close()
    if not reason:
        pytest.skip("this machine has a GPU")
    assert reason == "RuntimeError: TensorFlow sees no GPU for gpu:0"
