"""Gradients against nudges, tensor by tensor, of functions, of this library's networks and of Keras models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfkit.gradient_check.check import check_gradients
from tfkit.gradient_check.verdicts import GradientCheck, TensorVerdict

if TYPE_CHECKING:
    from tfkit.gradient_check.models import check_model_gradients

__all__ = ["GradientCheck", "TensorVerdict", "check_gradients", "check_model_gradients"]


def __getattr__(name: str) -> Any:
    """Load what needs TensorFlow on first use."""
    if name != "check_model_gradients":
        raise AttributeError(f"module 'tfkit.gradient_check' has no attribute {name!r}; it has {', '.join(__all__)}")
    from tfkit.gradient_check.models import check_model_gradients

    return check_model_gradients
