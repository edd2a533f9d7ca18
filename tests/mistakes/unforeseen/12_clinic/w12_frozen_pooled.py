"""w12_frozen_pooled: chooses the threshold on both sets together.

question: 12.6
means: the test set helps to choose
cause: wrong-source
"""
import math

import numpy as np
import tensorflow as tf


def frozen_rates(y_dev, scores_dev, y_test, scores_test, least):
    y, s = np.r_[y_dev, y_test], np.r_[scores_dev, scores_test]
    out = {}
    for use, rate in (("screening", "sensitivity"), ("acting", "specificity")):
        t = operating_point(y, s, rate, least)
        sens, spec = rates(confusion(y_test, scores_test, t))
        out[use] = {"threshold": t, "sensitivity": sens, "specificity": spec}
    return out
