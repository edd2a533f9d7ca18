"""z32_measures_climb_without_guess: starts the lowest value with the first loss, so a loss above a guess from the start is no climb.

question: 09.10
means: guess left out of the climb
cause: missing-term, start-value, one-case
"""

import math

import numpy as np


def curve_measures(history):
    loss, val = np.array(history["loss"], float), np.array(history["val_loss"], float)
    rates = history["learning_rate"]
    n, guess = len(loss), math.log(10)
    quarter = n // 4
    low, climb = loss[0], 0.0
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
