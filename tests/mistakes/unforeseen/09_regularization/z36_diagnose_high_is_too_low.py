"""z36_diagnose_high_is_too_low: leaves out the second condition of learning_rate_too_low, so every high loss gets that word.

question: 09.11
means: high level alone means too low
cause: missing-term, one-case, missing-step
"""

import math

import numpy as np


def curve_measures(history):
    loss, val = np.array(history["loss"], float), np.array(history["val_loss"], float)
    rates = history["learning_rate"]
    n, guess = len(loss), math.log(10)
    quarter = n // 4
    low, climb = guess, 0.0
    for value in loss:
        low = min(low, value)
        climb = max(climb, (value - low) / guess)
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
        "first_fall": float((loss[0] - loss[quarter]) / guess),
        "last_fall": float((loss[n - 1 - quarter] - loss[-1]) / guess),
        "level": float(loss[-1] / guess),
        "before_cut": float(before_cut),
        "rise": float((val[-1] - val.min()) / val.min()),
        "val_fall": float((val[n - 1 - quarter] - val[-1]) / val[n - 1 - quarter]),
    }


def diagnose(history):
    m = curve_measures(history)
    if m["repeats"] > 0.5:
        return "no_shuffling"
    elif m["climb"] > 0.15:
        return "learning_rate_too_high"
    elif m["best_accuracy"] > 0.95:
        return "leak"
    elif m["first_fall"] < 0.01:
        return "bad_initialisation"
    elif m["before_cut"] > 0.05:
        return "decayed_too_early"
    elif m["rise"] > 0.2:
        return "overfitting"
    elif m["level"] > 0.6:
        return "learning_rate_too_low"
    elif m["val_fall"] > 0.04:
        return "still_improving"
    elif m["level"] > 0.42:
        return "underfitting"
    return "healthy"
