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
UNIFORM = "the logarithm of your {} is not uniform: some orders of magnitude come too often, and others too rarely"


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
    right = isinstance(draws, np.ndarray) and draws.shape == (40, 50)
    check(right, f"with size=(40, 50) you return {kind_of(draws)}; expected an array of that shape", code="shape")
    check(draws.dtype == np.float64, f"your draws are {draws.dtype}; expected float64", share=0.5, code="dtype")
    for size, shape in ((1, (1,)), ((1, 1), (1, 1))):
        alone = student.log_uniform(low, high, generator(problem.seed), size)
        right = isinstance(alone, np.ndarray) and alone.shape == shape
        told = f"with size={size} you return {kind_of(plain(alone))}; expected an array of shape {shape}"
        check(right, told, share=0.5, code="shape")
    outside = int(((draws < low) | (draws > high)).sum())
    check(not outside, f"{outside} of 2000 draws lie outside low and high")
    check(distance_to_uniform(log_part(draws.ravel(), low, high)) < KOLMOGOROV, UNIFORM.format("2000 draws"))
    different = len(np.unique(draws))
    told = f"{different} of 2000 draws are different; expected all of them: is each one drawn?"
    check(different == 2000, told, share=0.5)
    again = student.log_uniform(low, high, generator(problem.seed), (40, 50))
    told = "generators with the same seed give different draws: are all of them drawn from rng?"
    check(np.array_equal(draws, again), told, share=0.5, code="seed")
    rng = student.make(generator(problem.seed))
    one, two = (student.log_uniform(low, high, rng) for _ in range(2))
    told = "two draws from one generator are equal: is each of them drawn from rng?"
    check(one != two, told, share=0.5, code="seed")


@question("10.2", points=2)
def test_grid_again(student):
    """Grid: int ranges rounded and each value once, choices whole, the ends exactly."""
    space = {"units": ("int", 16, 128), "few": ("int", 1, 2), "net": ("choice", ["a", "b", "c"])}
    received = plain(student.grid(space, 4))
    check_grid(received, space, {"units": [16, 53, 91, 128], "few": [1, 2], "net": ["a", "b", "c"]})
    for name in ("units", "few"):
        odd = next((config[name] for config in received if type(config[name]) is not int), None)
        told = f"`{name}` is an int range, and one of its values is {kind_of(odd)}; expected Python ints"
        check(odd is None, told, share=0.5, code="kind")
    space = {"rate": ("log", 2e-5, 0.3), "drop": ("linear", 0.1, 0.7), "net": ("choice", [*"abcdefg"])}
    received = plain(student.grid(space, 5))
    check_grid(
        received, space, {"rate": np.geomspace(2e-5, 0.3, 5), "drop": np.linspace(0.1, 0.7, 5), "net": "abcdefg"}
    )
    check_single(plain(student.grid(SINGLE, 2)))


def check_grid(received, space, expected):
    """That a grid holds the values of each entry, and each combination once. No message says which values are right."""
    check_plain(received, space)
    for name, values in expected.items():
        own, right = ({rounded({name: value}) for value in some} for some in ([c[name] for c in received], values))
        told = f"`{name}`, {ENTRIES[space[name][0]]}, has {len(own)} different values"
        check(len(own) == len(right), f"{told}; expected {len(right)}")
        check(own == right, f"{told}, {len(own - right)} of them wrong")
    count, expected_count = len(received), math.prod(map(len, expected.values()))
    check(count == expected_count, f"you return {count} configurations; expected {expected_count}")
    different = len(set(map(rounded, received)))
    check(different == count, f"{different} of your {count} configurations are different; expected each of them once")


ENTRIES = {"log": "a log range", "linear": "a linear range", "int": "an int range", "choice": "a choice"}
SINGLE = {"net": ("choice", ["a"])}


def check_single(received):
    check_plain(received, SINGLE)
    told = f"of a space with a single configuration you return {len(received)}; expected this one, once"
    check(list(map(rounded, received)) == [rounded({"net": "a"})], told, share=0.5)


def check_plain(received, space):
    """That there is a list of configurations, each with the names of the space, and numbers or texts as values."""
    check(type(received) is list, f"you return {kind_of(received)}; expected a list of configurations", code="kind")
    for number, config in enumerate(received, 1):
        which = f"configuration {number}"
        check(type(config) is dict, f"{which} is {kind_of(config)}; expected a dict", code="kind")
        told = f"{which} has these names: {listed(config)}; expected those of the space: {listed(space)}"
        check(set(config) == set(space), told)
        odd = next((name for name in config if type(config[name]) not in (int, float, str)), None)
        told = f"{which}: `{odd}` is {kind_of(config.get(odd))}; expected a number or a text"
        check(odd is None, told, code="kind")


def listed(values):
    """Names, or numbers, as a person writes them; of many, the first few."""
    texts = [str(value)[:40] for value in values]
    texts = texts if len(texts) <= 8 else [*texts[:7], f"{len(texts) - 7} more"]
    return " and ".join(filter(None, [", ".join(texts[:-1]), *texts[-1:]])) or "none"


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
    check(len(found) == 2000, f"of 2000 configurations that were asked for, you return {len(found)}")
    rates, drops = ([config[name] for config in found] for name in ("rate", "drop"))
    for name in ("rate", "drop"):
        odd = next((config[name] for config in found if type(config[name]) not in (int, float)), None)
        check(odd is None, f"`{name}` is {kind_of(odd)} in one configuration; expected a number", code="kind")
    check(
        distance_to_uniform(log_part(rates, 1e-6, 0.1)) < KOLMOGOROV, "`rate`, a log range: " + UNIFORM.format("draws")
    )
    told = "`drop`, a linear range: your draws are not uniform between its ends"
    check(distance_to_uniform((np.array(drops) - 0.2) / 0.4) < KOLMOGOROV, told)
    for name, values in (("layers", [2, 3, 4]), ("net", ["a", "b", "c", "d"])):
        drawn = [config[name] for config in found]
        what = f"`{name}`, {ENTRIES[space[name][0]]}"
        others, never = len(set(drawn) - set(values)), len(set(values) - set(drawn))
        check(not others, f"{what}: {others} of the values that you draw are not in it")
        told = f"{what}: 2000 draws reach {len(values) - never} of its {len(values)} values; expected all of them"
        check(not never, told)
        # five standard deviations and more
        shares = [drawn.count(value) / 2000 for value in values]
        told = f"{what}: of 2000 draws, the rarest value gets {min(shares):.0%} and the commonest {max(shares):.0%}"
        equal = all(0.8 < share * len(values) < 1.2 for share in shares)
        check(equal, f"{told}; expected equal shares")
    # dependent entries: a small rate always with a small dropout
    correlation = np.corrcoef(np.log(rates), drops)[0, 1]
    told = f"`rate` and `drop` go together (correlation {correlation:.2f}): expected a draw of its own for each entry"
    check(abs(correlation) < 0.12, told)
    small = {"layers": ("int", 1, 3), "net": ("choice", ["a", "b", "c", "d"])}
    for n, expected in ((1, 1), (9, 9), (12, 12), (40, 12)):
        some = plain(student.random_search(small, n, generator(derived_seed(problem.seed, str(n)))))
        check_plain(some, small)
        different = len(set(map(rounded, some)))
        told = f"with n={n}, {different} of your {len(some)} configurations are different; expected all of them"
        check(different == len(some), told, share=0.5)
        told = f"with n={n} and a space of 12 configurations you return {len(some)}; expected {expected}"
        check(len(some) == expected, told, share=0.5)
    check_single(plain(student.random_search(SINGLE, 3, generator(problem.seed))))
    again = plain(student.random_search(small, 9, generator(derived_seed(problem.seed, "9"))))
    same = plain(student.random_search(small, 9, generator(derived_seed(problem.seed, "9")))) == again
    told = "generators with the same seed give different configurations: are all of them drawn from rng?"
    check(same, told, share=0.5, code="seed")
    other = plain(student.random_search(small, 9, generator(derived_seed(problem.seed, "another")))) != again
    check(other, "generators with other seeds give the same configurations: is rng used?", share=0.5, code="seed")


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
    """That a space has the entries of another. A message says what is wrong with an entry, and not what is right."""
    check(type(received) is dict, f"you return {kind_of(received)}; expected a dict of entries", code="kind")
    told = f"your space has these names: {listed(received)}; expected those of the old one: {listed(expected)}"
    check(set(received) == set(expected), told)
    faults = {name: fault for name, entry in expected.items() if (fault := fault_of(received[name], entry))}
    share = 1 - len(faults) / len(expected)
    told = "; ".join(f"`{name}`, {ENTRIES[expected[name][0]]}: {fault}" for name, fault in faults.items())
    check(not faults, told, share=round(share / 2, 2))


def fault_of(entry, expected):
    """What is wrong with an entry of a narrower space, or ""."""
    kind, *rest = expected
    if type(entry) not in (tuple, list) or len(entry) != len(expected) or entry[0] != kind:
        return "it has another form than before"
    if kind == "choice":
        return "" if type(entry[1]) in (list, tuple) and list(entry[1]) == rest[0] else "its choices are not as before"
    if any(type(end) not in (int, float) for end in entry[1:]):
        return "its ends are not both numbers"
    (low, high), (right_low, right_high) = entry[1:], rest
    if kind == "int" and not type(low) is type(high) is int:
        return "its ends are not both Python ints"
    ends = {"low": (low, right_low), "high": (high, right_high)}
    wrong = [name for name, pair in ends.items() if not math.isclose(*pair, rel_tol=1e-6, abs_tol=1e-9)]
    if not wrong:
        return ""
    if kind == "log" and low > 0 and high > 0:
        low, high, right_low, right_high = map(math.log, (low, high, right_low, right_high))
    if len(wrong) == 2 and math.isclose(high - low, right_high - right_low, rel_tol=1e-6):
        return "it is as wide as it should be, and not around the best value"
    if len(wrong) == 2 and math.isclose(high + low, right_high + right_low, rel_tol=1e-6, abs_tol=1e-9):
        return f"it is around the best value, and too {'wide' if high - low > right_high - right_low else 'narrow'}"
    return f"{' and '.join(wrong)} {'is not where it' if len(wrong) == 1 else 'are not where they'} should be"


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
    losses = plain(student.overfit_tiny_batch(certain, X[:8], np.ones((8, 1), np.float32), 1))
    single = type(losses) is list and len(losses) == 1 and type(losses[0]) is float
    told = f"with one output and one step you return {kind_of(losses)}; expected a list of one loss"
    check(single, told, share=0.5, code="kind")
    for what, build in sick.items():
        try:
            student.overfit_tiny_batch(build, X, Y, 6)
        except CheckFailed as failure:
            fact = failure.facts[0]
            if fact.kind != "raised" or fact.values["error"] != "ValueError":
                raise
            advice = fact.values["text"]
            told = f"{what}: the ValueError says only {advice!r}; expected what the loss was, and what to try"
            check(len(advice) > 30, told, share=0.5)
        else:
            raise CheckFailed(f"{what}: your function returns losses; expected a ValueError", share=0.5)


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
        check(hasattr(model, "handle"), f"you return {kind_of(model)}; expected a keras.Model", code="kind")
        after = plain(hp.read("values"))
        other = sorted(name for name in {*values, *after} if values.get(name) != after.get(name))
        check(not other, f"build_model changes or adds values of a trial: {listed(other)}", share=0.5)
        weights = [np.asarray(weight, np.float64) for weight in model.get_weights()]
        n, units = values["hidden_layers"], values["units"]
        which = f"with {n} hidden {'layer' if n == 1 else 'layers'} of {units} units"
        shapes = [(64, units), *[(units, units)] * (n - 1), (units, 10)]
        found = [weight.shape for weight in weights if weight.ndim == 2]
        told = f"{which}, the kernels have the shapes {listed(found)}; expected {listed(shapes)}"
        check(found == shapes, told)
        H = X.astype(np.float64)
        for i in range(0, len(weights) - 2, 2):
            H = ACTIVATIONS[values["activation"]](H @ weights[i] + weights[i + 1])
        Z = H @ weights[-2] + weights[-1]
        P = np.exp(Z - Z.max(axis=1, keepdims=True))
        P /= P.sum(axis=1, keepdims=True)
        received = np.asarray(array_of(model(Tensor(X))))
        told = f"{which}, the outputs for 11 examples have the shape {received.shape}; expected (11, 10)"
        check(received.shape == P.shape, told, code="shape")
        told = "the 10 outputs of an example are not probabilities: they do not add up to 1; expected a softmax"
        check(np.allclose(received.sum(axis=1), 1, atol=1e-4), told)
        told = f"{which}, the outputs are not those of {values['activation']} layers with a softmax at the end"
        check(np.allclose(received, P, atol=1e-5), told)
        scores = model.evaluate(X, Y, 11, 0)
        count = len(scores) - 1 if type(scores) is list else 0
        told = f"the compiled model has {count} metrics; expected one, the accuracy"
        check(type(scores) is list and count == 1, told)
        loss = -np.mean(np.log(np.sum(P * Y, axis=1)))
        check(abs(scores[0] - loss) < 1e-4, "the model's loss is not the categorical cross-entropy", share=0.5)
        accuracy = np.mean(P.argmax(axis=1) == Y.argmax(axis=1))
        check(abs(scores[1] - accuracy) < 1e-5, "the model's metric is not the accuracy", share=0.5)
        kinds = [layer.type for layer in model.read("layers") if layer.type in ("Dense", "Dropout")]
        count = kinds.count("Dropout")
        told = f"{which}, the model has {count} Dropout layers; expected {n}, one after each hidden layer"
        check(count == n, told, share=0.5)
        rates = [float(layer.read("rate")) for layer in model.read("layers") if layer.type == "Dropout"]
        told = f"the Dropout layers have the rates {listed(rates)}; expected that of the trial, {values['dropout']}"
        check(rates == [values["dropout"]] * n, told, share=0.5)
        told = f"the layers come in the order {listed(kinds)}; expected each Dropout after its hidden layer"
        check(kinds == ["Dense", "Dropout"] * n + ["Dense"], told, share=0.5, code="order")
        check_optimizer(model.read("optimizer"), values)


def check_optimizer(optimizer, values):
    wanted, name = {"sgd": "SGD", "adam": "Adam"}[values["optimizer"]], getattr(optimizer, "type", "none")
    check(name == wanted, f"with the optimizer {values['optimizer']}, the model has {name}; expected {wanted}")
    for what in ("learning_rate", "momentum") if wanted == "SGD" else ("learning_rate",):
        own = optimizer.read(what)
        own = float(array_of(own if what == "momentum" else own.numpy()))
        told = f"{wanted} has the {what} {own:.4g}; expected the trial's, {values[what]}"
        check(math.isclose(own, values[what], rel_tol=1e-5), told, share=0.0 if what == "learning_rate" else 0.5)


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
    check(type(found) is dict, f'you return {kind_of(found)}; expected a dict of "best" and "trials"', code="kind")
    rows, best = found.get("trials"), found.get("best")
    check(type(rows) is list, f'"trials" is {kind_of(rows)}; expected a list of dicts', code="kind")
    check(type(best) is dict, f'"best" is {kind_of(best)}; expected a dict of hyperparameters', code="kind")
    check(len(rows) == max_trials, f"of {max_trials} trials that were asked for, you return {len(rows)}")
    for number, row in enumerate(rows, 1):
        check(type(row) is dict, f"trial {number} is {kind_of(row)}; expected a dict", code="kind")
        names = {*NAMES, *(["momentum"] if row.get("optimizer") == "sgd" else []), "trial_id", "val_accuracy"}
        told = f"trial {number} has the entries {listed(sorted(map(str, row)))}; expected {listed(sorted(names))}"
        check(set(row) == names, told)
        score = row["val_accuracy"]
        told = f'"val_accuracy" of trial {number} is {kind_of(score)}; expected a number'
        check(type(score) in (float, int), told, code="kind")
    return rows


def check_best(found, rows, which=""):
    """That the best values are those of the trial with the highest validation accuracy."""
    top = max(row["val_accuracy"] for row in rows)
    own = [row["val_accuracy"] for row in rows if values_of(row) == found["best"]]
    told = f"those of a trial with val_accuracy {max(own):.4g}" if own else "not those of any of your trials"
    told = f'{which}the hyperparameters in "best" are {told}; expected those of the best trial, which has {top:.4g}'
    check(top in own, told)


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
            raise CheckFailed(f"a {pattern} in the search's directory holds no JSON that can be read") from None
    return found


def search_in_public(student):
    """The search of the public test once more: two trials, with a seed that is none to keras-tuner."""
    train, validation = digits(7, 160, 37)
    return plain(student.run_search(*train, *validation, "random", 2, 0, "public"))


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
    told = f"a second search in the same directory writes {len(fresh)} new files trial.json; expected 2"
    check(len(fresh) == 2, f"{told}: does it reload the trials of the first?")
    written = sorted(json.dumps(record["hyperparameters"]["values"], sort_keys=True) for record in fresh)
    told = sorted(json.dumps(values_of(row), sort_keys=True) for row in again)
    check(written == told, "the trials that a second search returns are not those that its files trial.json tell of")
    runs = [{record["trial_id"]: record for record in records} for records in (newest, fresh)]
    proposed = [{id: record["hyperparameters"]["values"] for id, record in run.items()} for run in runs]
    same = proposed[0] == proposed[1]
    told_of_seed = "two searches with seed=0 propose different hyperparameters; 0 is no seed to keras-tuner"
    check(same, told_of_seed, share=0.5, code="seed")
    # a GPU may round otherwise from run to run
    losses = [{id: val_loss(record) for id, record in run.items()} for run in runs]
    close = losses[0].keys() == losses[1].keys() and all(
        np.isclose(losses[0][id], losses[1][id], rtol=0.02, equal_nan=True) for id in losses[0]
    )
    told_of_seed = "two searches with the same seed propose the same, and train to different losses"
    check(close, f"{told_of_seed}: does the seed decide the training too?", share=0.5, code="seed")
    check(told[0] != told[1], "both trials of a search have the same hyperparameters; expected different ones")


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
        found = plain(student.run_search(*train, *validation, method, max_trials, 3, directory))
        rows = rows_of(found, max_trials)
        check_best(found, rows, f"{method}: ")
        oracles = list(files(student, directory, "oracle.json").values())
        others = set().union(*BOOKS.values()) - book
        right = len(oracles) == 1 and book <= set(oracles[0]) and not others & set(oracles[0])
        told = f"with method={method!r}, the files in the directory are not those of its tuner"
        check(right, f"{told}: was the search run by another one?", share=0.5)
        if method == "grid":
            a, b = (values_of(row) for row in rows)
            moved = [name for name in a.keys() & b.keys() if a[name] != b[name]]
            told = f"grid: the first two trials differ in {len(moved)} hyperparameters"
            check(len(moved) == 1, f"{told}; expected neighbours, which differ in one", share=0.5)
        if method == "hyperband":
            records = files(student, directory, "trial.json").values()
            epochs = [record["hyperparameters"]["values"].get("tuner/epochs") for record in records]
            most = oracles[0]["max_epochs"]
            check(
                most == 10, f"hyperband: max_epochs is {most}; expected EPOCHS, which is 10", share=0.5, code="constant"
            )
            told = f"hyperband: the first trial trains for {max(epochs)} epochs; expected fewer than max_epochs"
            check(max(epochs) < 10, told, share=0.5)


@question("10.7", points=3, after=("10.6", "10.8"))
def test_search_finds(student, problem):
    """What the search finds: the final model, trained with it, reads digits that your program never saw."""
    train, validation, (X, labels) = digits(problem.seed, 640, 96, 600)
    everything = [np.concatenate(pair) for pair in zip(train, validation, strict=True)]
    scores = []
    for attempt in range(ATTEMPTS):
        seed = derived_seed(problem.seed, "search", str(attempt))
        found = plain(student.run_search(*train, *validation, "random", TRIALS, seed, f"find/{problem.seed}"))
        rows = rows_of(found, TRIALS)
        for number, row in enumerate(rows, 1):
            hits = row["val_accuracy"] * 96
            told = (
                f'"val_accuracy" of trial {number} is {row["val_accuracy"]:.4g}: {hits:.2f} of 96 validation examples'
            )
            told = f"{told}; expected a whole number of them: what were the trials scored on?"
            check(abs(hits - round(hits)) < 1e-3, told)
        check_best(found, rows)
        model = student.final_model(found["best"], *everything, 1)
        scores.append(held_out_score(model, Tensor(X), labels, accuracy))
        if scores[-1] >= ENOUGH:
            return
    told = f"the best of {ATTEMPTS} searches of {TRIALS} trials gives a final model that reads {max(scores):.0%}"
    check(False, f"{told} of held-out digits; expected at least {ENOUGH:.0%}")


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
    check(score >= 0.85, f"your final model reads {score:.0%} of held-out digits; expected at least 85%")
    again, other = (student.final_model(best, X, Y, seed) for seed in (3, 4))
    kernels = [np.asarray(model.get_weights()[0]) for model in (model, again, other)]
    told = "twice with the same seed, final_model gives different weights"
    check(np.allclose(kernels[0], kernels[1], atol=1e-2), told, share=0.5, code="seed")
    told = "with another seed, final_model gives the same weights: is seed used?"
    check(not np.allclose(kernels[0], kernels[2], atol=0.1), told, share=0.5, code="seed")
