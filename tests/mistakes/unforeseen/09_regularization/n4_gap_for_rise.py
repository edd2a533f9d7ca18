"""n4_gap_for_rise: takes the gap between both losses for the rise.

question: 09.11
means: gap in place of the rise
cause: wrong-value
"""

import math

import numpy as np
import tensorflow as tf


def diagnose(history: dict[str, list[float]]) -> str:
    found = curve_measures(history)
    rows = {
        "no_shuffling": found["repeats"] > 0.5,
        "learning_rate_too_high": found["climb"] > 0.15,
        "leak": found["best_accuracy"] > 0.95,
        "bad_initialisation": found["first_fall"] < 0.01,
        "decayed_too_early": found["before_cut"] > 0.05,
        "overfitting": history["val_loss"][-1] / history["loss"][-1] - 1 > 0.2,
        "learning_rate_too_low": found["level"] > 0.6 and found["last_fall"] > found["first_fall"] / 4,
        "still_improving": found["val_fall"] > 0.04,
        "underfitting": found["level"] > 0.42,
    }
    return next((word for word, fits in rows.items() if fits), "healthy")
