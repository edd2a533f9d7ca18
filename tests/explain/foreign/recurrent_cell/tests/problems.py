"""The inputs of lab 2."""

import numpy as np

from autograder.testing import Fixture, Sizes, cached_property


class Sequences(Fixture):
    """B sequences of T steps, D features, H hidden units and C classes."""

    sizes = (Sizes(T=4, B=7, D=3, H=5, C=2), Sizes(T=6, B=3, D=5, H=4, C=7))
    words = {"T": "steps", "B": "sequences", "D": "features", "H": "hidden units", "C": "classes"}  # noqa: RUF012

    @cached_property
    def w(self):
        rng = self.rng("w")
        return {
            "Wxh": rng.normal(size=(self.D, self.H)) / np.sqrt(self.D),
            "Whh": rng.normal(size=(self.H, self.H)) / np.sqrt(self.H),
            "Why": rng.normal(size=(self.H, self.C)),
            "bh": 0.3 * rng.normal(size=self.H),
            "by": 0.3 * rng.normal(size=self.C),
        }

    @cached_property
    def xs(self):
        return self.rng("xs").normal(size=(self.T, self.B, self.D))

    @cached_property
    def x(self):
        return self.xs[0]

    @cached_property
    def h0(self):
        return np.tanh(self.rng("h0").normal(size=(self.B, self.H)))

    @cached_property
    def h_prev(self):
        return self.h0

    @cached_property
    def hs(self):
        return np.tanh(self.rng("hs").normal(size=(self.T + 1, self.B, self.H)))

    @cached_property
    def dh(self):
        return self.rng("dh").normal(size=(self.B, self.H))

    @cached_property
    def ps(self):
        return self.rng("ps").dirichlet(np.ones(self.C), size=(self.T, self.B))

    @cached_property
    def targets(self):
        return self.rng("targets").integers(self.C, size=(self.T, self.B))

    @cached_property
    def grads(self):
        return {name: self.rng(name).normal(size=value.shape) for name, value in self.w.items()}
