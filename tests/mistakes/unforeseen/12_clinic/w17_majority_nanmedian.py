"""w17_majority_nanmedian: compares the median grade with the level.

question: 12.10
means: the median of the grades
cause: order, other-function
"""
import math

import numpy as np
import tensorflow as tf


def majority(grades, level):
    with np.errstate(all="ignore"):
        med = np.array([np.nan if np.isnan(r).all() else np.nanmedian(r) for r in grades])
    return np.where(np.isnan(med), np.nan, (med >= level).astype(float))
