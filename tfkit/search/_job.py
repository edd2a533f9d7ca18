"""A search, ready to be run here or in other processes."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tfkit.search._files import PROJECT
from tfkit.search.sampling import grid
from tfkit.search.space import Space


@dataclass(frozen=True)
class Job:
    """A search, ready to be run here or in other processes. The attributes are `tune`'s arguments."""

    build: Callable[[Any], Any]
    data: tuple[Any, Any, tuple[Any, Any]]
    objective: tuple[str, str]
    method: str
    space: Space | None
    max_trials: int | None
    epochs: int
    batch_size: int
    points: int
    callbacks: tuple[Any, ...]
    seed: int

    @property
    def total(self) -> int | None:
        """How many trials there will be, if that is known."""
        if self.method == "grid" and self.space is not None:
            size = len(grid(self.space, self.points))
            return min(size, self.max_trials or size)
        return self.max_trials

    def oracle(self) -> Any:
        """The method's oracle, new."""
        import keras_tuner

        from tfkit.search._oracles import oracle_of

        return oracle_of(
            self.method,
            self.space,
            objective=keras_tuner.Objective(*self.objective),
            max_trials=self.max_trials,
            epochs=self.epochs,
            points=self.points,
            seed=self.seed,
        )

    def run(self, folder: Path, report: Callable[[Any, float], None]) -> None:
        """Run the search in this process: all of it, or a chief's or worker's part, as the environment says."""
        import keras_tuner

        from tfkit.search._trials import Tuner

        with _quiet():
            try:
                tuner = Tuner(
                    self.oracle(), self.build, seed=self.seed, report=report, directory=folder, project_name=PROJECT
                )
                x, y, validation_data = self.data
                tuner.search(
                    x,
                    y,
                    validation_data=validation_data,
                    epochs=self.epochs,
                    batch_size=self.batch_size,
                    callbacks=list(self.callbacks),
                    verbose=0,
                )
            except keras_tuner.errors.FatalError as error:
                # a mistake in the objective is the caller's and has no other cause
                kind = ValueError if error.__cause__ is None else RuntimeError
                raise kind(str(error)) from error.__cause__


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep back warnings that are about keras-tuner's insides and not about the search."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=DeprecationWarning, module=r"keras_tuner\.")
        # the Gaussian process of a few trials seldom converges to the last digit
        warnings.filterwarnings("ignore", module=r"sklearn\.gaussian_process")
        yield
