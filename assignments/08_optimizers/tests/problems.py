"""The inputs of the tests: an optimizer in the middle of its work, and the numbers of schedules.

All sizes are different primes. The two weights have different shapes, rates and decays differ from one size to the
next, no rate is 1 minus a decay, and ε is so large that its place shows.
"""

from __future__ import annotations

import numpy as np
from common.precision import TwoPrecisions

from autograder.testing import Sizes, cached_property

NAMES = {1: ("theta",), 2: ("W", "b"), 3: ("kernel", "bias", "scale")}


class Optimizing(TwoPrecisions):
    """Two weights, their gradients, and what optimizers remember of them."""

    sizes = (Sizes(n=7, k=3), Sizes(n=11, k=5))
    edges = (Sizes(n=1, k=1, other=1), Sizes(n=5, k=1, other=1, names=1), Sizes(n=1, k=3, other=1, names=3))
    words = {"n": "inputs", "k": "outputs"}  # noqa: RUF012

    names = 2  # how many weights there are

    def weights(self, label, positive=False):
        """A number for each entry of each weight."""
        rng, shapes = self.rng(label), ((self.n, self.k), (1, self.k), ())
        values = {name: rng.normal(size=shape) for name, shape in zip(NAMES[self.names], shapes, strict=False)}
        return {name: self.array(value**2 + 0.1 if positive else value) for name, value in values.items()}

    @cached_property
    def w(self):
        return self.weights("w")

    @cached_property
    def g(self):
        return self.weights("g")

    @cached_property
    def gradients(self):
        """Those of five steps."""
        return [self.weights(f"g {step}") for step in range(5)]

    @cached_property
    def velocity(self):
        return self.weights("velocity")

    @cached_property
    def squares(self):
        """Sums, or averages, of squared gradients."""
        return self.weights("squares", positive=True)

    @cached_property
    def memory(self):
        """Adam's state after some steps."""
        return {"t": self.own(2, 4), "m": self.weights("m"), "s": self.weights("s", positive=True)}

    @cached_property
    def still(self):
        return {name: self.array(np.zeros_like(value.array)) for name, value in self.w.items()}

    @cached_property
    def learning_rate(self):
        return self.own(9, 21) / 64

    @cached_property
    def mu(self):
        return self.own(13, 11) / 16

    @cached_property
    def rho(self):
        return self.own(11, 13) / 16

    @cached_property
    def beta_1(self):
        return self.own(9, 11) / 16

    @cached_property
    def beta_2(self):
        return self.own(13, 15) / 16

    @cached_property
    def epsilon(self):
        return self.own(7, 5) / 64

    # of schedules

    @cached_property
    def steps_per_epoch(self):
        return self.own(5, 3)

    @cached_property
    def every(self):
        return self.own(2, 4)

    @cached_property
    def factor(self):
        return self.own(5, 9) / 16

    @cached_property
    def total(self):
        return self.own(13, 17)

    @cached_property
    def period(self):
        return self.own(3, 5)

    @cached_property
    def growth(self):
        return self.own(2, 3)

    @cached_property
    def steps(self):
        """Of a warm-up."""
        return self.own(5, 7)

    @cached_property
    def batch_size(self):
        return self.own(96, 40)

    @cached_property
    def old_batch_size(self):
        return self.own(32, 64)

    # of a sweep

    @cached_property
    def low(self):
        return self.own(0.002, 0.01)

    @cached_property
    def high(self):
        return self.own(0.9, 20.0)

    @cached_property
    def count(self):
        return self.own(7, 11)

    @cached_property
    def valley(self):
        """Where the best rate lies between both in the logarithm, from 0 to 1."""
        return self.own(0.68, 0.41)
