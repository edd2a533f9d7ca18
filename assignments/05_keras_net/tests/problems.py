"""The inputs of the tests: small networks, small images, histories.

Sizes are different primes where they can be, and none is a product of others, so that a wrong answer in one size is
no right one in the other.
"""

import numpy as np

from autograder.testing import Fixture, Sizes, cached_property


class Inputs(Fixture):
    """Examples of n features, a network of h hidden units and k outputs, images, and what a training tells."""

    sizes = (
        Sizes(M=7, n=5, h=4, k=3, height=3, width=5, rate=19, epochs=9),
        Sizes(M=11, n=3, h=5, k=2, height=5, width=2, rate=27, epochs=11),
    )
    edges = (
        Sizes(M=1, n=2, h=1, k=1, height=1, width=3, rate=37, epochs=7),
        Sizes(M=5, n=1, h=3, k=4, height=4, width=1, rate=23, epochs=8),
    )
    words = {"M": "examples", "n": "features", "h": "hidden units", "k": "outputs"}  # noqa: RUF012

    def array(self, values):
        return np.asarray(values, np.float64)

    @cached_property
    def learning_rate(self):
        # float32, in which Keras keeps a learning rate, holds it exactly
        return self.rate / 512

    @cached_property
    def batch_size(self):
        return self.M

    @cached_property
    def X(self):
        return self.array(self.rng("X").normal(size=(self.M, self.n)))

    @cached_property
    def Y(self):
        return self.array(self.rng("Y").normal(size=(self.M, self.k)))

    @cached_property
    def Y_hat(self):
        return self.array(self.rng("Y_hat").normal(size=(self.M, self.k)))

    @cached_property
    def params(self):
        rng = self.rng("params")
        # weights N(0, 1/inputs) keep the scores about 1, where sigmoid and tanh bend and do not saturate
        return {
            "W1": self.array(rng.normal(size=(self.n, self.h)) / np.sqrt(self.n) * 1.3),
            "b1": self.array(0.3 * rng.normal(size=(1, self.h))),
            "W2": self.array(rng.normal(size=(self.h, self.k))),
            "b2": self.array(0.3 * rng.normal(size=(1, self.k))),
        }

    @cached_property
    def images(self):
        # not in each size the darkest pixel is 255, and nowhere is one 0: the ends of what is there are no scale
        images = self.rng("images").integers(9, 220, (self.M, self.height, self.width), np.uint8)
        images[0, 0, 0], images[-1, -1, -1] = self.own(255, 229), 8
        return images

    @cached_property
    def labels(self):
        # the highest class is never there: who counts the classes of a batch finds too few
        return self.rng("labels").integers(0, max(self.k - 1, 1), self.M)

    @cached_property
    def history(self):
        """Losses of a training whose best epoch is in the middle, and not that of the training loss."""
        rng = self.rng("history")
        best = int(rng.integers(2, self.epochs - 2))
        distance = np.abs(np.arange(self.epochs) - best)
        loss = np.sort(rng.uniform(0.1, 1, self.epochs))[::-1]
        val_loss = 0.4 + 0.07 * distance + rng.uniform(0, 0.03, self.epochs)
        val_loss[0] = val_loss[1] - 0.02  # it rises once before it is best
        return {"loss": loss.tolist(), "val_loss": val_loss.tolist()}
