"""z25_grades_overwritten: Replaces the missing grades by -1 in the argument itself.

question: 12.10
means: argument changed in place
cause: changes-argument
"""

import numpy as np


def majority(grades, level):
    grades[np.isnan(grades)] = -1
    looked = (grades >= 0).sum(axis=1)
    yes = (grades >= level).sum(axis=1)
    result = (2 * yes >= looked).astype(float)
    result[looked == 0] = np.nan
    return result
