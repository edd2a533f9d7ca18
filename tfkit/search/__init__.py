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

from tfkit.search.refine import coarse_to_fine
from tfkit.search.result import SearchResult, Trial
from tfkit.search.sampling import grid, log_uniform, random_search
from tfkit.search.space import check_space
from tfkit.search.tuning import tune

__all__ = [
    "SearchResult",
    "Trial",
    "check_space",
    "coarse_to_fine",
    "grid",
    "log_uniform",
    "random_search",
    "tune",
]
