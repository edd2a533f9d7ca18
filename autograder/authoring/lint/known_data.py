"""Data sets that a submission can load where it runs: those of installed packages, and the files that it may read."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from autograder.assignment.definition import Assignment
from autograder.errors import UsageError

# those that come with the package itself; others would have to be downloaded, which a submission cannot
_OF_SKLEARN = ("iris", "wine", "digits", "breast_cancer", "diabetes", "linnerud")


@dataclass(frozen=True)
class KnownData:
    """A data set that everybody has.

    Attributes:
        name: How it is loaded, such as `sklearn.datasets.load_iris`.
        X: Its rows, float64, shape (N, n).
        labels: What is true of each, shape (N, ...).
    """

    name: str
    X: np.ndarray
    labels: np.ndarray


def known_data(assignment: Assignment) -> Iterator[KnownData]:
    """The data sets, those of scikit-learn first; what is not installed is left out."""
    yield from _of_sklearn()
    yield from _of_keras()
    yield from _declared(assignment)


def _of_sklearn() -> Iterator[KnownData]:
    try:
        datasets = importlib.import_module("sklearn.datasets")
    except ImportError:
        return
    for name in _OF_SKLEARN:
        load = getattr(datasets, f"load_{name}", None)
        if load is not None:
            yield from _known(f"sklearn.datasets.load_{name}", *load(return_X_y=True))


def _of_keras() -> Iterator[KnownData]:
    """What `keras.datasets` has downloaded to this machine."""
    home = Path(os.environ.get("KERAS_HOME") or Path.home() / ".keras")
    for path in sorted((home / "datasets").glob("*.npz")):
        try:
            with np.load(path, allow_pickle=False) as file:
                arrays = dict(file)
        except (OSError, ValueError):
            continue
        for part in ("_train", "_test", ""):
            if f"x{part}" in arrays and f"y{part}" in arrays:
                yield from _known(f"keras.datasets.{path.stem}", arrays[f"x{part}"], arrays[f"y{part}"])


def _declared(assignment: Assignment) -> Iterator[KnownData]:
    """The files that `data = [...]` names: tfkit's own by their loaders, others as tables with the label at the end."""
    data = importlib.import_module("tfkit.data")
    for path in map(Path, assignment.data):
        load = getattr(data, f"load_{path.stem}", None)
        if load is not None:
            found: Any = load()
            yield from _known(f"tfkit.load_{path.stem}", found.X, found.Y)
        elif path.suffix == ".npz":
            try:
                with np.load(path, allow_pickle=False) as file:
                    arrays = list(dict(file).values())
            except (OSError, ValueError) as error:
                raise UsageError(f"cannot read {path}: {error}; save it anew") from None
            if len(arrays) > 1:
                yield from _known(f"data = [{path.name!r}]", arrays[0], arrays[1])
        elif path.suffix == ".csv":
            table = np.genfromtxt(path, delimiter=",", skip_header=1, encoding="utf-8")
            if table.ndim == 2 and table.shape[1] > 1:
                yield from _known(f"data = [{path.name!r}]", table[:, :-1], table[:, -1])


def _known(name: str, X: Any, labels: Any) -> Iterator[KnownData]:
    X, labels = np.asarray(X), np.asarray(labels)
    if X.dtype.kind in "biuf" and X.ndim > 1 and len(X) == len(labels):
        rows = X.reshape(len(X), -1).astype(np.float64)
        if np.isfinite(rows).all():
            yield KnownData(name, rows, labels)
