"""n7_seed_plus_steps: adds the number of the step to the seed.

question: 09.2
means: one seed for two things
cause: seed, same-draws
"""

import math

import numpy as np
import tensorflow as tf


class Dropout:

    def __init__(self, rate: float, seed: int) -> None:
        self.rate = rate
        self.seed = seed
        self.steps = 0
        self.mask: tf.Tensor | None = None

    def forward(self, H: tf.Tensor, training: bool) -> tf.Tensor:
        """Return what the layer makes of `H`: with a new mask in training, and `H` as it is otherwise."""
        if training:
            self.steps += 1
            kept = tf.random.stateless_uniform(H.shape, (self.seed + self.steps, 0), dtype=H.dtype) >= self.rate
            self.mask = tf.cast(kept, H.dtype) / (1 - self.rate)
        else:
            self.mask = tf.ones_like(H)
        return H * self.mask

    def backward(self, G: tf.Tensor) -> tf.Tensor:
        """Return the gradient by the `H` of the last call of `forward`, from `G`, the one by what it returned."""
        return G * self.mask
