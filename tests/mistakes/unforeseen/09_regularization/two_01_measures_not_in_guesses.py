"""two_01_measures_not_in_guesses: leaves all losses as they are instead of in guesses, and diagnose compares them with the limits.

question: 09.10
means: losses not divided by a guess
cause: missing-factor
carried: 09.11
"""

import math

import numpy as np


def curve_measures(history):
    loss, val = np.array(history["loss"], float), np.array(history["val_loss"], float)
    rates = history["learning_rate"]
    n = len(loss)
    quarter = n // 4
    low, climb = math.log(10), 0.0
    for value in loss:
        low = min(low, value)
        climb = max(climb, value - low)
    if not (np.isfinite(loss).all() and np.isfinite(val).all()):
        climb = math.inf
    table = np.array(history["step_loss"], float).reshape(n, -1)[n // 2 :]
    table = table - table.mean(axis=1, keepdims=True)
    before_cut = 0.0
    for epoch in range(1, n):
        if rates[epoch] <= rates[epoch - 1] / 10:
            if epoch >= 2:
                before_cut = (loss[epoch - 2] - loss[epoch - 1]) / loss[epoch - 2]
            break
    return {
        "climb": float(climb),
        "repeats": float(np.corrcoef(table[:-1].ravel(), table[1:].ravel())[0, 1]),
        "best_accuracy": float(max(history["val_accuracy"])),
        "first_fall": float(loss[0] - loss[quarter]),
        "last_fall": float(loss[n - 1 - quarter] - loss[-1]),
        "level": float(loss[-1]),
        "before_cut": float(before_cut),
        "rise": float((val[-1] - val.min()) / val.min()),
        "val_fall": float((val[n - 1 - quarter] - val[-1]) / val[n - 1 - quarter]),
    }


def diagnose(history):
    m = curve_measures(history)
    table = [
        ("no_shuffling", m["repeats"] > 0.5),
        ("learning_rate_too_high", m["climb"] > 0.15),
        ("leak", m["best_accuracy"] > 0.95),
        ("bad_initialisation", m["first_fall"] < 0.01),
        ("decayed_too_early", m["before_cut"] > 0.05),
        ("overfitting", m["rise"] > 0.2),
        ("learning_rate_too_low", m["level"] > 0.6 and m["last_fall"] > m["first_fall"] / 4),
        ("still_improving", m["val_fall"] > 0.04),
        ("underfitting", m["level"] > 0.42),
        ("healthy", True),
    ]
    return next(word for word, fits in table if fits)
