"""w16_bootstrap_mean_of_patients: takes the mean score of each patient first.

question: 12.9
means: one score for each patient
cause: other-function, order, averaged
"""
import math

import numpy as np
import tensorflow as tf


def bootstrap_interval(y, scores, patients, draws):
    ids = np.unique(patients)
    s = {i: scores[patients == i].mean() for i in ids}
    t = {i: int(y[patients == i].max()) for i in ids}
    a = []
    for d in draws:
        x = auc(np.array([t[i] for i in d]), np.array([s[i] for i in d]))
        if not np.isnan(x):
            a.append(x)
    lo, hi = np.quantile(a, [0.025, 0.975])
    return float(lo), float(hi)
