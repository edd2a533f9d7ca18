"""w31_word_backwards: the table is read from the bottom.

question: 09.11
means: the wrong order
cause: order, reversed
named: by its check
"""
import math

import numpy as np
import tensorflow as tf


def diagnose(history):
    m = curve_measures(history)
    if m["level"] > 0.42:
        return "underfitting"
    if m["val_fall"] > 0.04:
        return "still_improving"
    if m["level"] > 0.6 and m["last_fall"] > m["first_fall"] / 4:
        return "learning_rate_too_low"
    if m["rise"] > 0.2:
        return "overfitting"
    if m["before_cut"] > 0.05:
        return "decayed_too_early"
    if m["first_fall"] < 0.01:
        return "bad_initialisation"
    if m["best_accuracy"] > 0.95:
        return "leak"
    if m["climb"] > 0.15:
        return "learning_rate_too_high"
    if m["repeats"] > 0.5:
        return "no_shuffling"
    return "healthy"
