"""The public tests of 10: what `autograder check 10_search` runs.

Together they look at each sentence of a docstring once, its example included.
"""

import math

import numpy as np
from common.search_draws import (
    check_configs,
    check_different,
    check_grid,
    check_log_law,
    check_random_laws,
    check_single,
    check_space,
)
from common.search_models import check_built, check_losses, check_raises, check_seeds
from common.search_trials import CHOICES, RANGES, check_environments, check_method, check_repeats, small_search
from common.search_values import check_names, config, digits, generator, listed, plain

from autograder.testing import Remote, Tensor, array_of, check, kind_of, question


@question("10.1", points=2.25)
def test_log_uniform(student, problem):
    """Log-uniform draws: their law, their shape, and the generator that decides them."""
    # the logarithm of neither end is 0, and neither is a power of ten: a factor in it shows
    check_log_law(student, problem.seed, 3e-5, 0.7)


@question("10.2", points=1)
def test_grid(student):
    """Grid: every combination once, log ranges in equal ratios, ends included."""
    space = {"rate": ("log", 1e-4, 1.0), "net": ("choice", ["a", "b"]), "drop": ("linear", 0.0, 0.5)}
    expected = {"rate": [1e-4, 1e-2, 1.0], "net": ["a", "b"], "drop": [0.0, 0.25, 0.5]}
    check_grid(plain(student.grid(space, 3)), space, expected, tell=True)


@question("10.2", points=1.25)
def test_grid_whole_numbers(student):
    """Grid: int ranges rounded and each value once, choices whole, the ends exactly."""
    example = {"learning_rate": ("log", 1e-4, 1.0), "layers": ("int", 1, 2)}
    expected = {"learning_rate": [1e-4, 1e-2, 1.0], "layers": [1, 2]}
    check_grid(plain(student.grid(example, 3)), example, expected, tell=True)
    space = {"rate": ("log", 1e-3, 1.0), "units": ("int", 8, 31), "few": ("int", 3, 4), "net": ("choice", [*"abcde"])}
    expected = {"rate": [1e-3, 1e-2, 1e-1, 1.0], "units": [8, 16, 23, 31], "few": [3, 4], "net": "abcde"}
    check_grid(plain(student.grid(space, 4)), space, expected, tell=True)
    check_single(plain(student.grid({"net": ("choice", ["a"])}, 2)))


@question("10.3", points=1)
def test_random_search(student, problem):
    """Random search: n different configurations inside the space."""
    space = {"rate": ("log", 1e-4, 1.0), "units": ("int", 16, 128), "net": ("choice", ["a", "b"])}
    received = plain(student.random_search(space, 20, generator(problem.seed)))
    check_configs(received, space)
    check(len(received) == 20, f"you return {len(received)} configurations; expected 20")
    check_different(received)


@question("10.3", points=1.25, after="10.3")
def test_random_search_law(student, problem):
    """Random search: the law of each entry, no duplicates, small spaces, the generator."""
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
    reach = 10**0.4  # the ratio of 10,000 becomes its fifth root, half of it on each side
    expected = {
        "rate": ("log", 0.01 / reach, 0.01 * reach),
        "drop": ("linear", 0.32, 0.48),
        "net": ("choice", ["a", "b"]),
    }
    # a factor of 2 would also be that of the half width
    check_space(plain(student.coarse_to_fine(space, trials, 5)), expected, tell=True)
    example = {"rate": ("log", 1e-4, 1.0), "net": ("choice", ["a", "b"])}
    trials = [({"rate": 0.01, "net": "b"}, 0.9), ({"rate": 1.0, "net": "a"}, 0.2)]
    expected = {"rate": ("log", 0.001, 0.1), "net": ("choice", ["a", "b"])}
    check_space(plain(student.coarse_to_fine(example, trials, 2)), expected, tell=True)


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
    check_space(plain(student.coarse_to_fine(space, trials, 2)), expected)


@question("10.5", points=1.5)
def test_overfit_tiny_batch(student, problem):
    """Tiny batch: the losses of a healthy model fall to nearly 0 on the first 8 examples."""
    check_losses(student, problem.seed, 60)


@question("10.5", points=1.5)
def test_overfit_tiny_batch_raises(student, problem):
    """Tiny batch: a model that does not learn 8 examples by heart, or diverges, raises ValueError."""
    check_raises(student, problem.seed, 5)


@question("10.6", points=4)
def test_space(student):
    """Search space: names, ranges, log sampling, and momentum for sgd alone."""
    hp = student.make(Remote("keras_tuner.HyperParameters.from_config", {"space": [], "values": {"optimizer": "sgd"}}))
    student.build_model(hp)
    config = hp.get_config()
    check(type(config) is dict and type(config.get("space")) is list, "the hyperparameters cannot be read")
    space = {entry["config"]["name"]: {"kind": entry["class_name"], **entry["config"]} for entry in config["space"]}
    check_names(space, (*RANGES, *CHOICES), "your search space")
    wanted = {name: ("Choice", *sorted(choices)) for name, choices in CHOICES.items()}
    for name, (low, high, log) in RANGES.items():
        wanted[name] = ("Float" if type(low) is float else "Int", low, high, "log" if log else "linear")
    if space["hidden_layers"]["kind"] == "Choice":
        wanted["hidden_layers"] = ("Choice", 1, 2, 3)
    for name, (kind, *rest) in wanted.items():
        entry = space[name]
        told = f"`{name}` is declared with hp.{entry['kind']}; expected hp.{kind}"
        check(entry["kind"] == kind, told, code="kind")
        if kind == "Choice":
            values = sorted(entry["values"])
            told = f"`{name}` has {len(values)} choices: {listed(values)}; expected {len(rest)}: {listed(rest)}"
            check(values == rest, told, code="missing-name" if set(values) < set(rest) else "constant")
            continue
        low, high, sampling = rest
        ends = entry["min_value"], entry["max_value"]
        told = f"`{name}` goes from {ends[0]:g} to {ends[1]:g}; expected {low:g} to {high:g}"
        check(ends == (low, high), told, code="constant")
        told = f"`{name}` has {entry['sampling']} sampling; expected {sampling} sampling"
        check(entry["sampling"] == sampling, told, code="distribution")
        told = f"`{name}` has a step of {entry['step']}, which leaves out values and often the upper end"
        check(entry["step"] in (None, 1), f"{told}; expected no step", code="flag")
    for name, entry in space.items():
        own = " and ".join(
            f"{one['config']['name']} is {' or '.join(map(str, one['config']['values']))}"
            for one in entry["conditions"]
        )
        right = "optimizer is sgd" if name == "momentum" else ""
        told = f"`{name}` is active {f'when {own}' if own else 'always'}"
        right_told = f"a conditional scope, active only when {right}" if right else "no condition"
        check(own == right, f"{told}; expected {right_told}")


BUILT = (config(2, 19, "relu", 0.25, 0.05, "adam"), config(1, 27, "tanh", 0.45, 0.004, "sgd", 0.6))


@question("10.6", points=2.5)
def test_built_models(student, problem):
    """The model: its layers, outputs, loss, metric and optimizer follow the hyperparameters."""
    check_built(student, problem.seed, BUILT)


@question("10.7", points=3)
def test_run_search(student):
    """Random search: as many trials as asked for, the best by validation accuracy, a trial.json for each."""
    small_search(student, "public", 0)


@question("10.7", points=2, after="10.7")
def test_search_repeats(student):
    """Twice in one directory: the second search begins anew, and gives the same trials for the same seed."""
    check_repeats(student, "public", 0)


@question("10.7", points=2, after="10.7")
def test_search_methods(student, problem):
    """Hyperband, Bayesian and grid search: the right tuner, as many trials as asked for, no books among the values."""
    for method in ("hyperband", "bayesian", "grid"):
        check_method(student, problem.seed, method)


@question("10.8", points=3)
def test_final_model(student, problem):
    """Final model: built from the best values, trained, and decided by the seed."""
    best = config(1, 64, "relu", 0.1, 0.01, "adam")
    ((X, Y),) = digits(problem.seed, 192)
    model = student.final_model(best, X, Y, 1)
    check(hasattr(model, "handle"), f"you return {kind_of(model)}; expected a keras.Model", code="kind")
    count, expected = model.count_params(), 64 * 64 + 64 + 640 + 10
    told = f"your model has {count} parameters; expected {expected}, those of one hidden layer with 64 units"
    check(count == expected, told)
    outputs = np.asarray(array_of(model(Tensor(X))))
    check(outputs.shape == (192, 10), f"the outputs have the shape {outputs.shape}; expected (192, 10)", code="shape")
    accuracy = float(np.mean(outputs.argmax(axis=1) == Y.argmax(axis=1)))
    told = f"your model reads {accuracy:.0%} of its own 192 training examples; expected more than 90%: was it trained?"
    check(accuracy > 0.9, told)
    check_seeds(student, best, X, Y, model, 1)


@question("10.9", points=0.5)
def test_environments(student):
    """Environments: the chief first, then the workers, all with the address of the chief."""
    check_environments(student, 2, 8000)
