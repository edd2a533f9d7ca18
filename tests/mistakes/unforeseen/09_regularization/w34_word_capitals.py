"""w34_word_capitals: words in capitals.

question: 09.11
means: another spelling
cause: constant
"""
import math

import numpy as np
import tensorflow as tf


def diagnose(history):
    m = curve_measures(history)
    if m["repeats"] > 0.5:
        return "NO_SHUFFLING"
    if m["climb"] > 0.15:
        return "LEARNING_RATE_TOO_HIGH"
    if m["best_accuracy"] > 0.95:
        return "LEAK"
    if m["first_fall"] < 0.01:
        return "BAD_INITIALISATION"
    if m["before_cut"] > 0.05:
        return "DECAYED_TOO_EARLY"
    if m["rise"] > 0.2:
        return "OVERFITTING"
    if m["level"] > 0.6 and m["last_fall"] > m["first_fall"] / 4:
        return "LEARNING_RATE_TOO_LOW"
    if m["val_fall"] > 0.04:
        return "STILL_IMPROVING"
    if m["level"] > 0.42:
        return "UNDERFITTING"
    return "healthy"
