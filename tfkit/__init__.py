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
    from tfkit.datasets import Dataset, load_boston_housing, load_digits, load_iris
    from tfkit.gradients import numeric_gradient, relative_error
    from tfkit.history import History
    from tfkit.numpy_net import NumpyNet
    from tfkit.plots import plot_losses
    from tfkit.search import SearchResult, tune
    from tfkit.sequential_net import SequentialNet
    from tfkit.splits import split, standardize
    from tfkit.two_layer_net import TwoLayerNet

__all__ = [
    "Dataset",
    "History",
    "NumpyNet",
    "SearchResult",
    "SequentialNet",
    "TwoLayerNet",
    "load_boston_housing",
    "load_digits",
    "load_iris",
    "numeric_gradient",
    "plot_losses",
    "relative_error",
    "split",
    "standardize",
    "tune",
]

_MODULE_OF = {
    "Dataset": "datasets",
    "History": "history",
    "NumpyNet": "numpy_net",
    "SearchResult": "search",
    "SequentialNet": "sequential_net",
    "TwoLayerNet": "two_layer_net",
    "load_boston_housing": "datasets",
    "load_digits": "datasets",
    "load_iris": "datasets",
    "numeric_gradient": "gradients",
    "plot_losses": "plots",
    "relative_error": "gradients",
    "split": "splits",
    "standardize": "splits",
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
