"""`build --check` on another processor: last digits may move, and keys and order with them; anything else is told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from autograder.authoring.same import is_same
from tests.course import ASSIGNMENTS
from tests.slices import part_of

ROOT = Path(__file__).parents[2]


def recorded(*values, keys=None):
    """Recorded values as `expected/public.json` has them: arrays, each of a call of its own."""
    calls = [
        {
            "call": "train",
            "key": keys[number] if keys else f"{number:064x}",
            "value": {
                "header": {"t": "array", "dtype": value.dtype.str, "shape": list(value.shape)},
                "arrays": [value.ravel().tolist()],
            },
        }
        for number, value in enumerate(values)
    ]
    return json.dumps({"assignment": "03", "solution": "abc", "later": [], "calls": calls})


NUMBERS = np.random.default_rng(0).normal(size=(40, 3))
SUMS = np.concatenate([NUMBERS, NUMBERS[:1] * 1e-16])  # what is left where a sum cancels
SINGLE = NUMBERS.astype(np.float32)
COUNTS = np.arange(6)


@pytest.mark.parametrize(
    "old, new, same",
    [
        (recorded(NUMBERS), recorded(NUMBERS * (1 + 1e-13)), True),
        (recorded(NUMBERS), recorded(NUMBERS * (1 + 1e-5)), False),
        (recorded(SUMS), recorded(SUMS + 1e-17), True),
        (recorded(SINGLE), recorded(SINGLE * np.float32(1 + 1e-5)), True),
        (recorded(SINGLE), recorded(SINGLE * np.float32(1.01)), False),
        (recorded(SINGLE), recorded(NUMBERS), False),
        (recorded(COUNTS), recorded(COUNTS), True),
        (recorded(COUNTS), recorded(COUNTS + 1), False),
        (recorded(NUMBERS, SINGLE), recorded(SINGLE, NUMBERS, keys=["f" * 64, "0" * 64]), True),
        (recorded(NUMBERS, SINGLE), recorded(NUMBERS), False),
        (recorded(NUMBERS, SINGLE), recorded(NUMBERS, NUMBERS), False),
        (recorded(NUMBERS), recorded(NUMBERS.T), False),
        (recorded(NUMBERS), recorded(NUMBERS).replace("train", "fit"), False),
        (recorded(NUMBERS), recorded(NUMBERS).replace("abc", "abd"), False),
        (recorded(NUMBERS), "{", False),
        (recorded(NUMBERS), "[]", False),
    ],
)
def test_numbers_may_differ_as_processors_do(old, new, same):
    assert is_same(old, new) is same and is_same(new, old) is same


def other_processor() -> dict[str, str]:
    """An environment in which libraries use the instructions of a processor of twenty years ago."""
    from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__

    known = [name for name in __cpu_dispatch__ if __cpu_features__.get(name)]
    return {
        "OPENBLAS_CORETYPE": "Prescott",
        "OMP_NUM_THREADS": "2",
        "NPY_DISABLE_CPU_FEATURES": " ".join(known),
        "ONEDNN_MAX_CPU_ISA": "SSE41",
        "TF_ENABLE_ONEDNN_OPTS": "1",
    }


def numbers(environment: dict[str, str]) -> str:
    code = "import numpy as np; X = np.random.default_rng(0).normal(size=(99, 99)); print(float(np.exp(X @ X).sum()))"
    environment = os.environ | environment
    return subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True).stdout


# on other instructions 03 and 07 differ in NumPy's, 04 in TensorFlow's
@pytest.mark.slow
@pytest.mark.parametrize("name", part_of(ASSIGNMENTS, few=1))
def test_what_is_recorded_holds_on_another_processor(name):
    environment = os.environ | other_processor()
    command = [sys.executable, "-m", "autograder", "build", str(ROOT / "assignments" / name), "--check"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="whether libraries can be told to use other instructions")
def test_the_other_processor_is_another_one():
    assert numbers({}) != numbers(other_processor())
