"""Small real data sets, how to divide them, and how to scale them."""

from tfkit._lazy import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)
