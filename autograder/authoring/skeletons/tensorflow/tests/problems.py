"""The inputs of the tests: the last class of this file, made once for each of its sizes."""

from autograder.testing import Fixture, Sizes, Variable, cached_property


class Inputs(Fixture):
    """Examples, targets and weights. A check finds `X`, `y` and `w` by the names of the parameters."""

    # two different primes each: with equal sizes a wrong answer can be the right one
    sizes = (Sizes(N=7, d=3), Sizes(N=11, d=5))
    # what is allowed and easily forgotten: one example, one feature
    edges = (Sizes(N=1, d=3), Sizes(N=5, d=1))
    # so that a cause can say "7 is your number of examples"
    words = {"N": "examples", "d": "features"}  # noqa: RUF012

    @cached_property
    def X(self):
        return self.array(self.rng("X").normal(size=(self.N, self.d)))

    @cached_property
    def y(self):
        return self.array(self.rng("y").normal(size=self.N))

    @cached_property
    def w(self):
        return Variable(self.rng("w").normal(size=self.d).astype("float32"))
