"""Computation graphs of numbers: forward from left to right, backward from right to left, and nudging to check."""

from tfkit.graphs.nudging import Nudge, Nudges, nudge
from tfkit.graphs.value import Value

__all__ = ["Nudge", "Nudges", "Value", "nudge"]
