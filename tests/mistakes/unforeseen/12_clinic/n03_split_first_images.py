"""n03_split_first_images: shuffles images, and takes the patients in the order in which they come.

question: 12.7
means: who has more images is drawn more often
cause: distribution
"""

import numpy as np


def split_patients(patients, test_fraction, seed):
    mixed = np.random.default_rng(seed).permutation(patients)
    everybody = list(dict.fromkeys(mixed.tolist()))
    in_test = np.isin(patients, everybody[: round(test_fraction * len(everybody))])
    return np.flatnonzero(~in_test), np.flatnonzero(in_test)
