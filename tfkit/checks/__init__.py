"""Before training: the loss of chance, a few examples learned by heart, signals by depth, data and splits."""

from tfkit._lazy import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)
