"""w30_measure_rise_gap: the gap of the two losses.

question: 09.10
means: another difference
cause: wrong-value, wrong-source
named: no
"""
import math

import numpy as np
import tensorflow as tf


def curve_measures(history):
    L, V = np.array(history["loss"]), np.array(history["val_loss"])
    n, G, rate = len(L), math.log(10), history["learning_rate"]
    k = n - 1 - n // 4
    climb = max(x - min([G, *L[: i + 1]]) for i, x in enumerate(L)) / G
    if not (np.isfinite(L).all() and np.isfinite(V).all()):
        climb = math.inf
    T = np.reshape(history["step_loss"], (n, -1))[n // 2 :]
    T = T - T.mean(axis=1, keepdims=True)
    cut = next((e for e in range(1, n) if rate[e] <= rate[e - 1] / 10), 0)
    return {
        "climb": climb,
        "repeats": np.corrcoef(T[:-1].ravel(), T[1:].ravel())[0, 1],
        "best_accuracy": max(history["val_accuracy"]),
        "first_fall": (L[0] - L[n // 4]) / G,
        "last_fall": (L[k] - L[-1]) / G,
        "level": L[-1] / G,
        "before_cut": 1 - L[cut - 1] / L[cut - 2] if cut > 1 else 0.0,
        "rise": V[-1] / L[-1] - 1,
        "val_fall": 1 - V[-1] / V[k],
    }
