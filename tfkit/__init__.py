"""Small networks, told three times: in NumPy, with a gradient tape, and in Keras.

`import tfkit` is quick: a name is loaded when it is first used, so that code which needs NumPy alone never
waits for TensorFlow, pandas or matplotlib.

Example:

>>> import tfkit
>>> round(tfkit.relative_error([1.0, 2.0], [1.0, 2.5]), 4)
0.1014
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # type checkers and editors read these; Python itself goes through __getattr__
    from tfkit.curves import Diagnosis, Finding, diagnose, moving_average
    from tfkit.datasets import Dataset, load_boston_housing, load_digits, load_iris
    from tfkit.dice import SoftDice, soft_dice
    from tfkit.ensembles import SnapshotEnsemble, average_predictions, snapshot_ensemble
    from tfkit.gradients import numeric_gradient, relative_error
    from tfkit.history import History
    from tfkit.layers import Maxout
    from tfkit.numpy_net import NumpyNet
    from tfkit.plots import plot_calibration, plot_confusion, plot_history, plot_losses, plot_roc, plot_sweep
    from tfkit.schedules import InverseSqrtDecay, linear_scaling
    from tfkit.search import SearchResult, tune
    from tfkit.sequential_net import SequentialNet
    from tfkit.splits import split, standardize
    from tfkit.training import FitFallbackWarning, NonFiniteLossWarning, SweepResult, fit, sweep
    from tfkit.two_layer_net import TwoLayerNet
    from tfkit.unit_variance import lsuv
    from tfkit.views import predict_with_augmentation, ten_crop

__all__ = [
    "Dataset",
    "Diagnosis",
    "Finding",
    "FitFallbackWarning",
    "History",
    "InverseSqrtDecay",
    "Maxout",
    "NonFiniteLossWarning",
    "NumpyNet",
    "SearchResult",
    "SequentialNet",
    "SnapshotEnsemble",
    "SoftDice",
    "SweepResult",
    "TwoLayerNet",
    "average_predictions",
    "diagnose",
    "fit",
    "linear_scaling",
    "load_boston_housing",
    "load_digits",
    "load_iris",
    "lsuv",
    "moving_average",
    "numeric_gradient",
    "plot_calibration",
    "plot_confusion",
    "plot_history",
    "plot_losses",
    "plot_roc",
    "plot_sweep",
    "predict_with_augmentation",
    "relative_error",
    "snapshot_ensemble",
    "soft_dice",
    "split",
    "standardize",
    "sweep",
    "ten_crop",
    "tune",
]

_MODULE_OF = {
    "Dataset": "datasets",
    "Diagnosis": "curves",
    "Finding": "curves",
    "FitFallbackWarning": "training",
    "History": "history",
    "InverseSqrtDecay": "schedules",
    "Maxout": "layers",
    "NonFiniteLossWarning": "training",
    "NumpyNet": "numpy_net",
    "SearchResult": "search",
    "SequentialNet": "sequential_net",
    "SnapshotEnsemble": "ensembles",
    "SoftDice": "dice",
    "SweepResult": "training",
    "TwoLayerNet": "two_layer_net",
    "average_predictions": "ensembles",
    "diagnose": "curves",
    "fit": "training",
    "linear_scaling": "schedules",
    "load_boston_housing": "datasets",
    "load_digits": "datasets",
    "load_iris": "datasets",
    "lsuv": "unit_variance",
    "moving_average": "curves",
    "numeric_gradient": "gradients",
    "plot_calibration": "plots",
    "plot_confusion": "plots",
    "plot_history": "plots",
    "plot_losses": "plots",
    "plot_roc": "plots",
    "plot_sweep": "plots",
    "predict_with_augmentation": "views",
    "relative_error": "gradients",
    "snapshot_ensemble": "ensembles",
    "soft_dice": "dice",
    "split": "splits",
    "standardize": "splits",
    "sweep": "training",
    "ten_crop": "views",
    "tune": "search",
}


def __getattr__(name: str) -> Any:
    """Load a public name from its module on first use (PEP 562)."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'tfkit' has no attribute {name!r}; it has {', '.join(__all__)}")
    value = getattr(importlib.import_module(f"tfkit.{_MODULE_OF[name]}"), name)
    globals()[name] = value  # the next use finds it without coming here
    return value


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted({*globals(), *__all__})
