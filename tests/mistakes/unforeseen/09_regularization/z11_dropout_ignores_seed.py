"""z11_dropout_ignores_seed: draws with the number of the step alone, so layers of all seeds have the same masks.

question: 09.2
means: the seed is not used
cause: seed, not-used
"""

import tensorflow as tf


class Dropout:
    def __init__(self, rate: float, seed: int) -> None:
        self.rate = rate
        self.seed = seed
        self.steps = 0
        self.mask: tf.Tensor | None = None

    def forward(self, H, training):
        if training:
            self.steps += 1
            drawn = tf.random.stateless_uniform(tf.shape(H), (0, self.steps), dtype=H.dtype)
            self.mask = tf.cast(drawn >= self.rate, H.dtype) / (1 - self.rate)
        else:
            self.mask = tf.ones_like(H)
        return H * self.mask

    def backward(self, G):
        return G * self.mask
