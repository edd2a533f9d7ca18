"""A copy without the solution: what is told of wrong answers with a bank, and without one. And how authors make it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import numpy as np
import pytest

from autograder.assignment.definition import find_assignment
from autograder.defaults import DEFAULT_SEED
from autograder.engine.grader import Grader
from autograder.engine.observed import Observed
from autograder.explain.diagnosis import trials, without_bank
from autograder.explain.diagnosis.explainer import Explainer
from autograder.explain.mutation.kept import keep
from autograder.explain.mutation.roles import functions_of
from autograder.explain.travelling import file, sealing, steps
from autograder.explain.travelling.file import is_up_to_date, made
from autograder.facts.fact import Fact
from autograder.handin.submissions import Submission
from autograder.isolation.host.choice import new_template
from tests.explain.kits import OTHER_DERIVATIVE, WITHOUT_MEAN, Kit
from tests.explain.small_bank import a_bank

pytestmark = pytest.mark.turns(4)


def wrong_rows(result: dict) -> list[dict]:
    return [row for row in result["questions"] if row["diagnosis"]]


def causes(result: dict) -> dict[str, str]:
    return {row["id"]: row["diagnosis"]["text"] for row in wrong_rows(result)}


def line_of(path: Path, text: str) -> int:
    return 1 + next(number for number, line in enumerate(path.read_text("utf-8").splitlines()) if line.startswith(text))


def test_a_copy_without_the_solution_has_causes_and_learns_nothing(tmp_path):
    kit = Kit.of("03", tmp_path)
    wrong = kit.submission(OTHER_DERIVATIVE)
    result = kit.check(wrong, "--help-level", "value")
    line = line_of(wrong, "    D1 = D2 @ ")
    told = f"a derivative is taken at the wrong value. Look at lines {line} to {line + 2}, in backward."
    # what is quoted is the student's own
    assert causes(result) == {"03.5": f"W1 and b1: {told} You computed `Z1` where something else belongs."}
    assert not result["message"] and result["score"] == 22.75
    status, out = kit.run("check", kit.assignment.folder, wrong)
    assert status == 1 and "bank" not in out and "learning" not in out
    assert {path.name for path in kit.cache.glob("*")} <= {"checked"}


def test_a_copy_of_04_as_well(tmp_path):
    kit = Kit.of("04", tmp_path)
    changed = kit.submission(("tf.reduce_mean(tf.reduce_sum(", "tf.reduce_sum(tf.reduce_sum("))
    found = causes(kit.check(changed, "-q", "04.3"))
    assert "7 is your number of examples" in found["04.3"]
    taped = "    with tf.GradientTape() as tape:\n        loss = mse_loss(forward(X, params), Y)"
    late = "    Y_hat = forward(X, params)\n    with tf.GradientTape() as tape:\n        loss = mse_loss(Y_hat, Y)"
    found = causes(kit.check(kit.submission((taped, late)), "-q", "04.4"))
    assert found["04.4"].startswith("W1, b1, W2 and b2: the tape finds no way from the loss back to here.")


def test_the_whole_bank_is_taken_where_the_cache_has_it(tmp_path, monkeypatch):
    monkeypatch.setenv("AUTOGRADER_CACHE", str(tmp_path))
    assignment = find_assignment("03")
    keep(a_bank(), assignment, DEFAULT_SEED)
    notes: list[Fact] = []
    whole = Explainer(assignment, DEFAULT_SEED)._bank_for([], notes)
    assert list(whole.right) == ["test_public", "test_hidden"]
    monkeypatch.setenv("AUTOGRADER_CACHE", str(tmp_path / "empty"))
    travelling = Explainer(assignment, DEFAULT_SEED)._bank_for([], notes)
    assert len(travelling.mutants) > 1000 and not notes


def test_a_function_that_is_used_is_not_blamed_alone(tmp_path):
    # what a flipped sign in `sigmoid` would give as well
    kit = Kit.of("03", tmp_path)
    wrong = kit.submission(("H = sigmoid(Z1)", "H = 1 - sigmoid(Z1)"))
    (row,) = wrong_rows(kit.check(wrong, "-q", "03.3"))
    (cause,) = row["diagnosis"]["causes"]
    # the values that were recorded show that `sigmoid` gives what it should
    place = cause["place"]
    assert (place["function"], place["line"]) == ("forward", line_of(wrong, "    H = 1 - sigmoid"))


def test_a_function_that_was_not_judged_is_not_blamed(tmp_path):
    # right for 03.5, which nobody has asked for: it is its use that is wrong
    kit = Kit.of("03", tmp_path)
    wrong = kit.submission()
    wrong.write_text(wrong.read_text("utf-8") + "\n\ndef classifier_backward(*given):\n    return backward(*given)\n")
    told = causes(kit.check(wrong, "-q", "03.11"))["03.11"]
    assert "2 times too large" in told and "Look at" not in told


def test_of_two_lines_with_one_value_the_one_that_is_returned_is_told(tmp_path):
    kit = Kit.of("03", tmp_path)
    before = """        "b1": np.sum(d_Z, axis=0, keepdims=True),
        "W2": H.T.dot(d_Y),
        "b2": np.sum(d_Y, axis=0, keepdims=True),
"""
    after = """        "b1": b1,
        "W2": H.T.dot(d_Y),
        "b2": b2,
"""
    values = """    b2 = np.sum(d_Y, axis=0, keepdims=True)
    b1 = np.sum(d_Y, axis=0, keepdims=True)
    return {
        "W1": X.T.dot(d_Z),
"""
    wrong = kit.submission((before, after), ('    return {\n        "W1": X.T.dot(d_Z),\n', values))
    (row,) = wrong_rows(kit.check(wrong, "-q", "03.12"))
    places = [cause["place"] for cause in row["diagnosis"]["causes"] if cause["place"]]
    assert [place["line"] for place in places] == [line_of(wrong, "    b1 = np.sum(d_Y")]


def test_without_recorded_steps_a_function_that_is_used_is_not_blamed_alone(tmp_path):
    kit = Kit.of("03", tmp_path)
    kit.assignment.travelling_steps.unlink()
    wrong = kit.submission(("H = sigmoid(Z1)", "H = 1 - sigmoid(Z1)"))
    (row,) = wrong_rows(kit.check(wrong, "-q", "03.3"))
    (cause,) = row["diagnosis"]["causes"]
    assert cause["place"] is None or cause["place"]["function"] == "forward and sigmoid"


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda _: b"", lambda data: data[:300] + b"x" + data[301:]])
def test_damaged_steps_cost_the_line_and_nothing_else(tmp_path, damage):
    kit = Kit.of("03", tmp_path)
    path = kit.assignment.travelling_steps
    path.write_bytes(damage(path.read_bytes()))
    result = kit.check(kit.submission(OTHER_DERIVATIVE), "-q", "03.5")
    assert causes(result) == {"03.5": "W1 and b1: a derivative is taken at the wrong value."}
    assert not result["message"]


def test_steps_hold_values_and_no_name():
    assignment = find_assignment("03")
    content = sealing.unsealed(assignment, assignment.travelling_steps, "steps", steps.VERSION)
    solution = assignment.solution.read_text("utf-8")
    names = {name for name in re.findall(r"[A-Za-z_]{4,}", solution) if name.encode() in content}
    assert not names & set(functions_of(ast.parse(solution)))
    # in no order of the computation
    for found in steps.travelling_steps(assignment).values():
        keys = [(note.size, note.numbers) for note in found]
        assert keys == sorted(keys) and len(set(keys)) == len(keys)


def test_with_the_solution_lines_are_told_and_nothing_is_learned(tmp_path):
    kit = Kit.of("03", tmp_path, solution=True)
    wrong = kit.submission(OTHER_DERIVATIVE)
    (row,) = wrong_rows(kit.check(wrong))
    line = wrong.read_text("utf-8").splitlines().index("    D1 = D2 @ " + OTHER_DERIVATIVE[1]) + 1
    place = row["diagnosis"]["causes"][0]["place"]
    assert row["diagnosis"]["code"] == "derivative-value"
    # the mistake is in this line, or in one of these
    assert place["function"] == "backward" and place["line"] <= line <= (place["until"] or place["line"]) <= line + 2
    assert {path.name for path in kit.cache.glob("*")} <= {"checked"}


def test_a_changed_solution_is_not_explained_by_the_old_bank(tmp_path):
    kit = Kit.of("03", tmp_path, solution=True)
    path = kit.assignment.solution
    path.write_text(path.read_text("utf-8") + "\nCHANGED = True\n", "utf-8")
    result = kit.check(kit.submission(OTHER_DERIVATIVE))
    assert not causes(result)
    assert "(authors: `autograder build 03_numpy_net`)" in result["message"]


# without a bank


def test_without_a_bank_the_recorded_values_prove_a_factor(tmp_path):
    kit = Kit.of("03", tmp_path)
    kit.bank.unlink()
    wrong = kit.submission(WITHOUT_MEAN)
    result = kit.check(wrong)
    told = "W1, b1, W2 and b2 are all 7 times too large. 7 is your number of examples, so a mean over the examples is "
    assert causes(result) == {"03.5": told + f"missing. Look at line {line_of(wrong, '    D2 = 2')}, in backward."}
    assert "There is no bank" in result["message"]


KEPT = """

SEEN = []
right = mse_loss


def mse_loss(Y_hat, Y):
    SEEN.append(1)
    return right(Y_hat, Y) + len(SEEN)
"""


def test_without_a_bank_a_second_call_proves_what_is_kept(tmp_path, monkeypatch):
    # on a busy machine as well
    monkeypatch.setattr(trials, "_SECONDS", 60.0)
    monkeypatch.setenv("AUTOGRADER_CACHE", str(tmp_path / "cache"))
    kit = Kit.of("03", tmp_path)
    kit.bank.unlink()
    path = kit.submission()
    path.write_text(path.read_text("utf-8") + KEPT, "utf-8")
    template = new_template("numpy")
    spawner = template.control()
    explainer = Explainer(kit.assignment, DEFAULT_SEED)
    grader = Grader(kit.assignment, spawner, hidden=False, only=("03.4",), explainer=explainer)
    (row,) = grader.grade(Submission("mine", path)).result.questions
    grader.close()
    spawner.close()
    template.close()
    assert row.diagnosis.code == "kept-state"


@pytest.mark.parametrize("shape", [(7, 5), (5, 7)])
def test_the_number_of_examples_is_known_wherever_they_lie(shape):
    one = Observed("f", None, arguments=(np.ones(shape), np.ones((shape[0], 3))))
    declared = [{"examples": 7, "features": 5, "outputs": 3}, {"examples": 11, "features": 3, "outputs": 2}]
    assert without_bank._sizes(one, declared)[0] == ("number of examples", 7)


def test_without_a_bank_a_second_call_with_another_seed_proves_that_the_seed_is_not_used(tmp_path):
    kit = Kit.of("03", tmp_path)
    wrong = kit.submission(("order = rng.permutation(len(X))", "order = np.arange(len(X))"))
    assert causes(kit.check(wrong)) == {"03.7": "W1, b1, W2, b2 and losses: the examples are not shuffled."}
    kit.bank.unlink()
    told = "The randomness is not the one that was given: another seed or generator, another order of draws, or none."
    assert causes(kit.check(wrong)) == {"03.7": told}


# an author


def test_a_bank_is_out_of_date_when_what_it_was_made_of_is(tmp_path):
    kit = Kit.of("03", tmp_path, solution=True)
    assert is_up_to_date(kit.assignment)
    folder = kit.assignment.folder
    for path in (
        folder / "solution.py",
        folder / "tests" / "test_public.py",
        folder / "tests" / "test_hidden.py",
        folder.parent / "common" / "two_layer.py",
        folder.parent / "common" / "two_layer_mistakes.py",
        kit.bank,
    ):
        content = path.read_bytes()
        path.write_bytes(content + b"\nMORE = 1\n")
        assert not is_up_to_date(type(kit.assignment).load(folder)), path
        path.write_bytes(content)
    assert is_up_to_date(type(kit.assignment).load(folder))


def test_build_tells_what_is_out_of_date_without_learning(tmp_path):
    kit = Kit.of("03", tmp_path, solution=True)
    assert kit.run("build", kit.assignment.folder, "--check")[0] == 0
    kit.bank.write_bytes(kit.bank.read_bytes()[:-1])
    status, out = kit.run("build", kit.assignment.folder, "--check")
    assert status == 1 and f"out of date: {kit.bank}; run `autograder build 03_numpy_net`" in out
    assert {path.name for path in kit.cache.glob("*")} <= {"checked"}


def test_a_bank_beyond_what_is_read_is_not_written(tmp_path, monkeypatch):
    kit = Kit.of("03", tmp_path, solution=True)
    monkeypatch.setattr(sealing, "_MOST_IN_FILE", 100)
    with pytest.raises(file.UsageError, match="leave out the questions"):
        made(kit.assignment, a_bank(), ["test_public"])
