"""Several mistakes in one submission, one mistake in several questions, and numbers that fit by chance."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.turns(3)
# a right answer to each question that the cases below change, in a student's own form
BACKWARD = """
def backward(cache, Y, params):
    M = len(Y)
    error = cache["Y_hat"] - Y
    d2 = 2 * error / M
    dW2 = cache["H"].T @ d2
    db2 = d2.sum(axis=0, keepdims=True)
    d1 = d2 @ params["W2"].T * cache["H"] * (1 - cache["H"])
    dW1 = cache["X"].T @ d1
    db1 = d1.sum(axis=0, keepdims=True)
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
"""
TRAIN = """
def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    p, curve = dict(params), []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            g = backward(forward(X[rows], p), Y[rows], p)
            p = gradient_step(p, g, learning_rate)
        curve.append(mse_loss(forward(X, p)["Y_hat"], Y))
    return p, curve
"""


def told(room, text, *ids):
    """The causes of some questions, with what was found of all."""
    rows = {row.id: row for row in room.grade(room.solution + text, explainer=room.explainer()).questions}
    return [rows[id] for id in ids]


def changed(text, *changes):
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def codes(row):
    return [cause.code for cause in row.diagnosis.causes]


def lines(text, row, *wanted):
    """Whether the places of a row's causes are the lines that hold some code."""
    numbers = [next(n for n, line in enumerate(text.splitlines(), 1) if code in line) for code in wanted]
    found = [(cause.place.line, cause.place.until or cause.place.line) for cause in row.diagnosis.causes]
    return all(first <= number <= last for (first, last), number in zip(found, numbers, strict=True))


def test_each_of_three_mistakes_in_a_function_is_named_with_its_line(room03):
    text = changed(
        BACKWARD,
        ("db2 = d2.sum(axis=0, keepdims=True)", "db2 = d2.mean(axis=0, keepdims=True)"),
        ('dW2 = cache["H"].T @ d2', 'dW2 = -cache["H"].T @ d2'),
        ('* cache["H"] * (1 - cache["H"])', '* (1 - cache["H"] ** 2)'),
    )
    (row,) = told(room03, text, "03.5")
    assert sorted(codes(row)) == ["mean-twice", "other-derivative", "sign"]
    about = {name for cause in row.diagnosis.causes for name in cause.about}
    assert about == {"W1", "b1", "W2", "b2"}
    for cause, code in zip(row.diagnosis.causes, codes(row), strict=True):
        wanted = {"mean-twice": "db2 = ", "sign": "dW2 = ", "other-derivative": "d1 = "}[code]
        line = next(n for n, one in enumerate((room03.solution + text).splitlines(), 1) if wanted in one and n > 600)
        assert cause.place.line == line, row.diagnosis.text


def test_factor_that_one_value_shows_alone_is_told_apart_from_another_beside_it(room03):
    text = changed(
        BACKWARD,
        ("d2 = 2 * error / M", "d2 = 2 * error"),
        ("db1 = d1.sum", "db1 = -d1.sum"),
    )
    (row,) = told(room03, text, "03.5")
    assert codes(row) == ["missing-mean", "sign"]
    assert row.diagnosis.causes[1].about == ("b1",)


@pytest.mark.parametrize(
    "old, new",
    [
        ("M = len(Y)", "M = len(cache)"),  # 4, whatever the sizes are
        ("M = len(Y)", "M = 4"),
    ],
)
def test_count_of_another_thing_is_no_product_of_small_factors(room03, old, new):
    (row,) = told(room03, changed(BACKWARD, (old, new)), "03.5")
    assert codes(row) == ["wrong-count"] and "You divide by 4" in row.diagnosis.text


def test_own_rate_is_no_factor(room03):
    # twice the rate of one fixture, and of no other
    (row,) = told(room03, changed(TRAIN, ("g, learning_rate)", "g, 0.1)")), "03.7")
    assert row.diagnosis is None or set(codes(row)) <= {"not-used", "constant", "hard-coded"}, row.diagnosis


def test_later_question_names_what_it_builds_on_and_tells_no_story_of_its_own(room03):
    text = changed(BACKWARD, ("error = cache", "error = 0.9 * cache")).replace("def backward", "def backward")
    text += "\n\ndef sigmoid(Z):\n    return 0.25 + np.tanh(Z / 2) / 2\n"
    text += "\n\ndef softmax(Z):\n    E = np.exp(Z - Z.max(axis=1, keepdims=True))\n    return E / E.sum()\n"
    first, third, tenth = told(room03, text, "03.1", "03.3", "03.10")
    assert first.diagnosis is None or first.diagnosis.code != "follows"
    assert third.diagnosis.code == "follows" and "sigmoid" in third.diagnosis.text and "03.1" in third.diagnosis.text
    assert "sigmoid" in tenth.diagnosis.text and "softmax" in tenth.diagnosis.text, tenth.diagnosis.text
    assert "not right yet (03.1 and 03.8)" in tenth.diagnosis.text


def test_a_wrong_function_that_is_never_called_is_not_what_a_question_builds_on(room03):
    text = """

def sigmoid(Z):
    return -1 / (1 + np.exp(-Z))


def forward(X, params):
    if len(X) == 0:
        return {"X": X, "H": sigmoid(X)}
    Z1 = X @ params["W1"]
    H = 1 / (1 + np.exp(-Z1))
    return {"X": X, "Z1": Z1, "H": H, "Y_hat": H @ params["W2"] + params["b2"]}
"""
    first, third = told(room03, text, "03.1", "03.3")
    assert codes(first) == ["sign"] and codes(third) == ["missing-term"], third.diagnosis


def test_misspelt_name_in_a_helper_is_told_once(room03):
    text = "\n\ndef sigmoid(Z):\n    return 1 / (1 + np.exp(-Zz))\n"
    first, third, tenth = told(room03, text, "03.1", "03.3", "03.10")
    assert first.facts[0].kind.startswith("raised") or "Zz" in first.message
    for later in (third, tenth):
        assert later.diagnosis.code == "follows" and "03.1" in later.diagnosis.text


def test_mistake_in_a_helper_that_is_right_elsewhere_is_not_blamed_on_it(room03):
    text = """

def classifier_forward(X, params):
    cache = forward(X, params)
    cache["Y_hat"] = softmax(sigmoid(cache["Y_hat"]))
    return cache
"""
    (row,) = told(room03, text, "03.10")
    assert codes(row) == ["extra-activation"] and row.diagnosis.causes[0].place.function == "classifier_forward"


def test_step_of_one_parameter_that_goes_uphill(room03):
    text = """

def gradient_step(params, grads, learning_rate):
    new = {name: params[name] - learning_rate * grads[name] for name in ("W1", "b1", "b2")}
    new["W2"] = params["W2"] + learning_rate * grads["W2"]
    return new
"""
    (row,) = told(room03, text, "03.6")
    assert codes(row) == ["sign"] and row.diagnosis.text.startswith("The step of W2 has the wrong sign.")


def test_what_is_not_explained_is_located(room03):
    text = changed(BACKWARD, ('dW1 = cache["X"].T @ d1', 'dW1 = np.cbrt(cache["X"].T @ d1)'))
    (row,) = told(room03, text, "03.5")
    line = next(n for n, one in enumerate((room03.solution + text).splitlines(), 1) if "np.cbrt(cache" in one)
    assert row.diagnosis is None
    assert row.facts[-1].kind == "comes-from" and row.facts[-1].place.line == line


def test_numpy_on_the_tape_is_told_with_its_line_and_once(room04):
    text = """

def mse_loss(Y_hat, Y):
    squares = np.square((Y_hat - Y).numpy())
    return tf.reduce_mean(tf.reduce_sum(tf.constant(squares), axis=1))
"""
    text = "\n\nimport numpy as np\n" + text
    third, *others = told(room04, text, "04.3", "04.4", "04.5")
    line = next(n for n, one in enumerate((room04.solution + text).splitlines(), 1) if "np.square((" in one)
    for one in (third, others[0]):
        assert codes(one) == ["off-the-tape"] and one.diagnosis.causes[0].place.line == line
    assert all(one.diagnosis.causes[0].follows == ("04.3",) for one in others)


def test_function_that_is_right_is_not_what_others_stumble_over(room04):
    text = """

def forward(X, params):
    H = tf.sigmoid(tf.matmul(params["W1"], X, transpose_a=True, transpose_b=True) + tf.transpose(params["b1"]))
    return tf.matmul(params["W2"], H, transpose_a=True) + tf.transpose(params["b2"])
"""
    for row in told(room04, text, "04.4", "04.5"):
        assert "forward" in row.diagnosis.text and "mse_loss" not in row.diagnosis.text, row.diagnosis.text
