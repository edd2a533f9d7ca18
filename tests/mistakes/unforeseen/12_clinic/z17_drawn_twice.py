"""z17_drawn_twice: Draws the test patients with rng.choice, which puts them back, so fewer different ones come.

question: 12.7
means: patients drawn with replacement
cause: wrong-count, with-replacement
"""

import numpy as np


def split_patients(patients, test_fraction, seed):
    rng = np.random.default_rng(seed)
    people = np.unique(patients)
    chosen = rng.choice(people, round(test_fraction * len(people)))
    in_test = np.isin(patients, chosen)
    return np.flatnonzero(~in_test), np.flatnonzero(in_test)
