"""w06_mom_state_global: the velocities are kept in a global dict, and the state is not looked at.

question: 08.2
means: own memory between calls
cause: kept-state, not-used, fresh-state, raises
"""
import math

import numpy as np
import tensorflow as tf


VELOCITY = {}


def momentum(w, g, state, learning_rate, mu):
    new = {}
    for k in w:
        VELOCITY[k] = mu * VELOCITY.get(k, 0.0) - learning_rate * g[k]
        new[k] = w[k] + VELOCITY[k]
    return new, dict(VELOCITY)
