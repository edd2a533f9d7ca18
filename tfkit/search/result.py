"""What a search found: its trials, the best of them, and all of them as a table."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True)
class Trial:
    """One configuration and how well it did.

    Example:

    >>> Trial("07", {"learning_rate": 0.01}, 0.93).values
    {'learning_rate': 0.01}

    Attributes:
        id: keras-tuner's name of the trial, `"07"`.
        values: The hyperparameters that it used. One that was out of its condition's scope is absent.
        score: The objective at the best epoch; NaN when training gave none.
        metrics: All metrics at that epoch.
        best_epoch: That epoch, counted from 0.
        epochs: Epochs that it was trained up to, where the method decides that (Hyperband); else None.
        status: `"COMPLETED"` or `"FAILED"`.
    """

    id: str
    values: dict[str, Any]
    score: float
    metrics: dict[str, float] = field(default_factory=dict)
    best_epoch: int = 0
    epochs: int | None = None
    status: str = "COMPLETED"


@dataclass(frozen=True)
class SearchResult:
    """The trials of a search, in the order in which they began.

    Example:

    >>> trials = (Trial("0", {"units": 16}, 0.7), Trial("1", {"units": 64}, 0.9))
    >>> result = SearchResult(trials, ("val_accuracy", "max"))
    >>> result
    SearchResult(2 trials, best val_accuracy 0.9 with units=64)
    >>> result.best
    {'units': 64}
    >>> result.to_frame()["val_accuracy"].tolist()
    [0.7, 0.9]

    Attributes:
        trials: The trials.
        objective: Name of the metric and its direction, `"max"` or `"min"`.
        directory: Where keras-tuner's files are; None when they were in a temporary folder.
    """

    trials: tuple[Trial, ...]
    objective: tuple[str, str]
    directory: Path | None = None

    @property
    def best_trial(self) -> Trial:
        """The trial with the best score; the earliest of equals."""
        scored = [trial for trial in self.trials if not math.isnan(trial.score)]
        if not scored:
            raise ValueError(f"expected a trial with a score, but all {len(self.trials)} failed; see .trials")
        sign = 1 if self.objective[1] == "max" else -1
        return max(scored, key=lambda trial: sign * trial.score)

    @property
    def best(self) -> dict[str, Any]:
        """The hyperparameters of the best trial: build a model with them and train it anew."""
        return dict(self.best_trial.values)

    def to_frame(self) -> pandas.DataFrame:
        """Return one row for each trial: its id, its hyperparameters, its metrics, status and best epoch; needs pandas.

        A hyperparameter that a trial did not use is missing (NaN) in its row.
        """
        import pandas  # here and not above: trials are had without it

        rows = []
        for trial in self.trials:
            metrics = {self.objective[0]: trial.score} | trial.metrics
            about = {"status": trial.status, "best_epoch": trial.best_epoch}
            about |= {} if trial.epochs is None else {"epochs": trial.epochs}
            rows.append({"trial": trial.id} | trial.values | metrics | about)
        return pandas.DataFrame(rows)

    def __len__(self) -> int:
        return len(self.trials)

    def __repr__(self) -> str:
        name = self.objective[0]
        try:
            best = self.best_trial
        except ValueError:
            return f"SearchResult({len(self)} trials, none with a score)"
        values = ", ".join(
            f"{key}={value:.4g}" if isinstance(value, float) else f"{key}={value}" for key, value in best.values.items()
        )
        return f"SearchResult({len(self)} trials, best {name} {best.score:.4g} with {values})"
