"""Who proposes the next trial: keras-tuner's own oracles, a list in order, and coarse to fine."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import keras_tuner
import numpy as np

from tfkit._arguments import check_choice
from tfkit.search._drawing import draw, size_of
from tfkit.search._job import Job
from tfkit.search.refine import coarse_to_fine
from tfkit.search.sampling import grid
from tfkit.search.space import Space, check_space

METHODS = ("random", "grid", "hyperband", "bayesian", "coarse_to_fine")


def hyperparameters_of(space: Space) -> keras_tuner.HyperParameters:
    """Return a space as keras-tuner's object, in which `build` finds each value as `hp["units"]`."""
    hp = keras_tuner.HyperParameters()
    for name, (kind, *rest) in check_space(space).items():
        if kind == "choice":
            hp.Choice(name, rest[0])
        elif kind == "int":
            hp.Int(name, *rest)
        else:
            hp.Float(name, *rest, sampling=kind)
    return hp


def oracle_of(job: Job) -> keras_tuner.Oracle:
    """Return the oracle of a search's method, new."""
    method, space, max_trials = job.method, job.space, job.max_trials
    check_choice("method", method, METHODS)
    if space is None and method in ("grid", "coarse_to_fine"):
        raise ValueError(f"expected a space for method={method!r}, received none; pass space={{...}} to tune")
    if max_trials is None and method not in ("grid", "hyperband"):
        raise ValueError(f"expected max_trials for method={method!r}, received none; say how many trials to run")
    common = {
        "objective": keras_tuner.Objective(*job.objective),
        "seed": job.seed or 2**31 - 1,  # keras-tuner takes 0 for "no seed" and draws one
        # three trials in a row that diverge are no reason to give up: mistakes in the code end the search anyway
        "max_consecutive_failed_trials": 10**9,
    }
    if space is not None:
        common["hyperparameters"] = hyperparameters_of(space)
    if method == "random":
        return keras_tuner.oracles.RandomSearchOracle(max_trials=max_trials, **common)
    if method == "bayesian":
        # keras-tuner's default is 3 random trials a hyperparameter: often more than there are trials in all
        first = max(2, math.ceil((max_trials or 0) / 3))
        return keras_tuner.oracles.BayesianOptimizationOracle(max_trials=max_trials, num_initial_points=first, **common)
    if method == "hyperband":
        oracle = keras_tuner.oracles.HyperbandOracle(max_epochs=job.epochs, **common)
        oracle.max_trials = max_trials  # its own schedule ends it otherwise
        return oracle
    if method == "grid":
        configs = grid(space, job.points)  # type: ignore[arg-type]
        return ListOracle(configs, max_trials=min(max_trials or len(configs), len(configs)), **common)
    return CoarseToFineOracle(space, max_trials=max_trials, **common)  # type: ignore[arg-type]


class ListOracle(keras_tuner.Oracle):
    """Proposes given configurations, in order."""

    # keras-tuner's `GridSearch` visits a log range without a step at its default and ten inner points, never at its
    # upper end, and in an order of its own.

    def __init__(self, configs: Sequence[dict[str, Any]], **options: Any) -> None:
        super().__init__(**options)
        self.configs = list(configs)

    def populate_space(self, trial_id: str) -> dict[str, Any]:
        """Return the values of the next trial."""
        if len(self.trials) >= len(self.configs):
            return {"status": "STOPPED"}
        return {"status": "RUNNING", "values": dict(self.configs[len(self.trials)])}


class CoarseToFineOracle(keras_tuner.Oracle):
    """Random search in three rounds: each in a space three times smaller, around the best so far."""

    rounds = 3
    factor = 3.0

    def __init__(self, space: Space, **options: Any) -> None:
        super().__init__(**options)
        self.space = check_space(space)
        self.narrowed = {0: self.space}

    def populate_space(self, trial_id: str) -> dict[str, Any]:
        """Return values drawn from this round's space; IDLE until the trials of the rounds before are finished."""
        count = len(self.trials)
        now = min(count * self.rounds // self.max_trials, self.rounds - 1)
        if now not in self.narrowed:
            if self.ongoing_trials:
                return {"status": "IDLE"}
            self.narrowed[now] = self._narrow(self.narrowed[now - 1])
        taken = [trial.hyperparameters.values for trial in self.trials.values()]
        rng = np.random.default_rng([self.seed, count])
        for _ in range(100):
            values = draw(self.narrowed[now], rng)
            if values not in taken or size_of(self.narrowed[now]) <= len(taken):
                break
        return {"status": "RUNNING", "values": values}

    def _narrow(self, space: dict[str, tuple[Any, ...]]) -> dict[str, tuple[Any, ...]]:
        sign = 1 if self.objective.direction == "max" else -1
        done = [trial for trial in self.trials.values() if trial.status == "COMPLETED"]
        scored = [(trial.hyperparameters.values, sign * trial.score) for trial in done]
        return coarse_to_fine(space, scored, self.factor) if scored else space
