"""The hidden tests of 10: laws, edges, the four methods, stale folders, and digits that the search never saw."""

import itertools
import json
import math

import numpy as np

from autograder.testing import (
    CheckFailed,
    Remote,
    Tensor,
    array_of,
    check,
    derived_seed,
    held_out_score,
    kind_of,
    question,
)
from tfkit.data import load_digits

NAMES = ("hidden_layers", "units", "activation", "dropout", "learning_rate", "optimizer")
# by how much the empirical law of 2000 draws may differ from the true one: exceeded once in 10 million times
KOLMOGOROV = 0.065
# Nearly half of all random trials find values that work: three fail together once in six times, and six such searches
# once in 50,000. A right answer may try again.
TRIALS, ATTEMPTS = 3, 6
ENOUGH = 0.7


def generator(seed):
    return Remote("numpy.random.default_rng", seed)


def plain(value):
    """The value with NumPy's numbers, which travel as arrays without axes, as Python's."""
    if type(value) in (list, tuple):
        return type(value)(map(plain, value))
    if type(value) is dict:
        return {key: plain(item) for key, item in value.items()}
    return value.item() if type(value) is np.ndarray and value.shape == () else value


def distance_to_uniform(values):
    """Kolmogorov and Smirnov's: the largest difference to the law of uniform numbers in [0, 1]."""
    values, M = np.sort(values), len(values)
    return float(max(np.max(np.arange(1, M + 1) / M - values), np.max(values - np.arange(M) / M)))


def log_part(values, low, high):
    with np.errstate(all="ignore"):  # numbers below 0 have no logarithm, and follow no law then
        return np.log(np.asarray(values) / low) / math.log(high / low)


@question("10.1", points=2)
def test_log_uniform_law(student, problem):
    """Log-uniform draws: their law, their shape, and the generator that decides them."""
    low, high = 3e-9, 3e-7
    draws = student.log_uniform(low, high, generator(problem.seed), (40, 50))
    check(isinstance(draws, np.ndarray) and draws.shape == (40, 50), f"expected shape (40, 50), got {kind_of(draws)}")
    check(draws.dtype == np.float64, f"expected float64 numbers, yours are {draws.dtype}", share=0.5)
    for size, shape in ((1, (1,)), ((1, 1), (1, 1))):
        alone = student.log_uniform(low, high, generator(problem.seed), size)
        right = isinstance(alone, np.ndarray) and alone.shape == shape
        check(right, f"with size={size}, expected shape {shape}, got {kind_of(alone)}", share=0.5)
    check(bool(((draws >= low) & (draws <= high)).all()), "some draws lie outside low and high")
    check(distance_to_uniform(log_part(draws.ravel(), low, high)) < KOLMOGOROV, "the logarithm is not uniform")
    check(len(np.unique(draws)) == 2000, "some draws are equal: are all of them drawn?", share=0.5)
    again = student.log_uniform(low, high, generator(problem.seed), (40, 50))
    check(np.array_equal(draws, again), "the same generator gives other numbers", share=0.5)
    rng = student.make(generator(problem.seed))
    one, two = (student.log_uniform(low, high, rng) for _ in range(2))
    check(one != two, "two draws from one generator are equal: rng is not used", share=0.5)


@question("10.2", points=2)
def test_grid_again(student):
    """Grid: int ranges rounded and each value once, choices whole, the ends exactly."""
    space = {"units": ("int", 16, 128), "few": ("int", 1, 2), "net": ("choice", ["a", "b", "c"])}
    received = plain(student.grid(space, 4))
    expected = [
        dict(zip(space, row, strict=True)) for row in itertools.product([16, 53, 91, 128], [1, 2], ["a", "b", "c"])
    ]
    check_plain(received, space)
    check(sorted(map(rounded, received)) == sorted(map(rounded, expected)), "not every combination comes once")
    check(all(type(config["units"]) is int for config in received), "units: expected Python ints", share=0.5)
    space = {"rate": ("log", 2e-5, 0.3), "drop": ("linear", 0.1, 0.7), "net": ("choice", [*"abcdefg"])}
    received = plain(student.grid(space, 5))
    check_plain(received, space)
    expected = [
        dict(zip(space, row, strict=True))
        for row in itertools.product(np.geomspace(2e-5, 0.3, 5), np.linspace(0.1, 0.7, 5), "abcdefg")
    ]
    check(sorted(map(rounded, received)) == sorted(map(rounded, expected)), "values are not spaced as they should be")
    check_single(plain(student.grid(SINGLE, 2)))


SINGLE = {"net": ("choice", ["a"])}


def check_single(received):
    check_plain(received, SINGLE)
    check(list(map(rounded, received)) == [rounded({"net": "a"})], "a space of one configuration has one", share=0.5)


def check_plain(received, space):
    right = type(received) is list and all(type(config) is dict and set(config) == set(space) for config in received)
    check(right, "expected a list of dicts with the names of the space")


def rounded(config):
    return json.dumps(
        {name: value if type(value) is str else float(f"{value:.6g}") for name, value in sorted(config.items())}
    )


@question("10.3", points=2)
def test_random_search_law(student, problem):
    """Random search: the law of each entry, no duplicates, small spaces, the generator."""
    space = {
        "rate": ("log", 1e-6, 0.1),
        "drop": ("linear", 0.2, 0.6),
        "layers": ("int", 2, 4),
        "net": ("choice", ["a", "b", "c", "d"]),
    }
    found = plain(student.random_search(space, 2000, generator(problem.seed)))
    check_plain(found, space)
    check(len(found) == 2000, f"expected 2000 configurations, you return {len(found)}")
    rates, drops = ([config[name] for config in found] for name in ("rate", "drop"))
    check(distance_to_uniform(log_part(rates, 1e-6, 0.1)) < KOLMOGOROV, "a log range is not drawn log-uniformly")
    check(distance_to_uniform((np.array(drops) - 0.2) / 0.4) < KOLMOGOROV, "a linear range is not drawn uniformly")
    for name, values in (("layers", [2, 3, 4]), ("net", ["a", "b", "c", "d"])):
        drawn = [config[name] for config in found]
        check(set(drawn) == set(values), f"{name}: some values never come, or others do")
        # five standard deviations and more
        shares = [drawn.count(value) / 2000 * len(values) for value in values]
        check(all(0.8 < share < 1.2 for share in shares), f"{name}: the values are not equally likely")
    # dependent entries: a small rate always with a small dropout
    correlation = np.corrcoef(np.log(rates), drops)[0, 1]
    check(abs(correlation) < 0.12, "two entries are not drawn independently")
    small = {"layers": ("int", 1, 3), "net": ("choice", ["a", "b", "c", "d"])}
    for n, expected in ((1, 1), (9, 9), (12, 12), (40, 12)):
        some = plain(student.random_search(small, n, generator(derived_seed(problem.seed, str(n)))))
        check_plain(some, small)
        check(len(set(map(rounded, some))) == len(some), "some configurations are equal", share=0.5)
        check(len(some) == expected, f"expected {expected} of a space of 12, you return {len(some)}", share=0.5)
    check_single(plain(student.random_search(SINGLE, 3, generator(problem.seed))))
    again = plain(student.random_search(small, 9, generator(derived_seed(problem.seed, "9"))))
    same = plain(student.random_search(small, 9, generator(derived_seed(problem.seed, "9")))) == again
    check(same, "the same generator gives other configurations", share=0.5)


@question("10.4", points=3)
def test_coarse_to_fine_edges(student):
    """Coarse to fine: edges, whole numbers, other factors, trials without a score."""
    space = {
        "rate": ("log", 1e-3, 1.0),
        "units": ("int", 8, 128),
        "layers": ("int", 1, 4),
        "drop": ("linear", 0.0, 0.6),
        "shift": ("linear", -1.0, 1.0),
        "net": ("choice", ["a", "b"]),
    }
    best = {"rate": 1.0, "units": 100, "layers": 1, "drop": 0.05, "shift": -0.9, "net": "a"}
    other = {"rate": 0.02, "units": 20, "layers": 3, "drop": 0.3, "shift": 0.5, "net": "b"}
    trials = [(other, math.nan), (other, -3.0), (best, -1.5), (other, math.nan), (other, -2.0)]
    expected = {
        "rate": ("log", 10**-0.5, 10**0.5),
        "units": ("int", 80, 120),
        "layers": ("int", 1, 2),  # round(1.5) is 2 and round(0.5) is 0: cut at 1
        "drop": ("linear", 0.0, 0.15),
        "shift": ("linear", -0.9 - 1 / 3, -0.9 + 1 / 3),
        "net": ("choice", ["a", "b"]),
    }
    assert_entries(plain(student.coarse_to_fine(space, trials, 3)), expected)
    assert_entries(plain(student.coarse_to_fine(space, [(best, -1.5)], 3)), expected)


def assert_entries(received, expected):
    check(type(received) is dict and set(received) == set(expected), "expected a dict with the names of the space")
    wrong = []
    for name, (kind, *rest) in expected.items():
        entry = received[name]
        right = type(entry) in (tuple, list) and len(entry) == len(rest) + 1 and entry[0] == kind
        if right and kind == "choice":
            right = list(entry[1]) == rest[0]
        elif right:
            right = all(
                type(mine) in (int, float) and math.isclose(mine, theirs, rel_tol=1e-6, abs_tol=1e-9)
                for mine, theirs in zip(entry[1:], rest, strict=True)
            )
            right = right and (kind != "int" or all(type(end) is int for end in entry[1:]))
        if not right:
            wrong.append(name)
    share = 1 - len(wrong) / len(expected)
    check(not wrong, f"the new entry of {', '.join(wrong)} is not what it should be", share=round(share / 2, 2))


def builder(layers, optimizer, **settings):
    """A function without arguments that builds a compiled model in the student process, described here."""
    described = [{"module": "keras.layers", "class_name": "InputLayer", "config": {"batch_shape": [None, 6]}}]
    for units, activation, start in layers:
        initializer = {"module": "keras.initializers", "class_name": start, "config": {}}
        config = {"units": units, "activation": activation, "kernel_initializer": initializer}
        described.append({"module": "keras.layers", "class_name": "Dense", "config": config})
    model = {
        "module": "keras",
        "class_name": "Sequential",
        "config": {"name": "tiny", "layers": described},
        "compile_config": {
            "optimizer": {"module": "keras.optimizers", "class_name": optimizer, "config": settings},
            "loss": "categorical_crossentropy",
            "jit_compile": False,
        },
    }
    keras = Remote("importlib.import_module", "keras")
    build = Remote("operator.attrgetter", "models.model_from_json").then("__call__", keras)
    return Remote("functools.partial", build, json.dumps(model))


@question("10.5", points=2)
def test_overfit_tiny_batch_raises(student, problem):
    """Tiny batch: a model that does not learn 8 examples by heart, or diverges, raises ValueError."""
    rng = np.random.default_rng(problem.seed)
    X = rng.normal(size=(11, 6)).astype(np.float32)
    Y = np.eye(3, dtype=np.float32)[np.arange(11) % 3]
    healthy = [(24, "relu", "GlorotUniform"), (3, "softmax", "Zeros")]
    sick = {
        "a learning rate so small that nothing is learned": builder(healthy, "SGD", learning_rate=1e-6),
        "a training whose loss is NaN": builder(
            [(24, "relu", "GlorotUniform"), (3, "relu", "GlorotUniform")], "SGD", learning_rate=1e30
        ),
    }
    # one output of a softmax is always 1, and right: a single step is enough
    certain = builder([(1, "softmax", "Zeros")], "SGD", learning_rate=0.01)
    losses = student.overfit_tiny_batch(certain, X[:8], np.ones((8, 1), np.float32), 1)
    single = type(losses) is list and len(losses) == 1 and type(losses[0]) is float
    check(single, f"with one output and one step, expected a list of one loss, you return {kind_of(losses)}", share=0.5)
    for what, build in sick.items():
        try:
            student.overfit_tiny_batch(build, X, Y, 6)
        except CheckFailed as failure:
            fact = failure.facts[0]
            if fact.kind != "raised" or fact.values["error"] != "ValueError":
                raise
            advice = fact.values["text"]
            check(len(advice) > 30, f"{what}: the ValueError says too little to help", share=0.5)
        else:
            raise CheckFailed(f"{what} is not noticed: expected a ValueError", share=0.5)


CONFIGS = (
    {
        "hidden_layers": 3,
        "units": 21,
        "activation": "tanh",
        "dropout": 0.35,
        "learning_rate": 0.02,
        "optimizer": "sgd",
        "momentum": 0.7,
    },
    {
        "hidden_layers": 1,
        "units": 33,
        "activation": "sigmoid",
        "dropout": 0.15,
        "learning_rate": 0.003,
        "optimizer": "adam",
    },
)
ACTIVATIONS = {"tanh": np.tanh, "sigmoid": lambda z: 1 / (1 + np.exp(-z)), "relu": lambda z: np.maximum(z, 0)}


@question("10.6", points=4)
def test_built_models(student, problem):
    """The model: its layers, outputs, loss, metric and optimizer follow the hyperparameters."""
    rng = np.random.default_rng(problem.seed)
    X = rng.normal(size=(11, 64)).astype(np.float32)
    Y = np.eye(10, dtype=np.float32)[rng.integers(10, size=11)]
    for values in CONFIGS:
        hp = student.make(Remote("keras_tuner.HyperParameters.from_config", {"space": [], "values": values}))
        model = student.build_model(hp)
        check(hasattr(model, "handle"), f"expected a keras.Model, you return {kind_of(model)}")
        after = hp.read("values")
        check(after == values, "the values of a trial are changed, or more are added, by build_model", share=0.5)
        weights = [np.asarray(weight, np.float64) for weight in model.get_weights()]
        n, units = values["hidden_layers"], values["units"]
        shapes = [(64, units), *[(units, units)] * (n - 1), (units, 10)]
        found = [weight.shape for weight in weights if weight.ndim == 2]
        check(found == shapes, f"with {n} hidden layers of {units} units, the kernels have the shapes {found[:6]}")
        H = X.astype(np.float64)
        for i in range(0, len(weights) - 2, 2):
            H = ACTIVATIONS[values["activation"]](H @ weights[i] + weights[i + 1])
        Z = H @ weights[-2] + weights[-1]
        P = np.exp(Z - Z.max(axis=1, keepdims=True))
        P /= P.sum(axis=1, keepdims=True)
        received = np.asarray(array_of(model(Tensor(X))))
        right = received.shape == P.shape and np.allclose(received, P, atol=1e-5)
        check(right, f"the outputs are not those of {values['activation']} layers with a softmax at the end")
        scores = model.evaluate(X, Y, 11, 0)
        check(type(scores) is list and len(scores) == 2, "expected a compiled model with one metric, the accuracy")
        loss = -np.mean(np.log(np.sum(P * Y, axis=1)))
        check(abs(scores[0] - loss) < 1e-4, "the loss is not the categorical cross-entropy", share=0.5)
        accuracy = np.mean(P.argmax(axis=1) == Y.argmax(axis=1))
        check(abs(scores[1] - accuracy) < 1e-5, "the metric is not the accuracy", share=0.5)
        rates = [layer.read("rate") for layer in model.read("layers") if layer.type == "Dropout"]
        check(
            rates == [values["dropout"]] * n,
            "expected a Dropout of the trial's rate after each hidden layer",
            share=0.5,
        )
        order = [layer.type for layer in model.read("layers") if layer.type in ("Dense", "Dropout")]
        expected = ["Dense", "Dropout"] * n + ["Dense"]
        check(order == expected, "expected each Dropout after its hidden layer, not before it", share=0.5)
        check_optimizer(model.read("optimizer"), values)


def check_optimizer(optimizer, values):
    wanted = {"sgd": "SGD", "adam": "Adam"}[values["optimizer"]]
    check(getattr(optimizer, "type", "") == wanted, f"optimizer {values['optimizer']}: expected {wanted}")
    rate = float(array_of(optimizer.read("learning_rate").numpy()))
    check(math.isclose(rate, values["learning_rate"], rel_tol=1e-5), "the learning rate is not the trial's")
    if wanted == "SGD":
        check(optimizer.read("momentum") == values["momentum"], "the momentum is not the trial's", share=0.5)


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


def rows_of(found, max_trials):
    """The trials of a result, after a look at its form."""
    right = type(found) is dict and type(found.get("trials")) is list and type(found.get("best")) is dict
    check(right and all(type(row) is dict for row in found["trials"]), 'expected a dict of "best" and "trials"')
    rows = found["trials"]
    check(len(rows) == max_trials, f"expected {max_trials} trials, you return {len(rows)}")
    for row in rows:
        names = {*NAMES, *(["momentum"] if row.get("optimizer") == "sgd" else []), "trial_id", "val_accuracy"}
        check(set(row) == names, f"a trial has the entries {sorted(row)}, expected {sorted(names)}")
        check(type(row["val_accuracy"]) is float, "expected val_accuracy as a Python float")
    return rows


def values_of(row):
    return {name: value for name, value in row.items() if name not in ("trial_id", "val_accuracy")}


def files(student, directory, pattern):
    """JSON files below a folder: (path, time of writing) → record."""
    folder = student.make(Remote("pathlib.Path", directory))
    found = {}
    for path in folder.rglob(pattern).items(200):
        try:
            found[path.as_posix(), path.stat().read("st_mtime_ns")] = json.loads(path.read_text())
        except (ValueError, TypeError):
            raise CheckFailed(f"a {pattern} cannot be read") from None
    return found


def search_in_public(student):
    """The search of the public test once more: two trials, with a seed that is none to keras-tuner."""
    train, validation = digits(7, 160, 37)
    return student.run_search(*train, *validation, "random", 2, 0, "public")


@question("10.7", points=2)
def test_search_repeats(student):
    """Twice in one directory: the second search begins anew, and gives the same trials for the same seed."""
    # the public test has searched there before; a search takes seconds
    before = files(student, "public", "trial.json")
    if len(before) < 2:
        search_in_public(student)
        before = files(student, "public", "trial.json")
    newest = [before[key] for key in sorted(before, key=lambda key: key[1])[-2:]]
    # what the seed does not decide is to come out otherwise
    student.make(Remote("keras.utils.set_random_seed", 4321))
    again = rows_of(search_in_public(student), 2)
    fresh = [record for key, record in files(student, "public", "trial.json").items() if key not in before]
    check(len(fresh) == 2, "the second search in a directory does not run its trials: it reloads the first one's")
    written = sorted(json.dumps(record["hyperparameters"]["values"], sort_keys=True) for record in fresh)
    told = sorted(json.dumps(values_of(row), sort_keys=True) for row in again)
    check(written == told, "the trials returned by the second search are not those that it ran")
    runs = [{record["trial_id"]: record for record in records} for records in (newest, fresh)]
    proposed = [{id: record["hyperparameters"]["values"] for id, record in run.items()} for run in runs]
    same = proposed[0] == proposed[1]
    check(same, "the same seed proposes other hyperparameters; seed=0 is no seed to keras-tuner", share=0.5)
    # a GPU may round otherwise from run to run
    losses = [{id: val_loss(record) for id, record in run.items()} for run in runs]
    close = losses[0].keys() == losses[1].keys() and all(
        np.isclose(losses[0][id], losses[1][id], rtol=0.02, equal_nan=True) for id in losses[0]
    )
    check(close, "the same seed trains to other scores: it decides the proposals only", share=0.5)
    check(told[0] != told[1], "two trials of a search are equal")


def val_loss(record):
    """The validation loss of a trial: two trainings never agree in it by chance."""
    metric = record["metrics"]["metrics"].get("val_loss") or {"observations": []}
    return next((seen["value"][0] for seen in metric["observations"]), 0.0)


# what the oracle of each tuner keeps in its books; that of a grid keeps nothing more than all do
BOOKS = {"hyperband": {"brackets"}, "bayesian": {"beta"}, "grid": set()}


@question("10.7", points=2)
def test_search_methods(student, problem):
    """Hyperband, Bayesian and grid search: the right tuner, as many trials as asked for, no books among the values."""
    train, validation = digits(problem.seed, 96, 37)
    for method, book in BOOKS.items():
        # Bayesian search and Hyperband begin with random trials: a second one would tell nothing more
        max_trials = 2 if method == "grid" else 1
        directory = f"{method}/{problem.seed}"
        found = student.run_search(*train, *validation, method, max_trials, 3, directory)
        rows = rows_of(found, max_trials)
        top = max(row["val_accuracy"] for row in rows)
        winners = [values_of(row) for row in rows if row["val_accuracy"] == top]
        check(found["best"] in winners, f'{method}: "best" is not the trial with the highest validation accuracy')
        oracles = list(files(student, directory, "oracle.json").values())
        others = set().union(*BOOKS.values()) - book
        right = len(oracles) == 1 and book <= set(oracles[0]) and not others & set(oracles[0])
        check(right, f"{method}: the search was run by another tuner", share=0.5)
        if method == "grid":
            a, b = (values_of(row) for row in rows)
            moved = [name for name in a.keys() & b.keys() if a[name] != b[name]]
            check(len(moved) == 1, "grid: expected two neighbours of a grid, which differ in one value", share=0.5)
        if method == "hyperband":
            records = files(student, directory, "trial.json").values()
            epochs = [record["hyperparameters"]["values"].get("tuner/epochs") for record in records]
            check(
                max(epochs) < 10 and oracles[0]["max_epochs"] == 10, "hyperband: expected max_epochs=EPOCHS", share=0.5
            )


@question("10.7", points=3, after=("10.6", "10.8"))
def test_search_finds(student, problem):
    """What the search finds: the final model, trained with it, reads digits that your program never saw."""
    train, validation, (X, labels) = digits(problem.seed, 640, 96, 600)
    everything = [np.concatenate(pair) for pair in zip(train, validation, strict=True)]
    scores = []
    for attempt in range(ATTEMPTS):
        seed = derived_seed(problem.seed, "search", str(attempt))
        found = student.run_search(*train, *validation, "random", TRIALS, seed, f"find/{problem.seed}")
        rows = rows_of(found, TRIALS)
        hits = [row["val_accuracy"] * 96 for row in rows]
        check(
            all(abs(hit - round(hit)) < 1e-3 for hit in hits),
            "a val_accuracy is not a whole number of the 96 validation examples: what were the trials scored on?",
        )
        top = max(row["val_accuracy"] for row in rows)
        winners = [values_of(row) for row in rows if row["val_accuracy"] == top]
        check(found["best"] in winners, '"best" is not the trial with the highest validation accuracy')
        model = student.final_model(found["best"], *everything, 1)
        scores.append(held_out_score(model, Tensor(X), labels, accuracy))
        if scores[-1] >= ENOUGH:
            return
    check(
        False, f"{max(scores):.0%} of held-out digits are read after {ATTEMPTS} searches of {TRIALS} trials: not enough"
    )


def accuracy(labels, scores):
    if scores.shape != labels.shape:
        return 0.0
    return float(np.mean(scores.argmax(axis=1) == labels.argmax(axis=1)))


@question("10.8", points=2)
def test_final_model_again(student, problem):
    """Final model: the accuracy on held-out digits, and the seed that decides it."""
    (X, Y), (X_new, labels) = digits(problem.seed, 480, 600)
    best = {
        "hidden_layers": 2,
        "units": 48,
        "activation": "tanh",
        "dropout": 0.1,
        "learning_rate": 0.1,
        "optimizer": "sgd",
        "momentum": 0.8,
    }
    model = student.final_model(best, X, Y, 3)
    score = held_out_score(model, Tensor(X_new), labels, accuracy)
    check(score >= 0.85, f"{score:.0%} of held-out digits are read; the best values reach more")
    again, other = (student.final_model(best, X, Y, seed) for seed in (3, 4))
    kernels = [np.asarray(model.get_weights()[0]) for model in (model, again, other)]
    check(np.allclose(kernels[0], kernels[1], atol=1e-2), "the same seed gives another model", share=0.5)
    check(not np.allclose(kernels[0], kernels[2], atol=0.1), "another seed gives the same model", share=0.5)
