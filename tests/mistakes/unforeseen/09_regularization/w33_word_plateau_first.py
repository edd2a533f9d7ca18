"""w33_word_plateau_first: the plateau is asked for first.

question: 09.11
means: the wrong order
cause: order
"""
import math

import numpy as np
import tensorflow as tf


def diagnose(history):
    m = curve_measures(history)
    if m["first_fall"] < 0.01:
        return "bad_initialisation"
    if m["repeats"] > 0.5:
        return "no_shuffling"
    if m["climb"] > 0.15:
        return "learning_rate_too_high"
    if m["best_accuracy"] > 0.95:
        return "leak"
    if m["before_cut"] > 0.05:
        return "decayed_too_early"
    if m["rise"] > 0.2:
        return "overfitting"
    if m["level"] > 0.6 and m["last_fall"] > m["first_fall"] / 4:
        return "learning_rate_too_low"
    if m["val_fall"] > 0.04:
        return "still_improving"
    if m["level"] > 0.42:
        return "underfitting"
    return "healthy"
