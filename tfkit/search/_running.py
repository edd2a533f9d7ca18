"""A search in this process. Imports keras-tuner, so `tune` imports it when it is called."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras_tuner

from tfkit.search._files import PROJECT
from tfkit.search._job import Job
from tfkit.search._oracles import oracle_of
from tfkit.search._trials import Tuner


def run(job: Job, folder: Path, report: Callable[[Any, float], None]) -> None:
    """Run all of a search, or a chief's or worker's part of it, as the environment says."""
    with warnings.catch_warnings():
        # these are about keras-tuner's insides, and not about the search
        warnings.filterwarnings("ignore", category=DeprecationWarning, module=r"keras_tuner\.")
        # the Gaussian process of a few trials seldom converges to the last digit
        warnings.filterwarnings("ignore", module=r"sklearn\.gaussian_process")
        try:
            tuner = Tuner(
                oracle_of(job), job.build, seed=job.seed, report=report, directory=folder, project_name=PROJECT
            )
            x, y, validation_data = job.data
            tuner.search(
                x,
                y,
                validation_data=validation_data,
                epochs=job.epochs,
                batch_size=job.batch_size,
                callbacks=list(job.callbacks),
                verbose=0,
            )
        except keras_tuner.errors.FatalError as error:
            # a mistake in the objective is the caller's and has no other cause
            kind = ValueError if error.__cause__ is None else RuntimeError
            raise kind(str(error)) from error.__cause__
