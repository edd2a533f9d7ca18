"""n7_sgd_returns_gradients: returns the gradients as the state.

question: 08.1
means: another state
cause: wrong-value, kind, extra-term
"""

import math

import numpy as np
import tensorflow as tf


def sgd(w: Tensors, g: Tensors, state: Tensors, learning_rate: float) -> tuple[Tensors, Tensors]:
    return {name: w[name] - learning_rate * g[name] for name in w}, g
