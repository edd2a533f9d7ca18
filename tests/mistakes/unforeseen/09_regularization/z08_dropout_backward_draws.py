"""z08_dropout_backward_draws: draws again in backward, with the step after the one of forward.

question: 09.2
means: backward draws a mask of its own
cause: fresh-state, same-draws, distribution
"""

import tensorflow as tf


class Dropout:
    def __init__(self, rate: float, seed: int) -> None:
        self.rate = rate
        self.seed = seed
        self.steps = 0
        self.mask: tf.Tensor | None = None

    def draw(self, H):
        drawn = tf.random.stateless_uniform(H.shape, (self.seed, self.steps), dtype=H.dtype)
        self.steps += 1
        return tf.where(drawn < self.rate, tf.zeros_like(H), tf.ones_like(H) / (1 - self.rate))

    def forward(self, H, training):
        self.training = training
        return H * self.draw(H) if training else H

    def backward(self, G):
        return G * self.draw(G) if self.training else G
