"""z24_always_level_two: Writes the 2 of the text into the function and forgets the argument.

question: 12.10
means: level fixed at two
cause: hard-coded
"""

import numpy as np


def majority(grades, level):
    looked = ~np.isnan(grades)
    votes = np.where(looked, grades >= 2, 0).sum(axis=1)
    n = looked.sum(axis=1)
    return np.where(n > 0, (votes >= n / 2).astype(float), np.nan)
