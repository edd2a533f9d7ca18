"""`tune`: a search by keras-tuner, with its traps closed."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from numbers import Integral
from pathlib import Path
from typing import Any

from tfkit._arguments import check_choice, check_positive_integer
from tfkit._progress import TrialProgress
from tfkit.search._files import in_cluster, read_trials, search_folder
from tfkit.search._job import Job
from tfkit.search.result import SearchResult
from tfkit.search.space import Space, check_space


def tune(
    build: Callable[[Any], Any],
    x: Any,
    y: Any,
    *,
    validation_data: tuple[Any, Any],
    objective: tuple[str, str],
    seed: int,
    method: str = "random",
    space: Space | None = None,
    max_trials: int | None = None,
    epochs: int = 10,
    batch_size: int = 32,
    points: int = 3,
    callbacks: Sequence[Any] = (),
    directory: str | os.PathLike[str] | None = None,
    overwrite: bool = False,
    workers: int = 1,
) -> SearchResult:
    """Search for good hyperparameters with keras-tuner.

    keras-tuner proposes, `tfkit.fit` trains. What is closed here are keras-tuner's traps: old trials are never
    reloaded silently; each trial sets its own seed before it builds its model, so that scores repeat and not
    only proposals; the objective's direction is said and checked; an exception in `build` ends the search
    with that exception's message; nothing is printed but one line of progress on a terminal.

    The score of a trial is the objective at its best epoch, which flatters it a little, and the best of many trials
    flatters more: measure the final model on examples that no trial has seen. Retrain it with `result.best`.

    **Several processes.** `workers=4` runs keras-tuner's own distributed mode on this machine: a chief that
    proposes and four workers that train, over the loopback. `build` must then be importable, a function of a module
    or of a script with an `if __name__ == "__main__":` guard. For many machines, run one script that calls `tune`
    with one shared, empty `directory` everywhere, and set `KERASTUNER_ORACLE_IP` and `KERASTUNER_ORACLE_PORT` to
    the chief's address everywhere, `KERASTUNER_TUNER_ID` to `chief` there and to `worker0`, `worker1`, … on the
    others. `tune` returns the same result on each of them.

    Example:

    >>> import keras
    >>> import numpy as np
    >>> import tfkit
    >>> def build(hp):
    ...     model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    ...     model.compile(keras.optimizers.SGD(hp["learning_rate"]), "mse")
    ...     return model
    >>> x = np.linspace(-1, 1, 16).reshape(-1, 1)
    >>> space = {"learning_rate": ("choice", [1e-6, 0.5])}
    >>> data = {"validation_data": (x, 3 * x), "objective": ("val_loss", "min")}
    >>> result = tfkit.tune(build, x, 3 * x, **data, seed=0, space=space, max_trials=2)
    >>> result.best
    {'learning_rate': 0.5}

    Args:
        build: Function from hyperparameters to a compiled `keras.Model`. With a `space` it reads them as
            `hp["units"]`; without, it declares them, as in keras-tuner: `hp.Int("units", 16, 128)`.
        x: Training examples, M rows.
        y: Training targets, M rows.
        validation_data: Pair of examples and targets by which trials are compared. Never the test set.
        objective: Metric and direction, such as `("val_accuracy", "max")`, or a `keras_tuner.Objective`.
        seed: Decides proposals, starts and orders: the same seed gives the same trials.
        method: `"random"`, `"grid"`, `"hyperband"`, `"bayesian"` or `"coarse_to_fine"` (three rounds of
            random search, each in a third of the range around the best). Hyperband follows its own schedule,
            which `max_trials` may cut short.
        space: The space as a dict, see `tfkit.search.check_space`; needed for grid and coarse-to-fine. For
            conditions between hyperparameters, declare them in `build`, with `hp.conditional_scope`.
        max_trials: How many trials; all points of a grid and all of Hyperband's schedule by default.
        epochs: Epochs of a trial; for Hyperband those of its longest.
        batch_size: Examples of a batch.
        points: Values of each continuous range of a grid, ends included.
        callbacks: Keras callbacks, copied for each trial, such as `keras.callbacks.EarlyStopping`.
        directory: Where keras-tuner's files go; by default into a temporary folder that is removed.
        overwrite: Whether an earlier search in `directory` is deleted.
        workers: Processes that train.

    Returns:
        A `SearchResult`.

    Raises:
        ValueError: If an argument is wrong, `directory` holds an earlier search, or the objective is none of the
            model's metrics.
        RuntimeError: If building or training a model fails; the cause is chained.

    Reference:
        O'Malley et al., KerasTuner, 2019. Li et al., "Hyperband", 2018. Snoek et al., "Practical Bayesian
        optimization of machine learning algorithms", 2012.
    """
    from tfkit.search._oracles import oracle_of
    from tfkit.search._running import run

    name, direction = _objective(objective)
    for label, number in {"epochs": epochs, "batch_size": batch_size, "workers": workers, "points": points}.items():
        check_positive_integer(label, number)
    if max_trials is not None:
        check_positive_integer("max_trials", max_trials)
    if isinstance(seed, bool) or not isinstance(seed, Integral) or seed < 0:
        raise ValueError(f"expected seed to be an integer of 0 or more, received {seed!r}")
    if not isinstance(validation_data, (tuple, list)) or len(validation_data) != 2:
        raise ValueError(f"expected validation_data as a pair (x, y), received {type(validation_data).__name__}")
    job = Job(
        build=build,
        data=(x, y, tuple(validation_data)),
        objective=(name, direction),
        method=method,
        space=None if space is None else check_space(space),
        max_trials=max_trials,
        epochs=epochs,
        batch_size=batch_size,
        points=points,
        callbacks=tuple(callbacks),
        seed=int(seed),
    )
    oracle_of(job)  # what is wrong with the arguments shows before any folder is made
    with search_folder(directory, overwrite) as folder:
        progress = TrialProgress(job.total, job.objective)
        try:
            if workers > 1 and not in_cluster():
                from tfkit.search._workers import run_with_workers

                run_with_workers(job, folder, workers, progress)
            else:
                run(job, folder, lambda values, score: progress.add(score))
        finally:
            progress.close()
        trials = read_trials(folder)
    return SearchResult(trials, job.objective, None if directory is None else Path(folder))


def _objective(objective: Any) -> tuple[str, str]:
    import keras_tuner

    pair = objective
    if isinstance(objective, keras_tuner.Objective):
        pair = (objective.name, objective.direction)
    if not isinstance(pair, (tuple, list)) or len(pair) != 2 or not isinstance(pair[0], str):
        raise ValueError(f'expected the objective as ("val_accuracy", "max"), received {objective!r}')
    name, direction = pair
    check_choice(f"the direction of {name!r}", direction, ("max", "min"))
    try:
        known = keras_tuner.oracles.RandomSearchOracle(objective=name).objective.direction
    except ValueError:
        return name, direction  # a metric of the caller's own: only the caller knows
    if known != direction:
        raise ValueError(f'expected the direction "{known}" for {name!r}, received "{direction}"')
    return name, direction
