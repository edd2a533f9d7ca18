"""z16_int_cuts_off: Cuts the number of test patients off with int instead of rounding it.

question: 12.7
means: int instead of round
cause: wrong-count, rounding
"""

import numpy as np


def split_patients(patients, test_fraction, seed):
    people = np.unique(patients)
    np.random.default_rng(seed).shuffle(people)
    chosen = people[: int(test_fraction * len(people) + 1e-9)]
    test = np.isin(patients, chosen)
    return np.where(~test)[0], np.where(test)[0]
