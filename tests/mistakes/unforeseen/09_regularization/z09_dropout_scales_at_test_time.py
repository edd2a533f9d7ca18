"""z09_dropout_scales_at_test_time: leaves the kept values as they are in training and multiplies by 1 - rate at test time.

question: 09.2
means: scales at test time, as the slide
cause: missing-factor, misplaced-factor, flag
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
            self.mask = tf.cast(drawn >= self.rate, H.dtype)
        else:
            self.mask = tf.ones_like(H) * (1 - self.rate)
        return H * self.mask

    def backward(self, G):
        return G * self.mask
