"""Before training: the loss of chance, a few examples learned by heart, signals by depth, data and splits."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tfkit.checks.activations import activation_statistics
    from tfkit.checks.data import check_data
    from tfkit.checks.initial_loss import InitialLoss, check_initial_loss, expected_initial_loss
    from tfkit.checks.problems import Problem, Problems
    from tfkit.checks.splits import check_splits
    from tfkit.checks.tiny_batch import overfit_tiny_batch

__all__ = [
    "InitialLoss",
    "Problem",
    "Problems",
    "activation_statistics",
    "check_data",
    "check_initial_loss",
    "check_splits",
    "expected_initial_loss",
    "overfit_tiny_batch",
]

_MODULE_OF = {
    "InitialLoss": "initial_loss",
    "Problem": "problems",
    "Problems": "problems",
    "activation_statistics": "activations",
    "check_data": "data",
    "check_initial_loss": "initial_loss",
    "check_splits": "splits",
    "expected_initial_loss": "initial_loss",
    "overfit_tiny_batch": "tiny_batch",
}


def __getattr__(name: str) -> Any:
    """Load a name on first use."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'tfkit.checks' has no attribute {name!r}; it has {', '.join(__all__)}")
    value = getattr(importlib.import_module(f"tfkit.checks.{_MODULE_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted({*globals(), *__all__})
