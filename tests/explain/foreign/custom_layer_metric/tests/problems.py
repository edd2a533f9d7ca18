"""The inputs of homework 3."""

import numpy as np

from autograder.testing import Fixture, Sizes, Tensor, cached_property


class Batch(Fixture):
    """A batch with unequal classes, logits that are no predictions of anything, and weights of layer and model."""

    sizes = (Sizes(N=7, d=3, units=4), Sizes(N=11, d=5, units=2))
    words = {"N": "examples", "d": "features", "units": "units"}  # noqa: RUF012

    def normal(self, label, *shape):
        return self.rng(label).normal(size=shape).astype(np.float32)

    @cached_property
    def x(self):
        return Tensor(self.normal("x", self.N, self.d))

    @cached_property
    def y(self):
        return Tensor((np.arange(self.N) % 4 == 1).astype(np.float32))

    @cached_property
    def logits(self):
        return Tensor(self.normal("logits", self.N, 1))

    @cached_property
    def weights(self):
        """Of the layer."""
        kernel, gate = (self.normal(label, self.d, self.units) for label in ("kernel", "gate"))
        bias, gate_bias = (self.normal(label, self.units) for label in ("bias", "gate bias"))
        return [kernel, bias, gate, gate_bias]

    @cached_property
    def all_weights(self):
        """Of the model."""
        return [*self.weights, self.normal("out", self.units, 1), self.normal("out bias", 1)]

    def drawn(self, *sizes, weighted=False):
        """Batches `(labels, logits, sample weights or None)` in which the share of ones differs."""
        rng = self.rng(f"batches {sizes}")
        found = []
        for number, n in enumerate(sizes):
            y = Tensor((np.arange(n) % (number + 2) == 0).astype(np.float32))
            logits = Tensor((y.array[:, None] - 0.3 + rng.normal(size=(n, 1))).astype(np.float32))
            sample_weight = Tensor(rng.uniform(0.5, 3, size=n).astype(np.float32)) if weighted else None
            found.append((y, logits, sample_weight))
        return found
