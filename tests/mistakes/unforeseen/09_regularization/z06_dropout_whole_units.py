"""z06_dropout_whole_units: draws one number for each unit, so a unit is dropped for all examples of the batch.

question: 09.2
means: one draw per unit, not per value
cause: same-draws, axis
"""

import tensorflow as tf


class Dropout:
    def __init__(self, rate: float, seed: int) -> None:
        self.rate = rate
        self.seed = seed
        self.steps = 0
        self.mask: tf.Tensor | None = None

    def forward(self, H, training):
        if not training:
            self.mask = tf.ones_like(H)
            return H
        drawn = tf.random.stateless_uniform((1, H.shape[1]), (self.seed, self.steps), dtype=H.dtype)
        self.steps += 1
        self.mask = tf.cast(drawn >= self.rate, H.dtype) / (1 - self.rate)
        return H * self.mask

    def backward(self, G):
        return G * self.mask
