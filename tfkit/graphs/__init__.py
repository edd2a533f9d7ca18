"""Computation graphs of numbers: forward from left to right, backward from right to left, and nudging to check."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
