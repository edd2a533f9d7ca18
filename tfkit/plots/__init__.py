"""Pictures, in one style: every `plot_…` draws on `ax`, or on a new figure, and returns the axes."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
