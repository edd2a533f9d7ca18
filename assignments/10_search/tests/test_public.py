"""The public tests of 10: what `autograder check 10_search` runs.

Together they look at each sentence of a docstring once, its example included.
"""

import math

import numpy as np
from common.search_draws import SINGLE, check_grid, check_log_law, check_random_laws, check_space, plain
from common.search_models import (
    accuracy,
    check_built,
    check_declared,
    check_final,
    check_losses,
    check_raises,
    check_seeds,
    config,
    digits,
)
from common.search_trials import check_environments, check_method, check_repeats, find

from autograder.testing import Tensor, array_of, check, question


@question("10.1", points=2.25)
def test_log_uniform(student, problem):
    """Log-uniform draws: their law, their shape, and the generator that decides them."""
    # the logarithm of neither end is 0, and neither is a power of ten: a factor in it shows
    check_log_law(student, problem.seed, 3e-5, 0.7)


@question("10.2", points=1)
def test_grid(student):
    """Grid: every combination once, log ranges in equal ratios, ends included."""
    space = {"rate": ("log", 1e-4, 1.0), "net": ("choice", ["a", "b"]), "drop": ("linear", 0.0, 0.5)}
    check_grid(student, 3, space, {"rate": [1e-4, 1e-2, 1.0], "net": ["a", "b"], "drop": [0.0, 0.25, 0.5]}, tell=True)


@question("10.2", points=1.25)
def test_grid_whole_numbers(student):
    """Grid: int ranges rounded and each value once, choices whole, the ends exactly."""
    example = {"learning_rate": ("log", 1e-4, 1.0), "layers": ("int", 1, 2)}
    check_grid(student, 3, example, {"learning_rate": [1e-4, 1e-2, 1.0], "layers": [1, 2]}, tell=True)
    space = {"rate": ("log", 1e-3, 1.0), "units": ("int", 8, 31), "few": ("int", 3, 4), "net": ("choice", [*"abcde"])}
    expected = {"rate": [1e-3, 1e-2, 1e-1, 1.0], "units": [8, 16, 23, 31], "few": [3, 4], "net": "abcde"}
    check_grid(student, 4, space, expected, tell=True)
    check_grid(student, 2, SINGLE, {"net": "a"}, tell=True)


@question("10.3", points=2.25)
def test_random_search(student, problem):
    """Random search: the law of each entry, no duplicates, small spaces, the generator."""
    space = {"rate": ("log", 1e-5, 1.0), "drop": ("linear", 0.0, 0.5), "layers": ("int", 1, 3)}
    check_random_laws(student, problem.seed, {**space, "net": ("choice", ["a", "b", "c"])})


@question("10.4", points=1.5)
def test_coarse_to_fine(student):
    """Coarse to fine: ranges narrower by the factor, around the best, log ranges in log space."""
    example = {"rate": ("log", 1e-4, 1.0), "net": ("choice", ["a", "b"])}
    trials = [({"rate": 0.01, "net": "b"}, 0.9), ({"rate": 1.0, "net": "a"}, 0.2)]
    expected = {"rate": ("log", 0.001, 0.1), "net": ("choice", ["a", "b"])}
    check_space(plain(student.coarse_to_fine(example, trials, 2)), expected, tell=True)
    space = {**example, "drop": ("linear", 0.0, 0.8)}
    trials = [
        (dict(zip(space, values, strict=True)), score)
        for *values, score in ((0.5, "a", 0.1, 0.3), (0.01, "b", 0.4, 0.9), (0.001, "a", 0.7, 0.6))
    ]
    # the ratio of 10,000 becomes its fifth root, half of it on each side; a factor of 2 would be that of the half width
    expected |= {"rate": ("log", 0.01 / 10**0.4, 0.01 * 10**0.4), "drop": ("linear", 0.32, 0.48)}
    check_space(plain(student.coarse_to_fine(space, trials, 5)), expected, tell=True)


@question("10.4", points=2)
def test_coarse_to_fine_bullets(student):
    """Coarse to fine: whole numbers, what is cut at 0 or 1 and what is not, trials without a score."""
    space = {
        "rate": ("log", 1e-4, 1.0),
        "units": ("int", 16, 128),
        "layers": ("int", 1, 3),
        "drop": ("linear", 0.0, 0.5),
        "shift": ("linear", -2.0, 2.0),
        "skip": ("int", 0, 8),
        "net": ("choice", ["a", "b", "c"]),
    }
    best = {"rate": 1e-4, "units": 120, "layers": 1, "drop": 0.04, "shift": -1.5, "skip": 0, "net": "c"}
    other = {"rate": 0.3, "units": 30, "layers": 2, "drop": 0.4, "shift": 0.5, "skip": 6, "net": "b"}
    trials = [(other, math.nan), (other, 0.3), (best, 0.8), (other, math.nan), (other, 0.5)]
    expected = {
        "rate": ("log", 1e-5, 1e-3),
        "units": ("int", 92, 148),
        "layers": ("int", 1, 2),  # from 0.5 and 1.5, rounded and cut at 1
        "drop": ("linear", 0.0, 0.165),  # its low, 0.04 - 0.125, is cut at 0
        "shift": ("linear", -2.5, -0.5),
        "skip": ("int", -2, 2),  # what may be 0 is not cut at 1
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
    check_declared(student)


@question("10.6", points=2.5)
def test_built_models(student, problem):
    """The model: its layers, outputs, loss, metric and optimizer follow the hyperparameters."""
    configs = (config(2, 19, "relu", 0.25, 0.05, "adam"), config(1, 27, "tanh", 0.45, 0.004, "sgd", 0.6))
    check_built(student, problem.seed, configs)


@question("10.7", points=3, after="10.6")
def test_run_search(student):
    """Random search: as many trials as asked for, the best by validation accuracy, a trial.json for each."""
    find(student, digits(7, 640, 96), "public")


@question("10.7", points=2, after=("10.6", "10.7"))
def test_search_repeats(student):
    """Twice in one directory: the second search begins anew, and gives the same trials for the same seed."""
    check_repeats(student, digits(7, 640, 96), 0, "public/0")


@question("10.7", points=2, after=("10.6", "10.7"))
def test_search_methods(student):
    """Hyperband, Bayesian and grid search: the right tuner, as many trials as asked for, no books among the values."""
    for method in ("hyperband", "bayesian", "grid"):
        # digits and seed of another test: what was trained there is trained in no time
        check_method(student, digits(7, 640, 96), 0, method)


@question("10.8", points=3)
def test_final_model(student, problem):
    """Final model: built from the best values, trained for FINAL_EPOCHS epochs, and decided by the seed."""
    ((X, Y),) = digits(problem.seed, 200)
    best = config(1, 64, "relu", 0.1, 0.01, "adam")
    model = check_final(student, best, X, Y, 1)
    read = accuracy(Y, np.asarray(array_of(model(Tensor(X)))))
    told = f"your model reads {read:.0%} of its own 200 training examples; expected more than 90%: was it trained?"
    check(read > 0.9, told)
    check_seeds(student, best, X, Y, model, 1)


@question("10.9", points=0.5)
def test_environments(student):
    """Environments: the chief first, then the workers, all with the address of the chief."""
    check_environments(student, 2, 8000)
