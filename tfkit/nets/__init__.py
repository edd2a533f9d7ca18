"""The two-layer network told three times, the layer and the start that Keras lacks, and averages over models."""

from tfkit._lazy import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)
