"""Learning curves: what they show, and what to do about it. `README.md` says how often it is right."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
