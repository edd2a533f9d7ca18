"""n10_last_cut: looks for the last cut of the rate.

question: 09.10
means: the last cut, not the first
cause: reversed, wrong-value, order
"""

import math

import numpy as np
import tensorflow as tf


def curve_measures(history: dict[str, list[float]]) -> dict[str, float]:
    loss, val_loss = np.array(history["loss"]), np.array(history["val_loss"])
    rates, guess = history["learning_rate"], math.log(10)
    n = len(loss)
    quarter = n // 4
    lowest = np.minimum(np.minimum.accumulate(loss), guess)
    finite = np.isfinite(loss).all() and np.isfinite(val_loss).all()
    steps = np.reshape(history["step_loss"], (n, -1))[n // 2 :]
    steps = steps - steps.mean(axis=1, keepdims=True)
    cut = max([epoch for epoch in range(1, n) if rates[epoch] <= rates[epoch - 1] / 10], default=0)
    return {
        "climb": float(np.max(loss - lowest)) / guess if finite else math.inf,
        "repeats": float(np.corrcoef(steps[:-1].ravel(), steps[1:].ravel())[0, 1]),
        "best_accuracy": max(history["val_accuracy"]),
        "first_fall": float(loss[0] - loss[quarter]) / guess,
        "last_fall": float(loss[n - 1 - quarter] - loss[n - 1]) / guess,
        "level": float(loss[n - 1]) / guess,
        "before_cut": float(1 - loss[cut - 1] / loss[cut - 2]) if cut > 1 else 0.0,
        "rise": float(val_loss[n - 1] / val_loss.min()) - 1,
        "val_fall": 1 - float(val_loss[n - 1] / val_loss[n - 1 - quarter]),
    }
