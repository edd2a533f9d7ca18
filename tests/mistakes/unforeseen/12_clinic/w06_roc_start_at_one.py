"""w06_roc_start_at_one: starts at a threshold of the largest score plus one, as scikit-learn did once.

question: 12.3
means: the first threshold is not infinity
cause: start-value, constant
"""
import math

import numpy as np
import tensorflow as tf


def roc_curve(y, scores):
    t = np.unique(scores)[::-1]
    t = np.concatenate([[t[0] + 1], t])
    tpr = np.array([(scores[y == 1] >= x).mean() for x in t])
    fpr = np.array([(scores[y == 0] >= x).mean() for x in t])
    return fpr, tpr, t
