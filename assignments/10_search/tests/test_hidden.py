"""The hidden tests of 10: other spaces, sizes and seeds, and digits that the search never saw."""

import math

import numpy as np
from common.search_draws import SINGLE, check_grid, check_log_law, check_random_laws, check_space, plain
from common.search_models import accuracy, check_built, check_final, check_losses, check_raises, config, digits
from common.search_trials import check_environments, find

from autograder.testing import Tensor, check, held_out_score, question


@question("10.1", points=0.75)
def test_log_uniform_again(student, problem):
    """Log-uniform draws: other ends and shapes, such as an array of one number."""
    check_log_law(student, problem.seed, 3e-9, 3e-7)


@question("10.2", points=0.75)
def test_grid_again(student):
    """Grid: other spaces and numbers of points, such as a space of one configuration."""
    space = {"units": ("int", 16, 128), "few": ("int", 1, 2), "net": ("choice", ["a", "b", "c"])}
    check_grid(student, 4, space, {"units": [16, 53, 91, 128], "few": [1, 2], "net": "abc"})
    space = {"rate": ("log", 2e-5, 0.3), "drop": ("linear", 0.1, 0.7), "net": ("choice", [*"abcdefg"])}
    expected = {"rate": np.geomspace(2e-5, 0.3, 5), "drop": np.linspace(0.1, 0.7, 5), "net": "abcdefg"}
    check_grid(student, 5, space, expected)
    check_grid(student, 2, SINGLE, {"net": "a"})


@question("10.3", points=0.75)
def test_random_search_again(student, problem):
    """Random search: other spaces and numbers of configurations."""
    space = {"rate": ("log", 1e-6, 0.1), "drop": ("linear", 0.2, 0.6), "layers": ("int", 2, 4)}
    check_random_laws(student, problem.seed, {**space, "net": ("choice", ["a", "b", "c", "d"])})


@question("10.4", points=1.5)
def test_coarse_to_fine_edges(student):
    """Coarse to fine: other spaces and factors, the best at an edge, a single trial."""
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
    for some in (trials, [(best, -1.5)]):
        check_space(plain(student.coarse_to_fine(space, some, 3)), expected)


@question("10.5", points=1)
def test_overfit_tiny_batch_again(student, problem):
    """Tiny batch: other examples and numbers of steps."""
    check_losses(student, problem.seed, 70)
    check_raises(student, problem.seed, 6)


@question("10.6", points=1.5)
def test_built_models_again(student, problem):
    """The model: other hyperparameters."""
    configs = (config(3, 21, "tanh", 0.35, 0.02, "sgd", 0.7), config(1, 33, "sigmoid", 0.15, 0.003, "adam"))
    check_built(student, problem.seed, configs)


@question("10.7", points=2, after=("10.6", "10.7", "10.8"))
def test_search_finds(student, problem):
    """What the search finds: the final model, trained with it, reads digits that your program never saw."""
    train, validation, (X, labels) = digits(problem.seed, 640, 96, 600)

    def judge(best):
        model = student.final_model(best, *map(np.concatenate, zip(train, validation, strict=True)), 1)
        return held_out_score(model, Tensor(X), labels, accuracy)

    find(student, (train, validation), "find", judge)


@question("10.8", points=1)
def test_final_model_again(student, problem):
    """Final model: other values, and the accuracy on held-out digits."""
    (X, Y), (X_new, labels) = digits(problem.seed, 470, 600)
    model = check_final(student, config(2, 48, "tanh", 0.1, 0.1, "sgd", 0.8), X, Y, 3)
    score = held_out_score(model, Tensor(X_new), labels, accuracy)
    check(score >= 0.85, f"your final model reads {score:.0%} of held-out digits; expected at least 85%")


@question("10.9", points=0.5)
def test_environments_again(student):
    """Environments: other numbers of workers and other ports, such as one worker."""
    check_environments(student, 1, 40001)
    check_environments(student, 11, 9000)
