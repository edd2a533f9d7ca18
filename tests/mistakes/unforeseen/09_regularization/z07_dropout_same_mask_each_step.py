"""z07_dropout_same_mask_each_step: never counts the steps, so each step has the same mask.

question: 09.2
means: every step draws the same mask
cause: same-draws, not-reshuffled
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
            self.mask = tf.cast(drawn >= self.rate, H.dtype) / (1 - self.rate)
        else:
            self.mask = tf.ones_like(H)
        return H * self.mask

    def backward(self, G):
        return G * self.mask
