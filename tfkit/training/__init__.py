"""Training as one program: `fit` for any Keras model whose data fit in memory; schedules; what a run leaves behind."""

from tfkit._lazy import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)
