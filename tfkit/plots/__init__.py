"""Pictures, in one style: every `plot_…` draws on `ax`, or on a new figure, and returns the axes."""

from tfkit._lazy import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)
