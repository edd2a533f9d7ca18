"""Gradients against nudges, tensor by tensor: of functions, of this library's networks and of Keras models."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
