"""Training as one program: `fit` for any Keras model whose data fit in memory; schedules; what a run leaves behind."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
