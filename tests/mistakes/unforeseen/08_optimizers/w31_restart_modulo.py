"""w31_restart_modulo: all periods are equal.

question: 08.12
means: step % period, growth is not used
cause: not-used, missing-step, one-case
"""
import math

import numpy as np
import tensorflow as tf


def cosine_restarts(learning_rate, step, period, growth):
    t = step % period
    return learning_rate / 2 * (1 + math.cos(math.pi * t / period))
