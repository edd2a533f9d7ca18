"""w08_auc_flips: turns an area below one half round.

question: 12.4
means: 1 - area when below one half
cause: complement, extra-function, other-function, branches-swapped, reversed
"""
import math

import numpy as np
import tensorflow as tf


def auc(y, scores):
    pos, neg = scores[y == 1], scores[y == 0]
    if len(pos) == 0 or len(neg) == 0:
        return math.nan
    a = np.mean([(p > n) + 0.5 * (p == n) for p in pos for n in neg])
    return float(max(a, 1 - a))
