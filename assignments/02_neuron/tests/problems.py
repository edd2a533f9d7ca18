"""The inputs of the tests: one neuron on a table of features, and one with a single weight.

Sizes are different primes, labels are unbalanced, the bias is not zero and scores are about 1, where the sigmoid bends.
Each size trains at a rate of its own, for epochs and in batches of its own: a number that a student has written out
is then no constant factor.
"""

from __future__ import annotations

import numpy as np

from autograder.testing import Fixture, Sizes, cached_property


class Neuron(Fixture):
    """X (M, n), weights (n, 1), a bias, and targets (M, 1) of zeros and ones."""

    sizes = (Sizes(M=7, n=3), Sizes(M=11, n=5))
    edges = (Sizes(M=1, n=3), Sizes(M=1, n=5), Sizes(M=13, n=1), Sizes(M=7, n=1), Sizes(M=5, n=5))
    words = {"M": "examples", "n": "features"}  # noqa: RUF012

    @cached_property
    def learning_rate(self):
        return self.own(19, 27) / 32

    @cached_property
    def epochs(self):
        return self.own(3, 5)

    @cached_property
    def batch_size(self):
        # neither divides the examples, and the short last batches differ: 3 + 3 + 1 and 6 + 5
        return self.own(3, 6)

    @cached_property
    def X(self):
        return self.rng("X").normal(size=(self.M, self.n))

    @cached_property
    def w(self):
        return 1.3 * self.rng("w").normal(size=(self.n, 1)) / np.sqrt(self.n)

    @cached_property
    def b(self):
        rng = self.rng("b")
        return float(rng.choice([-1, 1]) * rng.uniform(0.3, 0.6))

    @cached_property
    def Y(self):
        """More zeros than ones, and both where there are two examples."""
        labels = (self.rng("Y").uniform(size=(self.M, 1)) < 0.35).astype(float)
        labels[:2] = [[1.0], [0.0]][: self.M]
        return labels

    @cached_property
    def Y_hat(self):
        return self.rng("Y_hat").uniform(0.05, 0.95, size=(self.M, 1))

    @cached_property
    def certain(self):
        """Probabilities of which the first two are certain and wrong, and the third is certain and right."""
        certain = self.Y_hat.copy()
        certain[:3] = np.concatenate([1 - self.Y[:2], self.Y[2:3]])
        return certain

    @cached_property
    def exact(self):
        """X of many rows, w and b whose scores are exact: one is 0, some are just beside it, also without b."""
        rng = self.rng("exact")
        w = rng.choice([-6, -5, -4, -3, 3, 4, 5, 6], size=(self.n, 1)) / 4
        X = rng.integers(-12, 13, size=(max(1, 5 * self.M - 6), self.n)) / 8
        on = np.ones(self.n) / 8 * rng.integers(3, 9) * np.sign(w.T) * rng.choice([-1, 1])
        b = -float((on @ w)[0, 0])
        aside = np.zeros_like(on)
        aside[0, 0] = np.sign(w[0, 0]) / 8
        X = np.concatenate([on, on + aside, on - aside, aside / 1024, -aside / 1024, X]) if self.M > 1 else on
        return X, w, b

    @cached_property
    def one_weight(self):
        """Feature and targets of a neuron with one weight, the weight and the bias."""
        rng = self.rng("one weight")
        x = rng.normal(size=self.M) + 0.5
        y = rng.uniform(0.1, 0.9, size=self.M)
        return x, y, float(rng.choice([-1, 1]) * rng.uniform(0.8, 1.6)), float(rng.uniform(-0.9, -0.4))

    @cached_property
    def train(self):
        """Features on scales of their own, away from 0; where there are two or more, the second is constant."""
        rng = self.rng("train")
        scales = 2.0 ** rng.permutation(np.arange(self.n) - 1)
        values = scales * (rng.normal(size=(self.M, self.n)) + rng.choice([-2, 2], size=self.n))
        if self.n > 1:
            values[:, 1] = 3.0
        return values

    @cached_property
    def test(self):
        rows = self.own(5, 3)
        rng = self.rng("test")
        scales = np.abs(self.train).max(axis=0)
        return scales * (rng.normal(size=(rows, self.n)) + 1)
