"""Learning curves: what they show, and what to do about it. `README.md` says how often it is right."""

from tfkit._lazy import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)
