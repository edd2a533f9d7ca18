"""A search that a chief and two workers share, each a process of its own."""

from __future__ import annotations

import pytest

from tfkit import search_together

pytestmark = pytest.mark.turns(4)
ANSWERS = """
import keras
import numpy as np

X = np.random.default_rng(0).normal(size=(40, 3)).astype("float32")
Y = np.eye(2, dtype="float32")[(X[:, 0] > 0).astype(int)]


def digits():
    return [(X[:30], Y[:30]), (X[30:], Y[30:]), (X, Y)]


def build_model(hp):
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2, "softmax")])
    rate = hp.Float("learning_rate", 1e-3, 1.0, sampling="log")
    model.compile(keras.optimizers.SGD(rate), "categorical_crossentropy", metrics=["accuracy"], jit_compile=False)
    return model


if __name__ == "__main__":
    raise SystemExit("the pictures are not drawn")
"""


def environments(workers, port):
    names = ["chief", *(f"worker-{number}" for number in range(1, workers + 1))]
    address = {"KERASTUNER_ORACLE_IP": "127.0.0.1", "KERASTUNER_ORACLE_PORT": str(port)}
    return [{"KERASTUNER_TUNER_ID": name, **address} for name in names]


def test_two_workers_share_the_trials(tmp_path):
    answers = tmp_path / "answers.py"
    answers.write_text(ANSWERS, "utf-8")
    trials = search_together(answers, environments, workers=2, max_trials=4, epochs=2)
    assert len(trials) == 4
    assert {trial.worker for trial in trials} <= {"worker-1", "worker-2"}
    assert all(0 <= trial.score <= 1 for trial in trials)
    assert [trial.seconds for trial in trials] == sorted(trial.seconds for trial in trials)


def test_what_fails_in_a_process_is_told_in_a_line(tmp_path):
    answers = tmp_path / "answers.py"
    answers.write_text("raise ZeroDivisionError('three of nothing')", "utf-8")
    with pytest.raises(RuntimeError, match=r"^(chief|worker-1) has failed: ZeroDivisionError: three of nothing$"):
        search_together(answers, environments, workers=1)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda workers, port: environments(workers, port)[1:],
        lambda workers, port: environments(workers, port)[::-1],
        lambda workers, port: [{**one, "KERASTUNER_TUNER_ID": "chief"} for one in environments(workers, port)],
        lambda workers, port: [{} for _ in environments(workers, port)],
    ],
    ids=["no chief", "chief last", "chiefs alone", "no names"],
)
def test_environments_without_one_chief_in_front_are_refused(wrong):
    with pytest.raises(ValueError, match=r"^expected the environments of a chief and 2 workers, received \["):
        search_together(__file__, wrong, workers=2)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"^expected a Python file with the answers, received .*, which is not"):
        search_together(tmp_path / "answers.py", environments)
