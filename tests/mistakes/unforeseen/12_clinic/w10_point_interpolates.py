"""w10_point_interpolates: interpolates the threshold between two scores.

question: 12.5
means: a threshold that is no score
cause: other-function, extra-function, other-mean
"""
import math

import numpy as np
import tensorflow as tf


def operating_point(y, scores, rate, least):
    t = np.unique(scores)
    sens = np.array([(scores[y == 1] >= x).mean() for x in t])
    spec = np.array([(scores[y == 0] < x).mean() for x in t])
    if rate == "sensitivity":
        return float(np.interp(least, sens[::-1], t[::-1]))
    return float(np.interp(least, spec, t))
