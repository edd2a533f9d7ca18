"""The inputs of lab 5."""

import numpy as np

from autograder.testing import Fixture, Sizes, cached_property


class Line(Fixture):
    """A line through n_obs points of d features, and an optimizer in the middle of its work."""

    sizes = (Sizes(n_obs=7, d=3), Sizes(n_obs=13, d=5))
    words = {"n_obs": "observations", "d": "features"}
    lr, lr0, mu, rho, beta1, beta2, eps = 0.15, 0.4, 0.8, 0.7, 0.6, 0.85, 0.03
    drop, every, n_epochs = 0.3, 2, 5

    def pair(self, label, positive=False):
        rng = self.rng(label)
        values = {"slope": rng.normal(size=self.d), "offset": rng.normal(size=1)}
        return {name: np.abs(value) + 0.1 if positive else value for name, value in values.items()}

    @cached_property
    def feats(self):
        return self.rng("feats").normal(size=(self.n_obs, self.d))

    @cached_property
    def target(self):
        return self.rng("target").normal(1.0, 2.0, size=self.n_obs)

    @cached_property
    def theta(self):
        return self.pair("theta")

    @cached_property
    def grads(self):
        return self.pair("grads")

    @cached_property
    def velocity(self):
        return self.pair("velocity")

    @cached_property
    def sq_avg(self):
        return self.pair("sq_avg", positive=True)

    @cached_property
    def state(self):
        return {"m": self.pair("m"), "s": self.pair("s", positive=True), "t": 2}

    @cached_property
    def fresh(self):
        zeros = {"slope": np.zeros(self.d), "offset": np.zeros(1)}
        return {"m": zeros, "s": {name: value.copy() for name, value in zeros.items()}, "t": 0}
