"""w13_split_each_row: decides for each row anew, with the chance of the fraction.

question: 12.7
means: rows are drawn, not patients
cause: not-used, distribution
"""
import math

import numpy as np
import tensorflow as tf


def split_patients(patients, test_fraction, seed):
    rng = np.random.default_rng(seed)
    test = rng.uniform(size=len(patients)) < test_fraction
    return np.flatnonzero(~test), np.flatnonzero(test)
