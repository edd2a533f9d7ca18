"""The inputs of the tests."""

from autograder.testing import Fixture, Sizes, cached_property


class Points(Fixture):
    sizes = [Sizes(M=7, n=3), Sizes(M=11, n=5)]
    words = {"M": "examples", "n": "features"}

    @cached_property
    def X(self):
        return self.rng("X").normal(size=(self.M, self.n))

    @cached_property
    def w(self):
        return self.rng("w").normal(size=self.n)

    @cached_property
    def b(self):
        return self.own(3, 5) / 4

    @cached_property
    def y(self):
        return self.rng("y").normal(size=self.M)
