"""z10_dropout_old_mask_after_test: keeps the mask of the last training step when forward was called without training, and backward still uses it.

question: 09.2
means: backward keeps training mask after test call
cause: stale-value, kept-state
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
            drawn = tf.random.stateless_uniform(H.shape, (self.seed, self.steps), dtype=H.dtype)
            self.steps += 1
            self.mask = tf.cast(drawn >= self.rate, H.dtype) / (1 - self.rate)
            return H * self.mask
        return H

    def backward(self, G):
        return G if self.mask is None else G * self.mask
