"""The public tests of 10: what `autograder check 10_search` runs."""

import itertools
import json
import math

import numpy as np

from autograder.testing import CheckFailed, Remote, Tensor, array_of, check, derived_seed, kind_of, number_of, question
from tfkit.data import load_digits

RANGES = {
    "hidden_layers": (1, 3, False),
    "units": (16, 128, True),
    "dropout": (0.0, 0.5, False),
    "learning_rate": (1e-5, 1.0, True),
    "momentum": (0.0, 0.9, False),
}
CHOICES = {"activation": {"relu", "tanh", "sigmoid"}, "optimizer": {"sgd", "adam"}}


def generator(seed):
    return Remote("numpy.random.default_rng", seed)


def plain(value):
    """The value with NumPy's numbers, which travel as arrays without axes, as Python's."""
    if type(value) in (list, tuple):
        return type(value)(map(plain, value))
    if type(value) is dict:
        return {key: plain(item) for key, item in value.items()}
    return value.item() if type(value) is np.ndarray and value.shape == () else value


def same_configs(received, expected):
    """Whether two lists hold the same configurations, in any order, numbers up to rounding."""

    def key(config):
        parts = [(name, value if type(value) is str else float(f"{value:.6g}")) for name, value in config.items()]
        return sorted(map(str, parts))

    return sorted(map(key, received)) == sorted(map(key, expected))


def check_configs(received, space):
    """That each is a dict with the space's names, and plain values inside its ranges."""
    check(type(received) is list, f"expected a list of configurations, you return {kind_of(received)}")
    for config in received:
        check(type(config) is dict, f"expected configurations as dicts, one of yours is {kind_of(config)}")
        check(set(config) == set(space), f"a configuration has the names {sorted(config)}, not those of the space")
        for name, (kind, *rest) in space.items():
            value = config[name]
            if kind == "choice":
                check(value in rest[0], f"{name}: a value is not one of the choices")
                continue
            wanted = int if kind == "int" else float
            check(type(value) in (wanted, int), f"{name}: expected a Python {wanted.__name__}, not {kind_of(value)}")
            slack = 1e-9 * abs(rest[1])
            check(rest[0] - slack <= value <= rest[1] + slack, f"{name}: a value lies outside the range")


@question("10.1", points=1)
def test_log_uniform(student, problem):
    """Log-uniform draws: between the ends, half of them below the geometric mean."""
    draws = student.log_uniform(1e-4, 1.0, generator(problem.seed), 4000)
    check(isinstance(draws, np.ndarray) and draws.shape == (4000,), f"expected 4000 numbers, got {kind_of(draws)}")
    check(bool(((draws >= 1e-4) & (draws <= 1)).all()), "some draws lie outside low and high")
    # 4000 draws: the share is within 0.04 of a half but once in 2 million times
    share = float(np.mean(draws < 1e-2))
    check(abs(share - 0.5) < 0.04, f"{share:.0%} of draws from 1e-4 to 1 lie below 1e-2: expected half of them")
    one = student.log_uniform(1e-4, 1.0, generator(1))
    check(number_of(one) is not None, f"expected one number when size is None, you return {kind_of(one)}")


@question("10.2", points=1)
def test_grid(student):
    """Grid: every combination once, log ranges in equal ratios, ends included."""
    space = {"rate": ("log", 1e-4, 1.0), "net": ("choice", ["a", "b"]), "drop": ("linear", 0.0, 0.5)}
    received = plain(student.grid(space, 3))
    check_configs(received, space)
    check(len(received) == 18, f"expected 3 × 2 × 3 = 18 configurations, you return {len(received)}")
    values = itertools.product([1e-4, 1e-2, 1.0], ["a", "b"], [0.0, 0.25, 0.5])
    expected = [dict(zip(space, row, strict=True)) for row in values]
    check(
        same_configs(received, expected),
        "some combinations are missing or come twice, or the values are spaced otherwise",
    )


@question("10.3", points=1)
def test_random_search(student, problem):
    """Random search: n different configurations inside the space."""
    space = {"rate": ("log", 1e-4, 1.0), "units": ("int", 16, 128), "net": ("choice", ["a", "b"])}
    received = plain(student.random_search(space, 20, generator(problem.seed)))
    check_configs(received, space)
    check(len(received) == 20, f"expected 20 configurations, you return {len(received)}")
    check(len({json.dumps(config, sort_keys=True) for config in received}) == 20, "some configurations are equal")


@question("10.4", points=2)
def test_coarse_to_fine(student):
    """Coarse to fine: ranges narrower by the factor, around the best, log ranges in log space."""
    space = {"rate": ("log", 1e-4, 1.0), "drop": ("linear", 0.0, 0.8), "net": ("choice", ["a", "b"])}
    trials = [
        ({"rate": 0.5, "drop": 0.1, "net": "a"}, 0.3),
        ({"rate": 0.01, "drop": 0.4, "net": "b"}, 0.9),
        ({"rate": 0.001, "drop": 0.7, "net": "a"}, 0.6),
    ]
    received = plain(student.coarse_to_fine(space, trials, 2))
    expected = {"rate": ("log", 1e-3, 0.1), "drop": ("linear", 0.2, 0.6), "net": ("choice", ["a", "b"])}
    assert_space(received, expected)


def assert_space(received, expected):
    """That a space has the entries of another, ends up to rounding."""
    check(type(received) is dict, f"expected a dict of entries, you return {kind_of(received)}")
    check(set(received) == set(expected), f"expected the names {sorted(expected)}, yours are {sorted(received)}")
    for name, (kind, *rest) in expected.items():
        entry = received[name]
        check(
            type(entry) in (tuple, list) and len(entry) == len(rest) + 1 and entry[0] == kind,
            f"{name}: expected an entry that begins with {kind!r} and has {len(rest) + 1} parts",
        )
        if kind == "choice":
            check(list(entry[1]) == rest[0], f"{name}: a choice stays as it is")
            continue
        for which, mine, theirs in zip(("low", "high"), entry[1:], rest, strict=True):
            check(type(mine) in (int, float), f"{name}: {which} is no number")
            check(math.isclose(mine, theirs, rel_tol=1e-6, abs_tol=1e-9), f"{name}: {which} is not where it belongs")


def model_of(*layers, optimizer):
    """A description of a compiled model, which Keras turns into one in the student process."""
    described = [{"module": "keras.layers", "class_name": "InputLayer", "config": {"batch_shape": [None, 6]}}]
    for units, activation, start in layers:
        initializer = {"module": "keras.initializers", "class_name": start, "config": {}}
        config = {"units": units, "activation": activation, "kernel_initializer": initializer}
        described.append({"module": "keras.layers", "class_name": "Dense", "config": config})
    name, settings = optimizer
    return {
        "module": "keras",
        "class_name": "Sequential",
        "config": {"name": "tiny", "layers": described},
        "compile_config": {
            "optimizer": {"module": "keras.optimizers", "class_name": name, "config": settings},
            "loss": "categorical_crossentropy",
            "jit_compile": False,
        },
    }


def builder(model):
    """A function without arguments that builds and compiles the described model."""
    keras = Remote("importlib.import_module", "keras")
    build = Remote("operator.attrgetter", "models.model_from_json").then("__call__", keras)
    return Remote("functools.partial", build, json.dumps(model))


def examples(seed, count, outputs=3):
    rng = np.random.default_rng(derived_seed(seed, "examples"))
    X = rng.normal(size=(count, 6)).astype(np.float32)
    return X, np.eye(outputs, dtype=np.float32)[rng.integers(outputs, size=count)]


@question("10.5", points=2)
def test_overfit_tiny_batch(student, problem):
    """Tiny batch: the losses of a healthy model fall to nearly 0 on the first 8 examples."""
    X, Y = examples(problem.seed, 8)
    # the rest contradicts itself: who trains on it cannot learn it by heart
    X = np.concatenate([X, *[X[:1]] * 32])
    Y = np.concatenate([Y, np.eye(3, dtype=np.float32)[np.arange(32) % 3]])
    healthy = model_of(
        (32, "relu", "GlorotUniform"), (3, "softmax", "Zeros"), optimizer=("Adam", {"learning_rate": 0.03})
    )
    losses = student.overfit_tiny_batch(builder(healthy), X, Y, 60)
    check(type(losses) is list and len(losses) == 60, f"expected a list of 60 losses, you return {kind_of(losses)}")
    check(all(type(loss) is float for loss in losses), "expected the losses as Python floats")
    # weights of 0 in the output layer give every class 1/3
    check(abs(losses[0] - math.log(3)) < 1e-3, "the first loss is not that of the untrained model", share=0.5)
    check(losses[-1] <= 0.1, "the losses do not fall to nearly 0, as they do on the first 8 examples")


def declared(student, **values):
    """What `build_model` returns and declares when it is given some values."""
    hp = student.make(Remote("keras_tuner.HyperParameters.from_config", {"space": [], "values": values}))
    model = student.build_model(hp)
    config = hp.get_config()
    check(type(config) is dict and type(config.get("space")) is list, "the hyperparameters cannot be read")
    entries = {}
    for entry in config["space"]:
        entries[entry["config"]["name"]] = {"kind": entry["class_name"], **entry["config"]}
    return model, entries, config["values"]


@question("10.6", points=4)
def test_space(student):
    """Search space: names, ranges, log sampling, and momentum for sgd alone."""
    _, space, _ = declared(student, optimizer="sgd")
    expected = set(RANGES) | set(CHOICES)
    check(
        set(space) == expected, f"expected the names {', '.join(sorted(expected))}; yours: {', '.join(sorted(space))}"
    )
    for name, choices in CHOICES.items():
        check(
            space[name]["kind"] == "Choice", f"{name}: expected a Choice, yours is a {space[name]['kind']}", share=0.5
        )
        check(set(space[name]["values"]) == choices, f"{name}: expected the choices {sorted(choices)}", share=0.5)
    for name, (low, high, log) in RANGES.items():
        entry = space[name]
        if name == "hidden_layers" and entry["kind"] == "Choice":
            check(sorted(entry["values"]) == [1, 2, 3], "hidden_layers: expected 1, 2 and 3", share=0.5)
            continue
        wanted = "Float" if type(low) is float else "Int"
        check(entry["kind"] == wanted, f"{name}: expected a {wanted}, yours is a {entry['kind']}", share=0.5)
        ends = (entry["min_value"], entry["max_value"])
        check(
            ends == (low, high),
            f"{name}: expected the range {low} to {high}, yours is {ends[0]} to {ends[1]}",
            share=0.5,
        )
        sampling = "log" if log else "linear"
        # every learning rate below 0.1 is one trial in ten when the order of magnitude is not what is drawn
        check(entry["sampling"] == sampling, f"{name}: expected {sampling} sampling, yours is {entry['sampling']}")
        check(entry["step"] in (None, 1), f"{name}: a step leaves out values, and often the upper end", share=0.5)
    conditions = [(parent["config"]["name"], parent["config"]["values"]) for parent in space["momentum"]["conditions"]]
    check(
        conditions == [("optimizer", ["sgd"])],
        "momentum: expected a conditional scope, active when the optimizer is sgd",
        share=0.5,
    )
    unconditional = [name for name in expected - {"momentum"} if space[name]["conditions"]]
    check(not unconditional, f"{', '.join(unconditional)}: expected no condition on it", share=0.5)


def digits(seed, *sizes):
    """Digits that no file holds: pixels mixed by a rotation, classes renamed; as many parts as there are sizes."""
    rng = np.random.default_rng(derived_seed(seed, "digits"))
    data = load_digits()
    rotation, _ = np.linalg.qr(rng.normal(size=(64, 64)))
    order = rng.permutation(len(data))
    X = (data.X[order] / 16 @ rotation).astype(np.float32)
    Y = data.Y[order][:, rng.permutation(10)].astype(np.float32)
    edges = np.cumsum((0, *sizes))
    return [(X[a:b], Y[a:b]) for a, b in itertools.pairwise(edges)]


def check_result(found, max_trials, validation_examples):
    """That a search's result is what was asked for; returns its trials."""
    check(type(found) is dict and {"best", "trials"} <= set(found), 'expected a dict of "best" and "trials"')
    best, trials = found["best"], found["trials"]
    check(type(trials) is list and all(type(row) is dict for row in trials), '"trials": expected a list of dicts')
    check(len(trials) == max_trials, f"expected {max_trials} trials, you return {len(trials)}")
    for row in trials:
        check(type(row.get("trial_id")) is str, 'expected each trial to have a "trial_id", a text')
        score = row.get("val_accuracy")
        check(type(score) is float and 0 <= score <= 1, 'expected each trial to have a "val_accuracy" from 0 to 1')
        check_values(values_of(row), "a trial")
        hits = score * validation_examples
        check(
            abs(hits - round(hits)) < 1e-3,
            f"a val_accuracy is not a whole number of the {validation_examples} validation examples: "
            "what were the trials scored on?",
        )
    check(type(best) is dict, f'"best": expected a dict of hyperparameters, you return {kind_of(best)}')
    check_values(best, '"best"')
    top = max(row["val_accuracy"] for row in trials)
    winners = [values_of(row) for row in trials if row["val_accuracy"] == top]
    check(best in winners, '"best" is not the trial with the highest validation accuracy')
    return trials


def values_of(row):
    return {name: value for name, value in row.items() if name not in ("trial_id", "val_accuracy")}


def check_values(values, label):
    """That the names are those of the space, momentum with sgd alone, and numbers inside their ranges."""
    expected = (set(RANGES) | set(CHOICES)) - (set() if values.get("optimizer") == "sgd" else {"momentum"})
    check(
        set(values) == expected,
        f"{label}: expected the hyperparameters {', '.join(sorted(expected))}; yours: {', '.join(sorted(values))}",
    )
    for name, (low, high, _) in RANGES.items():
        inside = name not in values or (type(values[name]) in (int, float) and low <= values[name] <= high)
        check(inside, f"{label}: {name} lies outside its range")


def trial_files(student, directory):
    """The trial.json files below a folder: path and time of writing → record."""
    folder = student.make(Remote("pathlib.Path", directory))
    found = {}
    for path in folder.rglob("trial.json").items(200):
        try:
            record = json.loads(path.read_text())
            found[path.as_posix(), path.stat().read("st_mtime_ns")] = record
        except (ValueError, TypeError):
            raise CheckFailed("a trial.json cannot be read") from None
    return found


def check_files(records, trials):
    """That the files on disk tell of the trials that were returned."""
    check(len(records) == len(trials), f"expected a trial.json for each of {len(trials)} trials, found {len(records)}")
    by_id = {record["trial_id"]: record for record in records}
    for row in trials:
        check(row["trial_id"] in by_id, f"there is no trial.json with the id {row['trial_id'][:20]!r}")
        record = by_id[row["trial_id"]]
        check(record["status"] == "COMPLETED", "a trial.json tells of a trial that was not completed")
        metrics = record["metrics"]["metrics"]
        check("val_accuracy" in metrics, "the objective: a trial.json has no val_accuracy")
        check(metrics["val_accuracy"]["direction"] == "max", "the objective: val_accuracy is to be maximised")
        check(record["score"] is not None and math.isclose(record["score"], row["val_accuracy"], abs_tol=1e-6),
              "a trial's score is not the val_accuracy that you return for it")  # fmt: skip
        values = record["hyperparameters"]["values"]
        kept = {name: value for name, value in values.items() if not name.startswith("tuner/")}
        check(kept == values_of(row), "a trial.json holds other hyperparameters than those that you return")


def search_in_public(student):
    """The search of the public test: two trials, with a seed that is none to keras-tuner."""
    train, validation = digits(7, 160, 37)
    return student.run_search(*train, *validation, "random", 2, 0, "public")


@question("10.7", points=3)
def test_run_search(student):
    """Random search: as many trials as asked for, the best by validation accuracy, a trial.json for each."""
    before = trial_files(student, "public")
    trials = check_result(search_in_public(student), 2, 37)
    check_files([record for key, record in trial_files(student, "public").items() if key not in before], trials)


BEST = {
    "hidden_layers": 1,
    "units": 64,
    "activation": "relu",
    "dropout": 0.1,
    "learning_rate": 0.01,
    "optimizer": "adam",
}


@question("10.8", points=2)
def test_final_model(student, problem):
    """Final model: built from the best values, and trained."""
    ((X, Y),) = digits(problem.seed, 192)
    model = student.final_model(BEST, X, Y, 1)
    check(hasattr(model, "handle"), f"expected a keras.Model, you return {kind_of(model)}")
    check(model.count_params() == 64 * 64 + 64 + 640 + 10, "the model is not the one that the best values describe")
    outputs = np.asarray(array_of(model(Tensor(X))))
    check(outputs.shape == (192, 10), f"expected outputs of shape (192, 10), yours have {outputs.shape}")
    accuracy = float(np.mean(outputs.argmax(axis=1) == Y.argmax(axis=1)))
    check(accuracy > 0.9, f"accuracy on its own training examples is {accuracy:.0%}: was it trained?")
