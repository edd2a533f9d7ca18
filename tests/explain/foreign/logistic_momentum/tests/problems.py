"""The inputs of sheet 1."""

import numpy as np

from autograder.testing import Fixture, Sizes, cached_property


class Data(Fixture):
    """N examples of d columns, the first of them 1."""

    sizes = (Sizes(N=7, d=3), Sizes(N=11, d=5))
    words = {"N": "examples", "d": "columns"}  # noqa: RUF012
    eta, mu, lam = 0.3, 0.8, 0.6

    @cached_property
    def features(self):
        return self.rng("features").normal(size=(self.N, self.d - 1))

    @cached_property
    def X(self):
        return np.column_stack([np.ones(self.N), self.features])

    @cached_property
    def y(self):
        return (np.arange(self.N) % 3 != 0).astype(float)  # more ones than zeros

    @cached_property
    def theta(self):
        return self.rng("theta").normal(size=self.d)

    @cached_property
    def v(self):
        return self.rng("v").normal(size=self.d)

    @cached_property
    def g(self):
        return self.rng("g").normal(size=self.d)

    @cached_property
    def order(self):
        return self.rng("order").permutation(self.N)
