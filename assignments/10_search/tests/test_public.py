"""The public tests of 10: what `autograder check 10_search` runs.

Together they look at each sentence of a docstring once, its example included.
"""

import json
import math

import numpy as np
from common.search_draws import assert_entries, check_grid, check_log_law, check_random_laws, check_single
from common.search_models import check_built, check_raises, tiny
from common.search_trials import (
    CHOICES,
    RANGES,
    check_files,
    check_methods,
    check_repeats,
    check_result,
    files,
    small_search,
)
from common.search_values import check_names, digits, generator, listed, plain, rounded

from autograder.testing import Remote, Tensor, array_of, check, derived_seed, kind_of, number_of, question


def check_configs(received, space):
    """That each is a dict with the space's names, and plain values inside its ranges."""
    check(type(received) is list, f"expected a list of configurations, you return {kind_of(received)}", code="kind")
    for number, config in enumerate(received, 1):
        which = f"configuration {number}"
        check(type(config) is dict, f"{which} is {kind_of(config)}; expected a dict", code="kind")
        check_names(config, space, which)
        for name, (kind, *rest) in space.items():
            value = config[name]
            if kind == "choice":
                told = f"{which}: `{name}` is {listed([value])}; expected one of {listed(rest[0])}"
                check(value in rest[0], told)
                continue
            wanted = int if kind == "int" else float
            told = f"{which}: `{name}` is {kind_of(value)}; expected a Python {wanted.__name__}"
            check(type(value) in (wanted, int), told, code="kind")
            slack = 1e-9 * abs(rest[1])
            inside = rest[0] - slack <= value <= rest[1] + slack
            check(inside, f"{which}: `{name}` is {value:.4g}; expected {rest[0]:g} to {rest[1]:g}")


@question("10.1", points=1)
def test_log_uniform(student, problem):
    """Log-uniform draws: between the ends, half of them below the geometric mean."""
    # neither end is a power of ten, or has the logarithm 0
    low, high = 3e-5, 0.7
    draws = student.log_uniform(low, high, generator(problem.seed), 4000)
    right = isinstance(draws, np.ndarray) and draws.shape == (4000,)
    check(right, f"with size=4000 you return {kind_of(draws)}; expected an array of shape (4000,)", code="shape")
    check(draws.dtype.kind in "fiu", f"your draws are of dtype {draws.dtype}; expected float64", code="dtype")
    outside = draws[~((draws >= low) & (draws <= high))]
    few = listed(outside[:3].tolist())
    check(not outside.size, f"{outside.size} of 4000 draws lie outside {low:g} to {high:g}, such as {few}")
    # 4000 draws: the share is within 0.04 of a half but once in 2 million times
    middle = math.sqrt(low * high)
    share = float(np.mean(draws < middle))
    told = f"{share:.0%} of your draws from {low:g} to {high:g} lie below {middle:.4f}, the geometric mean"
    check(abs(share - 0.5) < 0.04, f"{told}; expected 50%")
    one = student.log_uniform(low, high, generator(1))
    check(number_of(one) is not None, f"with size=None you return {kind_of(one)}; expected one number", code="kind")


@question("10.1", points=1.25, after="10.1")
def test_log_uniform_law(student, problem):
    """Log-uniform draws: their law, their shape, and the generator that decides them."""
    # the logarithm of neither end is 0: a factor in it shows
    check_log_law(student, problem.seed, 2e-7, 3e-5)


@question("10.2", points=1)
def test_grid(student):
    """Grid: every combination once, log ranges in equal ratios, ends included."""
    space = {"rate": ("log", 1e-4, 1.0), "net": ("choice", ["a", "b"]), "drop": ("linear", 0.0, 0.5)}
    received = plain(student.grid(space, 3))
    check_configs(received, space)
    values = {"rate": [1e-4, 1e-2, 1.0], "net": ["a", "b"], "drop": [0.0, 0.25, 0.5]}
    for name, expected in values.items():
        own = sorted({rounded(config[name]) for config in received})
        told = f"`{name}` has {len(own)} values: {listed(own)}; expected {len(expected)}: {listed(expected)}"
        check(own == expected, told)
    check(len(received) == 18, f"you return {len(received)} configurations; expected 3 × 2 × 3 = 18")
    different = len({tuple(rounded(config[name]) for name in values) for config in received})
    check(different == 18, f"{different} of your 18 configurations are different; expected each combination once")


@question("10.2", points=1.25)
def test_grid_whole_numbers(student):
    """Grid: int ranges rounded and each value once, choices whole, the ends exactly."""
    example = {"learning_rate": ("log", 1e-4, 1.0), "layers": ("int", 1, 2)}
    check_grid(plain(student.grid(example, 3)), example, {"learning_rate": [1e-4, 1e-2, 1.0], "layers": [1, 2]})
    space = {"rate": ("log", 1e-3, 1.0), "units": ("int", 8, 31), "few": ("int", 3, 4), "net": ("choice", [*"abcde"])}
    received = plain(student.grid(space, 4))
    expected = {"rate": [1e-3, 1e-2, 1e-1, 1.0], "units": [8, 16, 23, 31], "few": [3, 4], "net": "abcde"}
    check_grid(received, space, expected)
    for name in ("units", "few"):
        odd = next((config[name] for config in received if type(config[name]) is not int), None)
        told = f"`{name}` is an int range, and one of its values is {kind_of(odd)}; expected Python ints"
        check(odd is None, told, share=0.5, code="kind")
    check_single(plain(student.grid({"net": ("choice", ["a"])}, 2)))


@question("10.3", points=1)
def test_random_search(student, problem):
    """Random search: n different configurations inside the space."""
    space = {"rate": ("log", 1e-4, 1.0), "units": ("int", 16, 128), "net": ("choice", ["a", "b"])}
    received = plain(student.random_search(space, 20, generator(problem.seed)))
    check_configs(received, space)
    check(len(received) == 20, f"you return {len(received)} configurations; expected 20")
    different = len({json.dumps(config, sort_keys=True) for config in received})
    check(different == 20, f"{different} of your 20 configurations are different; expected all of them")


@question("10.3", points=1.25, after="10.3")
def test_random_search_law(student, problem):
    """Random search: the law of each entry, no duplicates, small spaces, the generator."""
    example = {"layers": ("int", 1, 2), "activation": ("choice", ["relu", "tanh"])}
    count = len(plain(student.random_search(example, 100, generator(0))))
    told = f"of a space of 4 configurations, 100 of which are asked for, you return {count}; expected all 4"
    check(count == 4, told, share=0.25)
    space = {
        "rate": ("log", 1e-5, 1.0),
        "drop": ("linear", 0.0, 0.5),
        "layers": ("int", 1, 3),
        "net": ("choice", ["a", "b", "c"]),
    }
    check_random_laws(student, problem.seed, space)


@question("10.4", points=1.5)
def test_coarse_to_fine(student):
    """Coarse to fine: ranges narrower by the factor, around the best, log ranges in log space."""
    space = {"rate": ("log", 1e-4, 1.0), "drop": ("linear", 0.0, 0.8), "net": ("choice", ["a", "b"])}
    trials = [
        ({"rate": 0.5, "drop": 0.1, "net": "a"}, 0.3),
        ({"rate": 0.01, "drop": 0.4, "net": "b"}, 0.9),
        ({"rate": 0.001, "drop": 0.7, "net": "a"}, 0.6),
    ]
    # a factor of 2 would also be that of the half width
    received = plain(student.coarse_to_fine(space, trials, 5))
    reach = 10**0.4  # the ratio of 10,000 becomes its fifth root, half of it on each side
    expected = {
        "rate": ("log", 0.01 / reach, 0.01 * reach),
        "drop": ("linear", 0.32, 0.48),
        "net": ("choice", ["a", "b"]),
    }
    assert_space(received, expected)
    example = {"rate": ("log", 1e-4, 1.0), "net": ("choice", ["a", "b"])}
    trials = [({"rate": 0.01, "net": "b"}, 0.9), ({"rate": 1.0, "net": "a"}, 0.2)]
    expected = {"rate": ("log", 0.001, 0.1), "net": ("choice", ["a", "b"])}
    assert_space(plain(student.coarse_to_fine(example, trials, 2)), expected)


def assert_space(received, expected):
    """That a space has the entries of another, ends up to rounding."""
    check(type(received) is dict, f"you return {kind_of(received)}; expected a dict of entries", code="kind")
    check_names(received, expected, "your space")
    for name, (kind, *rest) in expected.items():
        entry = received[name]
        form = "('choice', [...])" if kind == "choice" else f"({kind!r}, low, high)"
        right = type(entry) in (tuple, list) and len(entry) == len(rest) + 1 and entry[0] == kind
        check(right, f"`{name}` is {str(entry)[:80]}; expected an entry of the form {form}", code="kind")
        if kind == "choice":
            own = list(entry[1]) if type(entry[1]) in (list, tuple) else [entry[1]]
            check(own == rest[0], f"`{name}` has the choices {listed(own)}; expected {listed(rest[0])}, as it was")
            continue
        for which, mine, theirs in zip(("low", "high"), entry[1:], rest, strict=True):
            check(type(mine) in (int, float), f"`{name}`: {which} is {kind_of(mine)}; expected a number", code="kind")
            right = math.isclose(mine, theirs, rel_tol=1e-6, abs_tol=1e-9)
            check(right, f"`{name}`: {which} is {mine:.4g}; expected {theirs:.4g}")


@question("10.4", points=2)
def test_coarse_to_fine_bullets(student):
    """Coarse to fine: whole numbers, what is cut at 0 or 1 and what is not, trials without a score."""
    space = {
        "rate": ("log", 1e-4, 1.0),
        "units": ("int", 16, 128),
        "layers": ("int", 1, 3),
        "drop": ("linear", 0.0, 0.5),
        "shift": ("linear", -2.0, 2.0),
        "net": ("choice", ["a", "b", "c"]),
    }
    best = {"rate": 1e-4, "units": 120, "layers": 1, "drop": 0.04, "shift": -1.5, "net": "c"}
    other = {"rate": 0.3, "units": 30, "layers": 2, "drop": 0.4, "shift": 0.5, "net": "b"}
    trials = [(other, math.nan), (other, 0.3), (best, 0.8), (other, math.nan), (other, 0.5)]
    expected = {
        "rate": ("log", 1e-5, 1e-3),
        "units": ("int", 92, 148),
        "layers": ("int", 1, 2),  # from 0.5 and 1.5, rounded and cut at 1
        "drop": ("linear", 0.0, 0.165),  # its low, 0.04 - 0.125, is cut at 0
        "shift": ("linear", -2.5, -0.5),
        "net": ("choice", ["a", "b", "c"]),
    }
    assert_entries(plain(student.coarse_to_fine(space, trials, 2)), expected)


def examples(seed, count, outputs=3):
    rng = np.random.default_rng(derived_seed(seed, "examples"))
    X = rng.normal(size=(count, 6)).astype(np.float32)
    return X, np.eye(outputs, dtype=np.float32)[rng.integers(outputs, size=count)]


@question("10.5", points=1.5)
def test_overfit_tiny_batch(student, problem):
    """Tiny batch: the losses of a healthy model fall to nearly 0 on the first 8 examples."""
    X, Y = examples(problem.seed, 8)
    # the rest contradicts itself: who trains on it cannot learn it by heart
    X = np.concatenate([X, *[X[:1]] * 32])
    Y = np.concatenate([Y, np.eye(3, dtype=np.float32)[np.arange(32) % 3]])
    healthy = tiny([(32, "relu", "GlorotUniform"), (3, "softmax", "Zeros")], "Adam", 0.03)
    losses = plain(student.overfit_tiny_batch(healthy, X, Y, 60))
    check(type(losses) is list, f"you return {kind_of(losses)}; expected a list of 60 losses", code="kind")
    check(len(losses) == 60, f"you return {len(losses)} losses; expected 60, one for each step", code="shape")
    odd = next((loss for loss in losses if type(loss) is not float), None)
    check(odd is None, f"one of your losses is {kind_of(odd)}; expected floats", code="kind")
    # weights of 0 in the output layer give every class 1/3
    told = f"your first loss is {losses[0]:.4g}; expected ln 3 = {math.log(3):.4g}, that of the untrained model"
    check(abs(losses[0] - math.log(3)) < 1e-3, told)
    told = f"your last loss is {losses[-1]:.4g}; expected at most 0.1, as 60 steps on the first 8 examples reach"
    check(losses[-1] <= 0.1, told)


@question("10.5", points=1.5)
def test_overfit_tiny_batch_raises(student, problem):
    """Tiny batch: a model that does not learn 8 examples by heart, or diverges, raises ValueError."""
    check_raises(student, problem.seed, 5)


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
    expected = (*RANGES, *CHOICES)
    check_names(space, expected, "your search space")
    for name, choices in CHOICES.items():
        entry = space[name]
        told = f"`{name}` is {a_or_an(entry['kind'])}; expected a Choice"
        check(entry["kind"] == "Choice", told, code="kind")
        told = f"`{name}` has {len(entry['values'])} choices: {listed(entry['values'])}"
        told += f"; expected {len(choices)}: {listed(sorted(choices))}"
        fewer = "missing-name" if set(entry["values"]) < choices else ""
        check(set(entry["values"]) == choices, told, code=fewer)
    for name, (low, high, log) in RANGES.items():
        entry = space[name]
        if name == "hidden_layers" and entry["kind"] == "Choice":
            told = f"`{name}` has {len(entry['values'])} values: {listed(entry['values'])}; expected 3: 1, 2 and 3"
            check(sorted(entry["values"]) == [1, 2, 3], told, code="constant")
            continue
        wanted = "Float" if type(low) is float else "Int"
        told = f"`{name}` is {a_or_an(entry['kind'])}; expected {a_or_an(wanted)}"
        check(entry["kind"] == wanted, told, code="kind")
        ends = (entry["min_value"], entry["max_value"])
        told = f"`{name}` goes from {ends[0]:g} to {ends[1]:g}; expected {low:g} to {high:g}"
        check(ends == (low, high), told, code="constant")
        sampling = "log" if log else "linear"
        # every learning rate below 0.1 is one trial in ten when the order of magnitude is not what is drawn
        told = f"`{name}` has {entry['sampling']} sampling; expected {sampling} sampling"
        check(entry["sampling"] == sampling, told, code="distribution")
        step = entry["step"]
        told = f"`{name}` has a step of {step}, which leaves out values and often the upper end; expected no step"
        check(step in (None, 1), told, code="flag")
    conditions = {name: conditions_of(entry) for name, entry in space.items()}
    told = f"`momentum` is active {conditions['momentum'] or 'always'}; expected a conditional scope"
    told = f"{told}, active only when optimizer is sgd"
    check(conditions["momentum"] == "when optimizer is sgd", told)
    others = [
        f"`{name}` is active {conditions[name]}" for name in conditions if name != "momentum" and conditions[name]
    ]
    check(not others, f"{listed(others)}; expected no condition")


def a_or_an(kind):
    return f"an {kind}" if kind[0] in "AEIOU" else f"a {kind}"


def conditions_of(entry):
    """When a hyperparameter is active, in words; "" for always."""
    parts = [
        f"{one['config']['name']} is {' or '.join(map(str, one['config']['values']))}" for one in entry["conditions"]
    ]
    return f"when {' and '.join(parts)}" if parts else ""


BUILT = (
    {
        "hidden_layers": 2,
        "units": 19,
        "activation": "relu",
        "dropout": 0.25,
        "learning_rate": 0.05,
        "optimizer": "adam",
    },
    {
        "hidden_layers": 1,
        "units": 27,
        "activation": "tanh",
        "dropout": 0.45,
        "learning_rate": 0.004,
        "optimizer": "sgd",
        "momentum": 0.6,
    },
)


@question("10.6", points=2.5)
def test_built_models(student, problem):
    """The model: its layers, outputs, loss, metric and optimizer follow the hyperparameters."""
    check_built(student, problem.seed, BUILT)


@question("10.7", points=3)
def test_run_search(student):
    """Random search: as many trials as asked for, the best by validation accuracy, a trial.json for each."""
    before = files(student, "public", "trial.json")
    trials = check_result(small_search(student, "public", 0), 2, 37)
    check_files([record for key, record in files(student, "public", "trial.json").items() if key not in before], trials)


@question("10.7", points=2, after="10.7")
def test_search_repeats(student):
    """Twice in one directory: the second search begins anew, and gives the same trials for the same seed."""
    check_repeats(student, "public", 0)


@question("10.7", points=2, after="10.7")
def test_search_methods(student, problem):
    """Hyperband, Bayesian and grid search: the right tuner, as many trials as asked for, no books among the values."""
    check_methods(student, problem.seed, ("hyperband", "bayesian", "grid"))


BEST = {
    "hidden_layers": 1,
    "units": 64,
    "activation": "relu",
    "dropout": 0.1,
    "learning_rate": 0.01,
    "optimizer": "adam",
}


@question("10.8", points=1.5)
def test_final_model(student, problem):
    """Final model: built from the best values, and trained."""
    ((X, Y),) = digits(problem.seed, 192)
    model = student.final_model(BEST, X, Y, 1)
    check(hasattr(model, "handle"), f"you return {kind_of(model)}; expected a keras.Model", code="kind")
    count, expected = model.count_params(), 64 * 64 + 64 + 640 + 10
    told = f"your model has {count} parameters; expected {expected}, those of one hidden layer with 64 units"
    check(count == expected, told)
    outputs = np.asarray(array_of(model(Tensor(X))))
    check(outputs.shape == (192, 10), f"the outputs have the shape {outputs.shape}; expected (192, 10)", code="shape")
    accuracy = float(np.mean(outputs.argmax(axis=1) == Y.argmax(axis=1)))
    told = f"your model reads {accuracy:.0%} of its own 192 training examples; expected more than 90%: was it trained?"
    check(accuracy > 0.9, told)


@question("10.8", points=1.5, after="10.8")
def test_final_model_seed(student, problem):
    """Final model: the seed decides it."""
    ((X, Y),) = digits(problem.seed, 192)
    one, again, other = (student.final_model(BEST, X, Y, seed) for seed in (1, 1, 2))
    kernels = [np.asarray(model.get_weights()[0]) for model in (one, again, other)]
    told = "twice with the same seed, final_model gives different weights"
    check(np.allclose(kernels[0], kernels[1], atol=1e-2), told, code="seed")
    told = "with another seed, final_model gives the same weights: is seed used?"
    check(not np.allclose(kernels[0], kernels[2], atol=0.1), told, code="seed")
