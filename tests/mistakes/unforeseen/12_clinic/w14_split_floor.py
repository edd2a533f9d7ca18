"""w14_split_floor: rounds the number of patients down.

question: 12.7
means: floor instead of round
cause: wrong-count, rounding
"""
import math

import numpy as np
import tensorflow as tf


def split_patients(patients, test_fraction, seed):
    ids = np.random.default_rng(seed).permutation(np.unique(patients))
    n = int(test_fraction * len(ids))
    test = np.isin(patients, ids[:n])
    return np.flatnonzero(~test), np.flatnonzero(test)
