"""Right functions whose answers come in another order, shape, kind or size: a line for the student, never our end."""

from __future__ import annotations

import pytest

from autograder.facts.result import STATUSES, Result
from tests.slices import part_of

pytestmark = pytest.mark.turns(4)

FUNCTIONS = (
    "sigmoid",
    "init_params",
    "forward",
    "mse_loss",
    "backward",
    "gradient_step",
    "train",
    "softmax",
    "cross_entropy",
    "classifier_forward",
    "classifier_backward",
    "slide_backward",
)
# what becomes of a returned value
WAYS = {
    "reversed": "dict(reversed(v.items())) if isinstance(v, dict) else v[::-1] if hasattr(v, '__len__') else -v",
    "keys exchanged": "dict(zip(v, [*v.values()][1:] + [*v.values()][:1])) if isinstance(v, dict) else v",
    "nested": "[v]",
    "a pair": "(v, v)",
    "emptied": "type(v)() if not isinstance(v, np.ndarray) else v[:0]",
    "None": "None",
    "transposed": "each(v, lambda a: np.asarray(a).T)",
    "flat": "each(v, lambda a: np.asarray(a).ravel())",
    "squeezed": "each(v, lambda a: np.squeeze(a))",
    "one more axis": "each(v, lambda a: np.asarray(a)[None])",
    "complex": "each(v, lambda a: np.asarray(a) + 0j)",
    "texts": "each(v, lambda a: str(a))",
    "float16": "each(v, lambda a: np.asarray(a, np.float16))",
    "NaN": "each(v, lambda a: np.asarray(a) * np.nan)",
    "huge": "each(v, lambda a: np.asarray(a) * 1e200)",
    "lists": "each(v, lambda a: np.asarray(a).tolist())",
    "half of it": "dict([*v.items()][::2]) if type(v) is dict else v[::2] if hasattr(v, '__len__') else v / 2",
    "twenty megabytes": "each(v, lambda a: np.zeros((5000, 500)))",
    "a long key": "{'k' * 1000: v}",
    "an object": "each(v, lambda a: object())",
}
WRAP = """
import functools
import numpy as np

def each(v, change):
    if isinstance(v, dict):
        return {key: each(item, change) for key, item in v.items()}
    if isinstance(v, (tuple, list)):
        return type(v)(each(item, change) for item in v)
    return change(v)

def changed(function):
    @functools.wraps(function)
    def wrapper(*arguments, **options):
        v = function(*arguments, **options)
        return WAY
    return wrapper

for name in NAMES:
    globals()[name] = changed(globals()[name])
"""


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_right_functions_that_answer_otherwise(room03, way):
    lost = 0
    alone = part_of(FUNCTIONS, few=2)
    for names in (*((name,) for name in alone), FUNCTIONS):
        text = WRAP.replace("WAY", WAYS[way]).replace("NAMES", repr(names))
        result = room03.grade(room03.solution + text, explainer=room03.explainer())
        assert result.status in STATUSES and result.status != "tampered", (names, result.message)
        # explaining did not fail, and what is told can be written and read
        assert "could not be" not in result.message and "Traceback" not in result.output, (names, result.message)
        assert Result.from_json(result.to_json()).to_json() == result.to_json()
        assert all(row.message for row in result.questions if row.outcome in ("failed", "error"))
        lost += result.score < result.max_score
    # some ways leave some functions as they are, but never all of them
    assert lost >= (len(FUNCTIONS) // 2 if len(alone) == len(FUNCTIONS) else 1)
