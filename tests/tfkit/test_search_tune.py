"""Searches with keras-tuner: what is closed must stay closed."""

import json
import math
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import keras
import keras_tuner
import numpy as np
import pytest

import tfkit
from tests.slices import part_of
from tfkit.search import SearchResult, Trial
from tfkit.search._files import read_trials
from tfkit.search._trials import trial_seed
from tfkit.search._workers import run_with_workers

pytestmark = pytest.mark.turns(4)
SPACE = {"learning_rate": ("log", 1e-6, 1.0), "units": ("int", 2, 9)}
MAX = ("val_accuracy", "max")


def build(hp):
    model = keras.Sequential(
        [
            keras.Input((2,)),
            keras.layers.Dense(hp["units"], activation="tanh"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(
        keras.optimizers.SGD(hp["learning_rate"]), "binary_crossentropy", metrics=["accuracy"], jit_compile=False
    )
    return model


@pytest.fixture(scope="module")
def data():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(75, 2)).astype(np.float32)
    y = (x[:, :1] + x[:, 1:] > 0).astype(np.float32)
    return {"x": x[:64], "y": y[:64], "validation_data": (x[64:], y[64:])}


def search(data, **options):
    settings = {"objective": MAX, "seed": 0, "space": SPACE, "epochs": 2, "max_trials": 2}
    return tfkit.tune(options.pop("build", build), **data, **(settings | options))


def numbers(result):
    return [(trial.id, trial.values, trial.score, trial.metrics["val_loss"]) for trial in result.trials]


def test_a_search_repeats_and_its_seed_decides(data):
    keras.utils.set_random_seed(1)
    first = search(data)
    keras.utils.set_random_seed(2)  # what ran before does not matter
    assert numbers(search(data)) == numbers(first) != numbers(search(data, seed=1))
    assert len(first) == 2 and first.directory is None


def test_random_trials_are_keras_tuners_own(data, tmp_path):
    def declared(hp):
        units = hp.Int("units", 2, 9)
        return build({"units": units, "learning_rate": hp.Float("learning_rate", 1e-6, 1, sampling="log")})

    tuner = keras_tuner.RandomSearch(declared, objective="val_accuracy", max_trials=3, seed=7, directory=tmp_path)
    expected = []
    for name in "abc":
        with pytest.warns(DeprecationWarning, match="currentThread|getName"):
            expected.append(tuner.oracle.create_trial(name).hyperparameters.values)

    found = search(data, build=declared, space=None, seed=7, max_trials=3, epochs=1)
    assert [trial.values for trial in found.trials] == expected


def test_a_trial_can_be_repeated_by_hand(data):
    trial = search(data, max_trials=1).trials[0]
    keras.utils.set_random_seed(trial_seed(0, trial.id))
    model = build(trial.values)
    history = tfkit.fit(
        model, data["x"], data["y"], epochs=2, batch_size=32, validation_data=data["validation_data"],
        seed=trial_seed(0, trial.id), verbose=0,
    )  # fmt: skip
    assert max(history.history["val_accuracy"]) == pytest.approx(trial.score)


def test_an_earlier_search_is_never_reloaded(data, tmp_path):
    folder = tmp_path / "search here"
    first = search(data, directory=folder)
    assert first.directory == folder and len(list(folder.rglob("trial.json"))) == 2
    with pytest.raises(
        ValueError, match=r"without an earlier search, but .* holds 2 trials; name another.*overwrite=True"
    ):
        search(data, directory=folder)
    second = search(data, directory=folder, overwrite=True, max_trials=1, seed=3)
    assert len(list(folder.rglob("trial.json"))) == 1
    assert read_trials(folder) == second.trials != first.trials[:1]


def test_nothing_is_printed(data, capfd):
    search(data, max_trials=1)
    captured = capfd.readouterr()
    assert captured.out == "" and "rial" not in captured.err


def test_grid_visits_every_point_in_order(data):
    space = {"learning_rate": ("log", 1e-4, 1e-2), "units": ("choice", [3])}
    found = search(data, method="grid", space=space, points=3, max_trials=None, epochs=1)
    assert [trial.values["learning_rate"] for trial in found.trials] == [1e-4, 1e-3, 1e-2]


@pytest.mark.slow
def test_coarse_to_fine_narrows_around_the_best(data):
    found = search(data, method="coarse_to_fine", max_trials=6, epochs=1)
    first, last = found.trials[:2], found.trials[4:]
    best = max(found.trials[:4], key=lambda trial: trial.score).values["learning_rate"]
    # six decades become two, then two thirds of one: a third on each side of the best
    assert all(abs(math.log10(trial.values["learning_rate"] / best)) < 1 / 3 + 1e-6 for trial in last)
    assert len({tuple(trial.values.values()) for trial in (*first, *last)}) == 4


@pytest.mark.slow
def test_hyperband_trains_the_best_further_with_its_optimizer(data):
    def with_momentum(hp):
        model = build(hp)
        model.compile(
            keras.optimizers.Adam(hp["learning_rate"]), "binary_crossentropy", metrics=["accuracy"], jit_compile=False
        )
        return model

    found = search(data, build=with_momentum, method="hyperband", max_trials=None, epochs=3)
    # brackets of max_epochs=3, factor 3: 3 trials of 1 epoch, 1 of them goes on to 3; then 2 of 3 epochs
    assert sorted(trial.epochs for trial in found.trials) == [1, 1, 1, 3, 3, 3]
    values = [tuple(trial.values.items()) for trial in found.trials]
    assert len(values) == len(set(values)) + 1
    assert not any(name.startswith("tuner/") for trial in found.trials for name in trial.values)


@pytest.mark.slow
def test_bayesian_search_runs_quietly(data):
    found = search(data, method="bayesian", max_trials=4, epochs=1)
    assert len({tuple(trial.values.values()) for trial in found.trials}) == 4


def test_conditions_show_as_missing_values(data):
    def conditional(hp):
        rate = hp.Choice("optimizer", ["sgd", "adam"])
        if rate == "sgd":
            with hp.conditional_scope("optimizer", ["sgd"]):
                hp.Float("momentum", 0.0, 0.9)
        return build({"units": 3, "learning_rate": 0.01})

    frame = search(data, build=conditional, space=None, max_trials=4, epochs=1, seed=5).to_frame()
    assert set(frame["optimizer"]) == {"sgd", "adam"}
    assert (frame["momentum"].isna() == (frame["optimizer"] == "adam")).all()


def test_a_diverging_trial_is_a_result(data):
    def diverging(hp):
        model = build({"units": 3, "learning_rate": 0.1})
        model.compile(keras.optimizers.SGD(hp["learning_rate"]), "mse", jit_compile=False)
        return model

    space = {"learning_rate": ("choice", [1e-3, 1e38])}
    linear = {**data, "x": 1e20 * data["x"]}
    found = search(linear, build=diverging, space=space, objective=("val_loss", "min"), max_trials=2)
    assert len(found) == 2 and found.best_trial.status == "COMPLETED"


def test_a_mistake_in_build_ends_the_search(data):
    calls = []

    def broken(hp):
        calls.append(hp.get("units"))
        if len(calls) > 1:  # the first call only declares
            raise KeyError("learning-rate")
        return build(hp)

    with pytest.raises(RuntimeError, match=r"trial 0 with .*learning-rate") as caught:
        search(data, build=broken)
    assert isinstance(caught.value.__cause__, KeyError) and len(calls) == 2


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"objective": "val_accuracy"}, r'expected the objective as \("val_accuracy", "max"\)'),
        ({"objective": ("val_accuracy", "min")}, 'expected the direction "max" for \'val_accuracy\', received "min"'),
        ({"objective": ("val_loss", "max")}, 'expected the direction "min"'),
        ({"objective": ("val_accuracy", "up")}, "expected the direction of 'val_accuracy' to be one of 'max', 'min'"),
        ({"objective": ("val_auc", "max")}, r"expected the objective 'val_auc' among the metrics, received \['acc"),
        ({"method": "annealing"}, "expected method to be one of 'random', 'grid'"),
        ({"method": "grid", "space": None}, "expected a space for method='grid'"),
        ({"max_trials": None}, "expected max_trials for method='random'"),
        ({"max_trials": 0}, "max_trials"),
        ({"epochs": 0}, "epochs"),
        ({"seed": None}, "expected seed to be an integer of 0 or more"),
        ({"seed": -1}, "expected seed"),
        ({"space": {"units": ("int", 9, 2)}}, "were they swapped"),
        ({"validation_data": 0.2}, "expected validation_data as a pair"),
    ],
)
def test_wrong_arguments_are_named(options, message, data):
    with pytest.raises(ValueError, match=message):
        search({**data, **{name: options.pop(name) for name in list(options) if name in data}}, **options)


def test_objectives_of_keras_tuner_and_of_ones_own():
    from tfkit.search.tuning import _objective

    assert _objective(keras_tuner.Objective("val_mine", "min")) == ("val_mine", "min")
    assert _objective(("val_auc", "max")) == ("val_auc", "max")


def test_results_rank_by_their_direction():
    trials = (Trial("0", {"a": 1}, 0.2), Trial("1", {"a": 2}, 0.1), Trial("2", {"b": 3}, math.nan, status="FAILED"))
    assert SearchResult(trials, ("val_loss", "min")).best == {"a": 2}
    assert SearchResult(trials, ("val_accuracy", "max")).best == {"a": 1}
    frame = SearchResult(trials, ("val_loss", "min")).to_frame()
    assert frame["trial"].tolist() == ["0", "1", "2"] and frame["b"].isna().tolist() == [True, True, False]
    nothing = SearchResult(trials[2:], ("val_loss", "min"))
    assert "none with a score" in repr(nothing)
    with pytest.raises(ValueError, match="all 1 failed"):
        _ = nothing.best


def test_trial_seeds_differ():
    seeds = {trial_seed(seed, str(id)) for seed in range(20) for id in range(50)}
    assert len(seeds) == 1000 and all(0 <= seed < 2**31 for seed in seeds)


SCRIPT = """
    import sys
    from pathlib import Path

    sys.path.insert(0, sys.argv[1])
    from searched import DATA, build, stubborn
    import tfkit

    if __name__ == "__main__":
        result = tfkit.tune(
            stubborn if sys.argv[3] == "fail" else build,
            **DATA, objective=("val_accuracy", "max"), seed=0, epochs=2, max_trials=4,
            space={"learning_rate": ("log", 1e-6, 1.0), "units": ("int", 2, 9)}, workers=2, directory=sys.argv[2],
        )
        print(result.trials)
"""
MODULE = """
    import os, time
    from pathlib import Path
    import keras
    import numpy as np

    rng = np.random.default_rng(0)
    x = rng.normal(size=(75, 2)).astype(np.float32)
    y = (x[:, :1] + x[:, 1:] > 0).astype(np.float32)
    DATA = {"x": x[:64], "y": y[:64], "validation_data": (x[64:], y[64:])}

    def build(hp):
        Path(__file__).with_name(f"process{os.getpid()}").touch()
        model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(hp["units"], activation="tanh"),
                                  keras.layers.Dense(1, activation="sigmoid")])
        optimizer = keras.optimizers.SGD(hp["learning_rate"])
        model.compile(optimizer, "binary_crossentropy", metrics=["accuracy"], jit_compile=False)
        return model

    def stubborn(hp):
        model = build(hp)
        if os.environ["KERASTUNER_TUNER_ID"] == "worker1" and hp["learning_rate"] != 1e-6:
            raise OverflowError("no learning rate is good enough")
        return model
"""


@pytest.fixture
def script(tmp_path):
    (tmp_path / "searched.py").write_text(textwrap.dedent(MODULE), "utf-8")
    (tmp_path / "script.py").write_text(textwrap.dedent(SCRIPT), "utf-8")

    environment = os.environ | {"PYTHONPATH": str(Path(tfkit.__file__).parents[1])}

    def start(mode):
        command = [sys.executable, str(tmp_path / "script.py"), str(tmp_path), str(tmp_path / "out"), mode]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)

    return start


def processes_of(folder):
    """Ids of the processes that built a model and still run."""
    ids = [int(path.name.removeprefix("process")) for path in folder.glob("process*")]
    return [id for id in ids if Path(f"/proc/{id}").exists()]


@pytest.mark.slow
def test_workers_find_what_one_process_finds(script, data, tmp_path):
    process = script("run")
    output, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors[-2000:]
    assert len(list(tmp_path.glob("process*"))) >= 3  # the chief and both workers
    assert processes_of(tmp_path) == []
    found = {trial.id: trial for trial in read_trials(tmp_path / "out")}
    alone = search(data, max_trials=4)
    for trial in alone.trials:
        assert found[trial.id].values == pytest.approx(trial.values, rel=1e-6)
        assert found[trial.id].score == pytest.approx(trial.score, abs=0.1)
    assert "COMPLETED" in output


@pytest.mark.slow
def test_a_failing_worker_ends_all(script, tmp_path):
    process = script("fail")
    _, errors = process.communicate(timeout=300)
    assert process.returncode == 1
    assert "the search failed in worker1" in errors and "no learning rate is good enough" in errors
    assert processes_of(tmp_path) == []


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize("signal_name", part_of(["SIGINT", "SIGKILL"], few=1))
def test_ctrl_c_and_a_killed_parent_leave_nobody_behind(script, tmp_path, signal_name):
    process = script("run")
    deadline = time.monotonic() + 120
    while not list(tmp_path.glob("process*")) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert list(tmp_path.glob("process*"))
    process.send_signal(getattr(signal, signal_name))
    process.communicate(timeout=60)
    deadline = time.monotonic() + 20
    while processes_of(tmp_path) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert processes_of(tmp_path) == []


def test_build_functions_that_cannot_travel_are_named(data, tmp_path):
    with pytest.raises(ValueError, match="a build function that worker processes can import"):
        search(data, build=lambda hp: build(hp), workers=2)
    assert run_with_workers.__module__ == "tfkit.search._workers"


def test_trial_files_are_read_without_keras_tuner(tmp_path):
    record = {
        "trial_id": "3", "hyperparameters": {"values": {"units": 4, "tuner/epochs": 2}}, "score": 0.5,
        "best_step": 1, "status": "COMPLETED",
        "metrics": {"metrics": {"loss": {"observations": [{"value": [0.25], "step": 1}]}}},
    }  # fmt: skip
    for id, status in (("3", "COMPLETED"), ("4", "RUNNING")):
        (tmp_path / "search" / f"trial_{id}").mkdir(parents=True)
        file = tmp_path / "search" / f"trial_{id}" / "trial.json"
        file.write_text(json.dumps(record | {"trial_id": id, "status": status}))
    assert read_trials(tmp_path) == (Trial("3", {"units": 4}, 0.5, {"loss": 0.25}, 1, 2),)
