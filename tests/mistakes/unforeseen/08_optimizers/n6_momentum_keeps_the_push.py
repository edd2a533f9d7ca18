"""n6_momentum_keeps_the_push: keeps the push alone as the velocity.

question: 08.2
means: the state is the push
cause: fresh-state, wrong-value, missing-term
"""

import math

import numpy as np
import tensorflow as tf


def momentum(w: Tensors, g: Tensors, state: Tensors, learning_rate: float, mu: float) -> tuple[Tensors, Tensors]:
    velocity = {name: mu * state[name] - learning_rate * g[name] for name in w}
    return {name: w[name] + velocity[name] for name in w}, {name: -learning_rate * g[name] for name in w}
