"""Gradients against nudges, tensor by tensor: of functions, of this library's networks and of Keras models."""

from tfkit._lazy import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)
