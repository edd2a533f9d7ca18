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
    from tfkit.checks import (
        InitialLoss,
        Problem,
        Problems,
        activation_statistics,
        check_data,
        check_initial_loss,
        check_splits,
        expected_initial_loss,
        overfit_tiny_batch,
    )
    from tfkit.curves import Diagnosis, Finding, diagnose, moving_average
    from tfkit.datasets import Dataset, load_boston_housing, load_digits, load_iris
    from tfkit.dice import SoftDice, soft_dice
    from tfkit.ensembles import SnapshotEnsemble, average_predictions, snapshot_ensemble
    from tfkit.gradient_check import GradientCheck, TensorVerdict, check_gradients, check_model_gradients
    from tfkit.gradients import numeric_gradient, relative_error
    from tfkit.graphs import Nudge, Nudges, Value, nudge
    from tfkit.history import History
    from tfkit.layers import Maxout
    from tfkit.numpy_net import NumpyNet
    from tfkit.plots import (
        plot_activations,
        plot_calibration,
        plot_confusion,
        plot_gradient_check,
        plot_graph,
        plot_history,
        plot_losses,
        plot_roc,
        plot_sweep,
    )
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
    "GradientCheck",
    "History",
    "InitialLoss",
    "InverseSqrtDecay",
    "Maxout",
    "NonFiniteLossWarning",
    "Nudge",
    "Nudges",
    "NumpyNet",
    "Problem",
    "Problems",
    "SearchResult",
    "SequentialNet",
    "SnapshotEnsemble",
    "SoftDice",
    "SweepResult",
    "TensorVerdict",
    "TwoLayerNet",
    "Value",
    "activation_statistics",
    "average_predictions",
    "check_data",
    "check_gradients",
    "check_initial_loss",
    "check_model_gradients",
    "check_splits",
    "diagnose",
    "expected_initial_loss",
    "fit",
    "linear_scaling",
    "load_boston_housing",
    "load_digits",
    "load_iris",
    "lsuv",
    "moving_average",
    "nudge",
    "numeric_gradient",
    "overfit_tiny_batch",
    "plot_activations",
    "plot_calibration",
    "plot_confusion",
    "plot_gradient_check",
    "plot_graph",
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
    "GradientCheck": "gradient_check",
    "History": "history",
    "InitialLoss": "checks",
    "InverseSqrtDecay": "schedules",
    "Maxout": "layers",
    "NonFiniteLossWarning": "training",
    "Nudge": "graphs",
    "Nudges": "graphs",
    "NumpyNet": "numpy_net",
    "Problem": "checks",
    "Problems": "checks",
    "SearchResult": "search",
    "SequentialNet": "sequential_net",
    "SnapshotEnsemble": "ensembles",
    "SoftDice": "dice",
    "SweepResult": "training",
    "TensorVerdict": "gradient_check",
    "TwoLayerNet": "two_layer_net",
    "Value": "graphs",
    "activation_statistics": "checks",
    "average_predictions": "ensembles",
    "check_data": "checks",
    "check_gradients": "gradient_check",
    "check_initial_loss": "checks",
    "check_model_gradients": "gradient_check",
    "check_splits": "checks",
    "diagnose": "curves",
    "expected_initial_loss": "checks",
    "fit": "training",
    "linear_scaling": "schedules",
    "load_boston_housing": "datasets",
    "load_digits": "datasets",
    "load_iris": "datasets",
    "lsuv": "unit_variance",
    "moving_average": "curves",
    "nudge": "graphs",
    "numeric_gradient": "gradients",
    "overfit_tiny_batch": "checks",
    "plot_activations": "plots",
    "plot_calibration": "plots",
    "plot_confusion": "plots",
    "plot_gradient_check": "plots",
    "plot_graph": "plots",
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
