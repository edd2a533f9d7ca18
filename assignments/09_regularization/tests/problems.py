"""The inputs of the tests: a network with its penalties, values of a layer, and images."""

import numpy as np
from common.precision import TwoPrecisions

from autograder.testing import Sizes, Tensor, cached_property


class Layers(TwoPrecisions):
    """A batch that goes through a small network, and what a layer of it sees."""

    sizes = (Sizes(M=7, n=5, h=4, k=3), Sizes(M=11, n=3, h=7, k=5))
    edges = (
        Sizes(M=5, n=2, h=3, k=4, other=1),
        Sizes(M=1, n=4, h=5, k=3, other=1),
        Sizes(M=6, n=4, h=1, k=2, other=1),
    )
    words = {"M": "examples", "n": "inputs", "h": "units", "k": "classes"}  # noqa: RUF012

    def normal(self, label, *shape):
        return self.rng(label).normal(size=shape)

    @cached_property
    def X(self):
        return self.array(self.normal("X", self.M, self.n))

    @cached_property
    def Y(self):
        return self.array(np.eye(self.k)[self.rng("Y").integers(self.k, size=self.M) ** 2 % self.k])

    @cached_property
    def params(self):
        shapes = {"W1": (self.n, self.h), "b1": (1, self.h), "W2": (self.h, self.k), "b2": (1, self.k)}
        return self.parameters({name: self.normal(name, *shape) for name, shape in shapes.items()})

    @cached_property
    def learning_rate(self):
        return self.own(5, 3) / 16

    @cached_property
    def l1(self):
        return self.own(3, 9) / 64

    @cached_property
    def l2(self):
        return self.own(11, 7) / 128

    @cached_property
    def Z(self):
        """Values whose units have means and spreads of their own."""
        return self.array(self.normal("middle", 1, self.h) + self.spread * self.normal("Z", self.M, self.h))

    @cached_property
    def spread(self):
        return self.rng("spread").uniform(0.5, 2.5, size=(1, self.h))

    @cached_property
    def gamma(self):
        return self.array(self.rng("gamma").uniform(0.4, 2.2, size=(1, self.h)))

    @cached_property
    def beta(self):
        return self.array(self.normal("beta", 1, self.h))

    @cached_property
    def epsilon(self):
        # large enough to show where it stands
        return self.own(3, 5) / 8

    @cached_property
    def G(self):
        return self.array(self.normal("G", self.M, self.h))

    @cached_property
    def variance(self):
        return self.array(self.rng("variance").uniform(0.3, 4, size=(1, self.h)))

    @cached_property
    def mean(self):
        return self.array(self.normal("mean", 1, self.h))

    @cached_property
    def Z_norm(self):
        """Normalized with the variance that is given, so that its squares do not add up to M."""
        Z = self.Z.array.astype(np.float64)
        return self.array((Z - Z.mean(axis=0)) / np.sqrt(Z.var(axis=0) + self.epsilon))

    @cached_property
    def momentum(self):
        return self.own(13, 11) / 16

    @cached_property
    def batches(self):
        """Four batches of different sizes, whose units drift."""
        return [
            self.array(drift + self.spread * self.normal(f"batch {drift}", self.M + drift, self.h))
            for drift in (2, 0, 3, 1)
        ]

    @cached_property
    def images(self):
        # no pixel is 0: what comes in can be told from what was there
        return self.array(self.rng("images").uniform(0.25, 1, size=(self.M, self.h + 1, self.n + 2)))

    @cached_property
    def shifts(self):
        rng = self.rng("shifts")
        # no image leaves altogether, if who takes down for right is to see something
        most = min(self.h, self.n + 1)
        shifts = rng.integers(-most, most + 1, size=(self.M, 2))
        shifts[0] = (1, -1)
        return Tensor(shifts.astype(np.int32))
