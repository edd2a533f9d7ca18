"""The two-layer network told three times, the layer and the start that Keras lacks, and averages over models."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
