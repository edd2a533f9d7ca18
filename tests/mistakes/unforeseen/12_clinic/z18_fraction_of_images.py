"""z18_fraction_of_images: Adds patients to the test set until it has the fraction of the images.

question: 12.7
means: fraction of images, not patients
cause: wrong-count
"""

import numpy as np


def split_patients(patients, test_fraction, seed):
    rng = np.random.default_rng(seed)
    wanted = round(test_fraction * len(patients))
    test = []
    for person in rng.permutation(np.unique(patients)):
        if len(test) >= wanted:
            break
        test += np.flatnonzero(patients == person).tolist()
    train = [row for row in range(len(patients)) if row not in test]
    return np.array(train, dtype=int), np.array(test, dtype=int)
