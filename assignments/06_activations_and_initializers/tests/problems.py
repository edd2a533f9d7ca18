"""The inputs of the tests."""

import numpy as np
from common.dense_models import dense_model
from common.precision import TwoPrecisions

from autograder.testing import Sizes, cached_property


class Signals(TwoPrecisions):
    """Scores of several forms, and a Keras model with the numbers that went into it."""

    sizes = (Sizes(M=7, n=5, h=4, k=3, p=2), Sizes(M=11, n=3, h=7, k=5, p=4))
    edges = (
        Sizes(M=1, n=3, h=5, k=4, p=3, other=1, layers=2),
        Sizes(M=5, n=1, h=1, k=2, p=1, other=1, layers=2),
        Sizes(M=4, n=2, h=3, k=1, p=1, other=1, layers=2),
    )
    words = {  # noqa: RUF012
        "M": "examples",
        "n": "inputs",
        "h": "units of the first layer",
        "k": "units of the second layer",
        "p": "units of the last layer",
    }

    layers = 3  # of the model: at the edges two, because a model takes long to build

    @cached_property
    def alpha(self):
        # float32 holds both exactly
        return self.own(5, 3) / 16

    @cached_property
    def Z(self):
        """Numbers on both sides of 0, where activations bend."""
        return self.array(1.5 * self.rng("Z").normal(size=(self.M, self.k)))

    @cached_property
    def pieces(self):
        return self.array(1.5 * self.rng("pieces").normal(size=(self.M, self.h, self.p)))

    @cached_property
    def X(self):
        return self.array(1.5 * self.rng("X").normal(size=(self.M, self.n)))

    @cached_property
    def batch(self):
        return self.X

    @cached_property
    def Y(self):
        return self.array(self.rng("Y").normal(size=(self.M, self.p)))

    @cached_property
    def units(self):
        """Of each layer."""
        return (self.h, self.k, self.p) if self.layers == 3 else (self.h, self.p)

    @cached_property
    def weights(self):
        """Kernels and biases of the layers, none of which has variance 1 before the activation."""
        rng = self.rng("weights")
        shapes = zip((self.n, *self.units), self.units, strict=False)
        kernels = [size * rng.normal(size=shape) for size, shape in zip((0.9, 1.7, 0.6), shapes, strict=False)]
        biases = [0.4 * rng.normal(size=kernel.shape[1]) for kernel in kernels]
        return [(self.array(W).array, self.array(b).array) for W, b in zip(kernels, biases, strict=True)]

    @cached_property
    def bends(self):
        """The activation of each layer."""
        return ("tanh", "sigmoid", "linear")[-len(self.units) :]

    @cached_property
    def model(self):
        """A model of these weights, in their precision."""
        return dense_model(*((*pair, bend) for pair, bend in zip(self.weights, self.bends, strict=True)))

    @cached_property
    def W(self):
        """A matrix with columns that are the same, some that are nearly so, and some that only look alike."""
        rng = self.rng("W")
        columns = rng.normal(size=(self.n, self.h))
        # the same up to rounding; a multiple; the reverse
        more = [columns[:, 0], columns[:, 1] * (1 + 2e-7), 2 * columns[:, 1], columns[::-1, 2], columns[:, 0]]
        return self.array(np.column_stack([columns, *more])[:, rng.permutation(self.h + 5)])
