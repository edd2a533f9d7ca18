"""w11_point_midpoints: takes the middle between two neighbouring scores.

question: 12.5
means: a threshold that is no score
cause: other-function, other-mean
"""
import math

import numpy as np
import tensorflow as tf


def operating_point(y, scores, rate, least):
    u = np.unique(scores)
    t = np.concatenate([[-np.inf], (u[1:] + u[:-1]) / 2, [np.inf]])
    sens = np.array([(scores[y == 1] >= x).mean() for x in t])
    spec = np.array([(scores[y == 0] < x).mean() for x in t])
    return float(t[sens >= least].max() if rate == "sensitivity" else t[spec >= least].min())
