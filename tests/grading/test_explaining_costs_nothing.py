"""Explaining never costs a grade: wrong functions whose answers come in any form get the same points without it.

Each labelled mistake is tried with its returned value changed in many ways; `make test` takes a few of them each day.
"""

from __future__ import annotations

import itertools
import random
import re
from pathlib import Path

import pytest

from autograder.authoring.tables import read_table
from tests.grading.test_returned_otherwise import WAYS, WRAP
from tests.slices import part_of

MISTAKES = read_table(Path(__file__).parents[1] / "mistakes" / "03_numpy_net.txt")
FORMS = WAYS | {
    "other keys": "{f'{key}_': item for key, item in v.items()} if isinstance(v, dict) else {'loss': v}",
    "numbers as keys": "dict(enumerate(v.values())) if isinstance(v, dict) else {0: v}",
    "a dict in a dict": "{key: {key: item} for key, item in v.items()} if isinstance(v, dict) else {'': {'': v}}",
    "unequal lengths": "(v, (v, v), ())",
    "one item more": "(*v, v[0]) if isinstance(v, tuple) else (v, None)",
    "one entry more": "{**v, 'W3': np.ones(3)} if isinstance(v, dict) else each(v, lambda a: np.append(a, a))",
    "one entry of another kind": "{**v, next(iter(v)): None} if isinstance(v, dict) else [None, v]",
    "one entry for all": "dict.fromkeys(v, next(iter(v.values()))) if isinstance(v, dict) else [v] * 3",
    "broadcast": "each(v, lambda a: np.asarray(a)[..., None] * np.ones(3))",
    "a mean": "each(v, lambda a: float(np.mean(a)))",
    "arrays without axes": "each(v, lambda a: np.array(np.mean(a)))",
    "empty arrays": "each(v, lambda a: np.zeros((0,) + np.shape(a)[1:]))",
    "deeply nested": "functools.reduce(lambda inner, _: [inner], range(50), v)",
    "integers": "each(v, lambda a: np.asarray(a).astype(int))",
    "truths": "each(v, lambda a: np.asarray(a) > 0)",
    "infinite": "each(v, lambda a: np.asarray(a) / 0)",
    "one is NaN": "each(v, lambda a: np.where(np.arange(np.size(a)).reshape(np.shape(a)) == 0, np.nan, a))",
    "near the largest": "each(v, lambda a: np.sign(a) * 1e308)",
    "tiny": "each(v, lambda a: np.asarray(a) * 5e-324)",
    "zeros": "each(v, lambda a: np.zeros_like(a))",
    "negated": "each(v, lambda a: -np.asarray(a))",
    "rows in another order": "each(v, lambda a: np.asarray(a)[::-1] if np.ndim(a) else a)",
    "strings of numbers": "each(v, lambda a: np.asarray(a).astype(str))",
    "objects in an array": "each(v, lambda a: np.asarray(a, object))",
    "a huge integer": "each(v, lambda a: 10**400)",
    "a masked array": "each(v, lambda a: np.ma.masked_all(np.shape(a)))",
    "an exception": "1 / 0",
}
# in an order of their own, so that what a day takes is of all kinds
TRIED = random.Random(12).sample(list(itertools.product(MISTAKES, FORMS)), 1400)


@pytest.mark.slow
@pytest.mark.parametrize("case, form", [pytest.param(*one, id=f"{one[0].name}-{one[1]}") for one in part_of(TRIED, 24)])
def test_points_of_a_changed_mistake_are_the_same_when_it_is_explained(room03, case, form):
    names = tuple(re.findall(r"^def (\w+)", case.text, re.MULTILINE))
    changed = WRAP.replace("WAY", FORMS[form]).replace("NAMES", repr(names))
    text = room03.solution + "\n\n" + case.text + changed
    (alone,) = room03.grade(text, only=(case.question,)).questions
    result = room03.grade(text, only=(case.question,), explainer=room03.explainer())
    (row,) = result.questions
    assert (row.points, row.outcome) == (alone.points, alone.outcome)
    kinds = {fact.kind for fact in result.facts}
    assert not kinds & {"lost", "no-cause-looked-for", "no-picture"}, result.message
