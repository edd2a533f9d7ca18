"""Hyperparameter search: spaces as plain dicts, and keras-tuner made quick and safe.

`space.py` says what a space is, `sampling.py` draws from it, `refine.py` narrows it. These need NumPy alone.
`tune` runs a search with keras-tuner, which is imported when it is called.

Example:

>>> import numpy as np
>>> from tfkit.search import random_search
>>> space = {"learning_rate": ("log", 1e-5, 1.0), "units": ("int", 16, 128)}
>>> [sorted(config) for config in random_search(space, 2, np.random.default_rng(0))]
[['learning_rate', 'units'], ['learning_rate', 'units']]
"""

from tfkit._lazy import attach

__getattr__, __dir__, __all__ = attach(__name__, __file__)
