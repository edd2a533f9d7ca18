"""z35_diagnose_last_row: goes through the table without stopping, so the last row that fits is the answer.

question: 09.11
means: last row that fits
cause: order, reversed
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
    word = "healthy"
    if m["repeats"] > 0.5:
        word = "no_shuffling"
    if m["climb"] > 0.15:
        word = "learning_rate_too_high"
    if m["best_accuracy"] > 0.95:
        word = "leak"
    if m["first_fall"] < 0.01:
        word = "bad_initialisation"
    if m["before_cut"] > 0.05:
        word = "decayed_too_early"
    if m["rise"] > 0.2:
        word = "overfitting"
    if m["level"] > 0.6 and m["last_fall"] > m["first_fall"] / 4:
        word = "learning_rate_too_low"
    if m["val_fall"] > 0.04:
        word = "still_improving"
    if m["level"] > 0.42:
        word = "underfitting"
    return word
