"""Computation graphs of numbers: forward from left to right, backward from right to left, and nudging to check."""

from tfkit._lazy import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)
