"""keras-tuner's files: a folder for them, and the trials that they hold."""

from __future__ import annotations

import json
import math
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tfkit.search.result import Trial

#: The folder inside the directory of a search that keras-tuner writes into.
PROJECT = "search"


def in_cluster() -> bool:
    """Return whether this process is one of several that keras-tuner's variables put together."""
    return "KERASTUNER_ORACLE_IP" in os.environ


@contextmanager
def search_folder(directory: str | os.PathLike[str] | None, overwrite: bool) -> Iterator[Path]:
    """Give a folder without an earlier search in it."""
    if directory is None:
        if in_cluster():
            raise ValueError("expected a directory that all machines share, received none; pass directory=...")
        with tempfile.TemporaryDirectory(prefix="tfkit-search-") as name:
            yield Path(name)
        return
    project = Path(directory) / PROJECT
    # on many machines the chief decides: workers come when it is at work already
    leads = not in_cluster() or "chief" in os.environ.get("KERASTUNER_TUNER_ID", "")
    if leads and any(project.glob("trial_*")):
        if not overwrite:
            count = len(list(project.glob("trial_*")))
            raise ValueError(
                f"expected a directory without an earlier search, but {project} holds {count} trials; "
                "name another directory, or pass overwrite=True to delete them"
            )
        shutil.rmtree(project)
    project.mkdir(parents=True, exist_ok=True)
    yield Path(directory)


def read_trials(folder: Path) -> tuple[Trial, ...]:
    """Read the `trial.json` files of a keras-tuner project. They are plain JSON: nothing is executed."""
    trials = [_trial(json.loads(path.read_text("utf-8"))) for path in (folder / PROJECT).glob("trial_*/trial.json")]
    return tuple(sorted((trial for trial in trials if trial.status != "RUNNING"), key=lambda trial: trial.id))


def _trial(record: dict[str, Any]) -> Trial:
    values = record["hyperparameters"]["values"]
    metrics = {
        name: float(metric["observations"][0]["value"][0])
        for name, metric in record["metrics"]["metrics"].items()
        if metric["observations"]
    }
    score = record["score"]
    return Trial(
        id=record["trial_id"],
        # Hyperband keeps its own books among the values, under names that begin with "tuner/"
        values={name: value for name, value in values.items() if not name.startswith("tuner/")},
        score=math.nan if score is None else float(score),
        metrics=metrics,
        best_epoch=int(record["best_step"] or 0),
        epochs=values.get("tuner/epochs"),
        status=record["status"],
    )
