"""w03_rates_eps: adds a small number below the line against division by zero.

question: 12.2
means: 0 instead of NaN for nobody
cause: missing-step, constant, epsilon, extra-term
"""
import math

import numpy as np
import tensorflow as tf


def rates(counts):
    eps = 1e-12
    return counts["TP"] / (counts["TP"] + counts["FN"] + eps), counts["TN"] / (counts["TN"] + counts["FP"] + eps)
