"""What a student is told: how much, in which order, and what follows from what."""

from __future__ import annotations

import re

import pytest

from tests.slices import part_of

pytestmark = pytest.mark.turns(4)
# a loss of another kind, and its right derivative
OWN_LOSS = """

def mse_loss(Y_hat, Y):
    return float(np.mean((Y_hat - Y) ** 2) ** 1.5)


def backward(cache, Y, params):
    X, H, P = cache["X"], cache["H"], cache["Y_hat"]
    D2 = 1.5 * np.sqrt(np.mean((P - Y) ** 2)) * 2 * (P - Y) / P.size
    D1 = D2 @ params["W2"].T * H * (1 - H)
    return {"W1": X.T @ D1, "b1": D1.sum(axis=0, keepdims=True), "W2": H.T @ D2, "b2": D2.sum(axis=0, keepdims=True)}
"""
SLOPE = """

def backward(cache, Y, params):
    D2 = 2 * (cache["Y_hat"] - Y) / len(Y)
    D1 = D2 @ params["W2"].T * cache["Z1"] * (1 - cache["Z1"])
    b1, b2 = (D.sum(axis=0, keepdims=True) for D in (D1, D2))
    return {"W1": cache["X"].T @ D1, "b1": b1, "W2": cache["H"].T @ D2, "b2": b2}
"""


def diagnosis(room, text, id, level=""):
    (row,) = room.grade(room.solution + text, only=(id,), explainer=room.explainer(level)).questions
    return row.diagnosis, row


def test_right_derivative_of_a_wrong_loss_is_told_from_a_wrong_backward_pass(room03):
    found, _ = diagnosis(room03, OWN_LOSS, "03.5")
    assert found.code == "own-loss"
    other, _ = diagnosis(room03, OWN_LOSS.replace("1.5 * np.sqrt", "1.4 * np.sqrt"), "03.5")
    assert other is None or other.code != "own-loss"
    right_loss = OWN_LOSS.partition("def backward")[0].replace("** 1.5", "** 1.0 * Y.shape[1]")
    backward = "def backward" + OWN_LOSS.partition("def backward")[2]
    other, _ = diagnosis(room03, right_loss + backward, "03.5")
    assert other is None or other.code != "own-loss"


def test_levels_say_more_and_more(room03):
    texts = [diagnosis(room03, SLOPE, "03.5", level)[0].text for level in ("where", "kind", "value", "lecture")]
    where, kind, value, lecture = texts
    assert "W1 and b1" in where and "derivative" not in where
    assert "derivative" in kind and "Z1" not in kind and kind.startswith("W1 and b1")
    assert "Z1" in value and "params['W2']" not in value
    assert lecture.startswith(value.rstrip(".")) and room03.assignment.lectures["03.5"] in lecture


def test_picture_is_drawn_of_a_public_test_and_of_no_hidden_one(room03):
    _, row = diagnosis(room03, SLOPE, "03.5")
    assert row.picture.kind == "heatmap" and row.picture.tensor == "W1" and not row.picture.hidden
    # right for small scores and for those around 1000: the hidden test alone fails
    between = """
from_the_solution = softmax
def softmax(Z):
    P = from_the_solution(Z)
    return P[::-1] if 20 < Z.max() < 500 else P
"""
    _, row = diagnosis(room03, between, "03.8")
    assert row.outcome == "failed" and row.picture is None


def test_passing_answers_carry_nothing(room03):
    result = room03.grade(room03.solution, explainer=room03.explainer())
    assert all(row.diagnosis is None and row.picture is None for row in result.questions)


@pytest.mark.parametrize("number", ["np.nan", "np.inf", "1e160", "1.7976931348623157e308"])
def test_what_is_no_usual_number_proves_nothing_about_state(room03, number):
    text = f"""
def softmax(Z):
    return np.full(Z.shape, {number})
"""
    found, row = diagnosis(room03, text, "03.8")
    assert row.outcome == "failed" and (found is None or found.code in ("not-finite", "constant", "wrong-value"))


def test_hidden_test_tells_what_is_wrong_and_no_number(room03):
    # right for the values of the public tests, wrong for those between
    text = """
def sigmoid(Z):
    E = np.exp(-np.abs(Z))
    right = np.where(Z >= 0, 1, E) / (1 + E)
    return np.where((np.abs(Z) > 80) & (np.abs(Z) < 100), 0.123456, right)
"""
    _, row = diagnosis(room03, text, "03.1")
    assert row.outcome == "failed" and row.picture is None
    first, hidden, place = row.message.splitlines()
    assert (first, hidden) == ("The result is not right.", "This test is hidden, so its numbers are not shown.")
    assert re.fullmatch(r"The wrong value of the result comes from line \d+, in sigmoid\.", place)


def test_factor_that_a_hidden_test_alone_shows_is_told_without_its_number(room03):
    text = """
from_the_solution = mse_loss
def mse_loss(Y_hat, Y):
    loss = from_the_solution(Y_hat, Y)
    return loss * len(Y) if Y.dtype == np.float32 else loss
"""
    found, row = diagnosis(room03, text, "03.4")
    assert found.code == "missing-mean" and [part.outcome for part in row.parts] == ["passed", "failed"]
    told = re.sub(r"line \d+", "", f"{found.text} {row.message}")
    assert "mean over the examples is missing" in told and not re.search(r"\d", told), told
    found, _ = diagnosis(room03, text.replace(" if Y.dtype == np.float32 else loss", ""), "03.4")
    assert "7 times too large" in found.text


def test_line_of_a_hidden_check_is_told_without_its_numbers(rooms):
    text = """
from_the_solution = overfit_tiny_batch
def overfit_tiny_batch(build, X, Y, steps):
    first, *others = from_the_solution(build, X, Y, steps)
    return [first + 0.5 * (steps == 70), *others]
"""
    room = rooms("10_search")
    (row,) = room.grade(room.solution + text, only=("10.5",)).questions
    first, hidden = row.message.splitlines()
    assert first == "Your first loss is …; expected ln … = …, that of the untrained model"
    assert hidden == "This test is hidden, so its numbers are not shown."


def test_probability_below_zero_is_seen(room03):
    text = """
from_the_solution = softmax
def softmax(Z):
    P = from_the_solution(Z)
    return np.where(P == P.min(), P - 1e-13, P) if P.min() < 1e-14 else P
"""
    _, row = diagnosis(room03, text, "03.8")
    assert row.outcome == "failed" and "below 0 or above 1" in row.message


def test_what_a_check_says_is_not_said_again_in_general_words(room03):
    found, row = diagnosis(room03, "\n\ndef sigmoid(Z):\n    1 / (1 + np.exp(-Z))\n", "03.1")
    assert found.code == "no-return" and row.message.startswith("`sigmoid` returns None.") and not row.cause


def test_numbers_that_are_not_finite_are_told_with_how_far_the_given_ones_reach(room03):
    found, row = diagnosis(room03, "\n\ndef sigmoid(Z):\n    return np.exp(Z) / (1 + np.exp(Z))\n", "03.1")
    assert found.code == "not-finite" and "NaN" in row.message
    assert re.search(r"the numbers given go from -?[\d.]+ to [\d.]{4,}\.", row.message), row.message


OVERFLOWS = "\n\ndef sigmoid(z):\n    return 1 / (1 + np.exp(-z))\n"


BESIDE_AN_OVERFLOW = [
    ("02.10", "plain = slide_loss\ndef slide_loss(*given):\n    return np.array([plain(*given)])\n", "shape"),
    ("02.5", "def error(x, y, w, b):\n    return float(np.mean((sigmoid(w * x + b) - y) ** 2) / 2)\n", "mean-twice"),
    ("02.8", "def predict_proba(X, w, b):\n    return sigmoid(X @ w)\n", "missing-term"),
]


# slow: the bank of another assignment is made
@pytest.mark.slow
@pytest.mark.parametrize("id, text, code", part_of(BESIDE_AN_OVERFLOW, few=0))
def test_what_overflows_for_large_numbers_alone_takes_nobodys_cause(rooms, id, text, code):
    room = rooms("02_neuron")
    rows = room.grade(room.solution + OVERFLOWS + "\n" + text, explainer=room.explainer()).questions
    found = {row.id: row.diagnosis.code for row in rows if row.diagnosis}
    assert found["02.4"] == "unstable" and found[id] == code
