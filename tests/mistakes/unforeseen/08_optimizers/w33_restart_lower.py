"""w33_restart_lower: each restart begins at half the rate.

question: 08.12
means: m_mul = 0.5
cause: extra-term, missing-factor, factor-half, doubled-factor, constant, repeated-step
"""
import math

import numpy as np
import tensorflow as tf


def cosine_restarts(learning_rate, step, period, growth):
    while step >= period:
        step = step - period
        period = period * growth
        learning_rate = learning_rate / 2
    return learning_rate / 2 * (1 + math.cos(math.pi * step / period))
