"""Functions in place of wrong ones: right answers are right on them, and mistakes are found."""

from __future__ import annotations

import contextlib

import numpy as np
import pytest

from autograder.carrying.composed import Composed, OwnReference, StoodIn
from autograder.carrying.decoys import Decoys, NoDecoy
from autograder.carrying.remembered import Remembered
from autograder.carrying.ways import ways_of
from autograder.defaults import DEFAULT_SEED
from autograder.engine.session import Session
from autograder.engine.setup import Setup
from autograder.errors import UsageError
from autograder.handin.submissions import Submission
from autograder.isolation.inside.standing_in import StandIns
from autograder.wire import Handle, Remote, Tensor, Variable, encode
from tests.slices import part_of

pytestmark = pytest.mark.turns(4)
# a question, and one that it builds on
PAIRS = [
    ("03_numpy_net", "03.3", "03.1"),
    ("03_numpy_net", "03.7", "03.3"),
    ("03_numpy_net", "03.7", "03.4"),
    ("03_numpy_net", "03.7", "03.5"),
    ("03_numpy_net", "03.7", "03.6"),
    ("03_numpy_net", "03.10", "03.3"),
    ("03_numpy_net", "03.10", "03.8"),
    ("04_tape_net", "04.4", "04.2"),
    ("04_tape_net", "04.4", "04.3"),
    ("04_tape_net", "04.5", "04.2"),
    ("04_tape_net", "04.5", "04.3"),
    ("04_tape_net", "04.7", "04.5"),
]
# decoys must find nearly all of the mistakes that are found otherwise
SHARE = 0.9
MOST = 40


class Stand:
    """A question of an assignment on decoys of another one's functions."""

    def __init__(self, room, question, wrong):
        self.room, self.question = room, question
        self.way = ways_of(room.assignment)[0]
        self.parts = self.way.parts
        self.store = room.store(DEFAULT_SEED)
        names = [name for name, id in self.parts.questions.items() if id == wrong]

        def form(name, arguments, options):
            with contextlib.suppress(UsageError):
                return self.store.computed([{"do": "call", "name": name, "arguments": arguments, "options": options}])
            return None

        self.tests = [test for test in room.suite.tests if test.question.id == question]
        self.decoys = Decoys({test.name: frozenset(names) for test in self.tests}, frozenset(names), form, 1)

    def setup(self, path):
        source, room = Submission(path.stem, path).read().source, self.room
        return Setup(room.spawner, source, room.assignment.limits, DEFAULT_SEED, forbidden=room.suite.forbidden)

    def runs(self, session, composed, tests):
        wanted = {test.name for test in tests}
        reference = OwnReference(self.store, composed, self.way, self.question, self.decoys)
        return self.room.suite.run(session, reference, lambda test: test.name in wanted, own=self.decoys)


@pytest.mark.slow
@pytest.mark.parametrize("name, question, wrong", part_of(PAIRS, few=4))
def test_right_answers_are_right_on_decoys(rooms, name, question, wrong):
    room = rooms(name)
    stand = Stand(room, question, wrong)
    setup = stand.setup(room.assignment.solution)
    composed = Composed(setup, room.assignment, stand.way)
    session = StoodIn(Session(setup), stand.parts, question, stand.decoys)
    try:
        runs = stand.runs(session, composed, stand.tests)
    finally:
        session.close()
        composed.close()
        stand.store.close()
    assert stand.decoys.asked
    assert all(run.outcome == "passed" for run in runs), [(run.test, run.facts) for run in runs]


@pytest.mark.parametrize("name, question, wrong", [PAIRS[3], PAIRS[6], PAIRS[9]])
def test_mistakes_are_found_on_decoys(rooms, name, question, wrong):
    room = rooms(name)
    stand = Stand(room, question, wrong)
    setup = stand.setup(room.assignment.solution)
    composed, student = (Composed(setup, room.assignment, stand.way) for _ in range(2))
    found, missed = 0, []
    try:
        for number, mutant in enumerate(room.bank.mutants):
            tests = [test for test in stand.tests if number in finding(room.bank, test.name)]
            if not tests or stand.parts.questions.get(mutant.owner) != question:
                continue
            student.compose(question, stand.decoys, stand.way, mutant.source)
            if any(run.outcome != "passed" for run in stand.runs(student, composed, tests)):
                found += 1
            else:
                missed.append(mutant.author_text)
            if found + len(missed) == MOST:
                break
    finally:
        composed.close()
        student.close()
        stand.store.close()
    assert found >= SHARE * (found + len(missed)) > 3, missed


def test_a_mistake_is_still_there_when_the_reference_has_been_asked(room03):
    stand = Stand(room03, "03.7", "03.5")
    composed = Composed(stand.setup(room03.assignment.solution), room03.assignment, stand.way)
    reference = OwnReference(stand.store, composed, stand.way, "03.7", stand.decoys)
    stand.decoys.begin("test_train")
    X, rng = np.ones((4, 2)), Remote("numpy.random.default_rng", 1)
    params = {"W1": X[:2], "b1": X[:1], "W2": X[:2], "b2": X[:1]}
    call = {"name": "train", "arguments": (X, X, params, 0.1, 2, 2, rng), "options": {}}
    try:
        composed.compose("03.7", stand.decoys, stand.way, "def train(*_):\n    return 'wrong'\n")
        right = reference.value([{"do": "call", **call}])["value"]
        assert len(right[1]) == 2 and composed.request("call", **call)["value"] == "wrong"
        # known by now, and asked for without loading anything
        assert reference.value([{"do": "call", **call}])["value"][1] == right[1]
    finally:
        composed.close()
        stand.store.close()


def finding(bank, test):
    return {one.mutant for one in bank.answers[test] if one.outcome != "passed"}


def decoys_of(right, seed=7):
    return Decoys({"": frozenset(["f"])}, frozenset(["f"]), lambda *_: right, seed)


def test_a_decoy_is_smooth_and_of_the_form_that_is_asked_for():
    right = {"value": {"W1": np.zeros((3, 2)), "loss": 1.0, "count": 4}, "changed": []}
    decoys = decoys_of(right)
    X = np.ones((4, 3))
    one, two = (decoys.answer("f", (given, 2), {})["value"] for given in (X, X + 1e-9))
    assert one["W1"].shape == (3, 2) and type(one["loss"]) is float and one["count"] == 4
    assert one["W1"].min() > 0 and one["W1"].max() < 1
    np.testing.assert_allclose(one["W1"], two["W1"], atol=1e-8)
    far = decoys.answer("f", (X + 1, 2), {})["value"]
    assert np.abs(far["W1"] - one["W1"]).max() > 0.01
    assert not np.allclose(decoys_of(right, 8).answer("f", (X, 2), {})["value"]["W1"], one["W1"])


def test_the_derivative_of_a_decoy_is_its_own():
    right = {"value": Tensor(np.zeros((4, 2))), "changed": []}
    decoys = decoys_of(right)
    rng = np.random.default_rng(0)
    X, above = Tensor(rng.normal(size=(4, 3))), rng.normal(size=(4, 2))
    params = {"W2": Variable(rng.normal(size=(3, 2))), "W1": Variable(rng.normal(size=(2,)))}
    of_X, of_W1, of_W2 = decoys._derivative("f", (X, params), {}, [Tensor(above)])

    def value(X, params):
        return float(np.sum(above * decoys.answer("f", (X, params), {})["value"].array))

    for given, slope in ((X, of_X), (params["W1"], of_W1), (params["W2"], of_W2)):
        way = rng.normal(size=given.array.shape)
        ends = []
        for sign in (1e-6, -1e-6):
            moved = type(given)(given.array + sign * way)
            ends.append(value(moved if given is X else X, {k: moved if v is given else v for k, v in params.items()}))
        assert (ends[0] - ends[1]) / 2e-6 == pytest.approx(float(np.sum(way * slope.array)), rel=1e-5)


def asking(name, *arguments, **more):
    question = {"ask": name, "arguments": arguments, "options": {}, "variables": {}, "objects": {}, "upstream": None}
    return question | more


@pytest.mark.parametrize(
    "question",
    [
        {},
        {"ask": "f"},
        asking("solution"),
        {"ask": ["f"], "arguments": 3, "options": 4, "variables": 5, "objects": 6, "upstream": 7},
        asking("f", Handle(1, "x"), objects={"1": [0]}),
        asking("f", upstream=[1, 2]),
        asking("f", np.full(3, np.nan), options={"a": 10**400}),
    ],
)
def test_whatever_a_submission_asks_is_no_error(question):
    decoys = decoys_of({"value": 1.0, "changed": []})
    assert decoys.reply(question) in ({},) or "value" in decoys.reply(question)


DRAWN = {"value": np.zeros(2), "changed": []}
AS_IT_IS = {"value": [np.zeros(2), 4], "changed": []}


@pytest.mark.parametrize("right, times", [(DRAWN, 1), (AS_IT_IS, 2)], ids=["drawn", "with a number as it is"])
def test_what_comes_of_decoys_is_computed_once_for_a_class(right, times):
    """What was asked for it is known as well. A whole number hangs on the values that a function gets."""
    remembered, forms, computed = Remembered(), [], []
    names = frozenset(["f"])

    def form(*_):
        forms.append(1)
        return right

    def value_for_another():
        decoys = Decoys({"": names}, names, form, 7, remembered=remembered)

        def compute():
            computed.append(1)
            return encode(decoys.answer("f", (np.ones(3), 2), {})["value"])

        value = decoys.remembered(b"request", compute)
        assert list(decoys.asked) == ["f"]
        return decoys, value

    (_, one), (decoys, two) = value_for_another(), value_for_another()
    assert one == two and len(computed) == len(forms) == 1
    # other values of the same form, the same once more, another form, another whole number
    for given, more in (
        ((np.zeros(3), 2), times - 1),
        ((np.zeros(3), 2), 0),
        ((np.ones(4), 2), 1),
        ((np.ones(4), 3), 1),
    ):
        before = len(forms)
        decoys.answer("f", given, {})
        assert len(forms) - before == more, given


def test_what_is_remembered_of_decoys_has_an_end():
    remembered = Remembered()
    for number in range(40):
        remembered.keep(str(number), bytes(2**20))
    assert remembered.value("0") is None and remembered.value("39") == (bytes(2**20), ())
    remembered.keep("large", bytes(2**26))
    assert remembered.value("large") is None


def test_what_is_turned_is_what_it_was_afterwards():
    """Also where two names are those of one function, and where it has defaults."""
    names = {}
    exec("def f(x, y=2, *, z=3):\n    return x + y + z\n\ng = f\nkept = {'f': f}\n", names)
    before = names["f"]
    stand_ins = StandIns(None, None, None, iter(()))
    with pytest.raises(AttributeError), stand_ins.standing_in(["f", "g"], names, names.get):
        assert names["f"] is not before
        names["kept"]["f"](1)  # nobody is there to be asked
    assert names["f"] is names["g"] is before and names["kept"]["f"](1) == 6


def test_there_is_no_decoy_of_an_object():
    for value in (None, Handle(3, "Sequential")):
        with pytest.raises(NoDecoy):
            decoys_of({"value": value, "changed": []}).answer("f", (), {})
