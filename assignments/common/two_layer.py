"""Inputs of the two-layer network that tell mistakes apart.

The number of examples is a prime of at least 5, all sizes differ and none is a product of others; pre-activations
are about 1; biases are not zero; labels are unbalanced. With one example, or with equal sizes, or with zero weights,
dozens of wrong gradients equal the right one.

Each size trains at a rate of its own, for epochs and in batches of its own. A number that a student has written out,
0.1 in place of the rate that is given, is then no constant factor: 0.1 / 0.05 would be "twice", in every size.

At the edges it is the other way round: what is right for these sizes alone is wrong for one output, one example, one
feature or one hidden unit. Each edge comes twice, in sizes that differ, so that a cause can be proven there too, and in
the precision that is not the framework's own.
"""

from __future__ import annotations

import numpy as np
from common.precision import TwoPrecisions

from autograder.testing import Sizes, cached_property


class TwoLayer(TwoPrecisions):
    """X (M, n), parameters of n inputs, h hidden units and k outputs, and targets (M, k) of both kinds."""

    sizes = (Sizes(M=7, n=5, h=4, k=3), Sizes(M=11, n=3, h=5, k=2))
    edges = (
        Sizes(M=7, n=5, h=4, k=1, other=1),
        Sizes(M=11, n=3, h=1, k=1, other=1),
        Sizes(M=13, n=1, h=1, k=2, other=1),
        Sizes(M=1, n=5, h=4, k=3, other=1),
        Sizes(M=1, n=3, h=5, k=2, other=1),
        Sizes(M=5, n=1, h=3, k=5, other=1),  # as many outputs as examples
    )
    words = {"M": "examples", "n": "features", "h": "hidden units", "k": "outputs"}  # noqa: RUF012

    @cached_property
    def learning_rate(self):
        # float32, in which Keras keeps a learning rate, holds it exactly
        return self.own(19, 27) / 512

    @cached_property
    def epochs(self):
        return self.own(3, 5)

    @cached_property
    def batch_size(self):
        # neither divides the examples, and the short last batches differ: 3 + 3 + 1 and 6 + 5
        return self.own(3, 6)

    @cached_property
    def X(self):
        return self.array(self.rng("X").normal(size=(self.M, self.n)))

    @cached_property
    def params(self):
        rng = self.rng("params")
        # weights N(0, 1/inputs) keep |Z| about 1, where sigmoid and tanh bend and do not saturate
        return self.parameters(
            {
                "W1": rng.normal(size=(self.n, self.h)) / np.sqrt(self.n) * 1.3,
                "b1": 0.3 * rng.normal(size=(1, self.h)),
                "W2": rng.normal(size=(self.h, self.k)),
                "b2": 0.3 * rng.normal(size=(1, self.k)),
            }
        )

    @cached_property
    def Y(self):
        return self.array(self.rng("Y").normal(size=(self.M, self.k)))

    @cached_property
    def Y_one_hot(self):
        labels = np.minimum(self.rng("labels").geometric(0.5, size=self.M) - 1, self.k - 1)
        # every class is there, as far as there are examples
        labels[: self.k] = np.arange(min(self.k, self.M))
        return self.array(np.eye(self.k)[labels])

    @cached_property
    def Z(self):
        """Scores of k classes."""
        return self.array(1.5 * self.rng("Z").normal(size=(self.M, self.k)))
