import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import pytest


@pytest.fixture
def rng():
    return np.random.default_rng(20)


@pytest.fixture
def params(rng):
    """Sizes n=5, h=4, k=3 all differ, biases are not zero: a transposed or forgotten factor shows."""
    return {
        "W1": rng.normal(size=(5, 4)),
        "b1": 0.3 * rng.normal(size=(1, 4)),
        "W2": rng.normal(size=(4, 3)),
        "b2": 0.3 * rng.normal(size=(1, 3)),
    }


@pytest.fixture
def examples(rng):
    """`X (7, 5)`, and `Y (7, 3)` by kind of output. M = 7 is a prime, no multiple of n, h or k."""
    X = rng.normal(size=(7, 5))
    targets = {
        "linear": rng.normal(size=(7, 3)),
        "sigmoid": (rng.random((7, 3)) < 0.3).astype(float),
        "softmax": np.eye(3)[[0, 1, 1, 2, 1, 1, 0]],
    }
    return X, targets
