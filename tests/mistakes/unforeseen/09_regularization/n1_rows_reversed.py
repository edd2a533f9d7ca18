"""n1_rows_reversed: goes through the table from below.

question: 09.11
means: the last row that fits
cause: order, reversed
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
        "overfitting": found["rise"] > 0.2,
        "learning_rate_too_low": found["level"] > 0.6 and found["last_fall"] > found["first_fall"] / 4,
        "still_improving": found["val_fall"] > 0.04,
        "underfitting": found["level"] > 0.42,
    }
    return next((word for word, fits in reversed(list(rows.items())) if fits), "healthy")
