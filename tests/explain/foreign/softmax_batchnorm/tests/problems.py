"""The inputs of lab 6."""

import numpy as np

from autograder.testing import Fixture, Sizes, cached_property


class Batch(Fixture):
    """A batch of n_obs observations with d features, in n_classes classes."""

    sizes = (Sizes(n_obs=11, d=5, n_classes=3), Sizes(n_obs=17, d=7, n_classes=2))
    words = {"n_obs": "observations", "d": "features", "n_classes": "classes"}
    lam, lr, decay, eps, keep, training = 0.4, 0.3, 0.8, 0.02, 0.6, True

    @cached_property
    def feats(self):
        return self.rng("feats").normal(0.5, 1.5, size=(self.n_obs, self.d))

    @cached_property
    def upstream(self):
        return self.rng("upstream").normal(size=(self.n_obs, self.d))

    @cached_property
    def scores(self):
        return self.rng("scores").normal(size=(self.n_obs, self.n_classes))

    @cached_property
    def labels(self):
        return self.rng("labels").permutation(np.arange(self.n_obs) % self.n_classes)

    @cached_property
    def mask(self):
        return (self.rng("mask").random(size=(self.n_obs, self.d)) < self.keep).astype(float)

    @cached_property
    def coef(self):
        return self.rng("coef").normal(size=(self.d, self.n_classes))

    @cached_property
    def intercept(self):
        return self.rng("intercept").normal(size=self.n_classes)

    @cached_property
    def gamma(self):
        return self.rng("gamma").uniform(0.5, 2.0, size=self.d)

    @cached_property
    def beta(self):
        return self.rng("beta").normal(size=self.d)

    @cached_property
    def run_mean(self):
        return self.rng("run_mean").normal(size=self.d)

    @cached_property
    def run_var(self):
        return self.rng("run_var").uniform(0.5, 3.0, size=self.d)

    @cached_property
    def model(self):
        names = ("coef", "intercept", "gamma", "beta", "run_mean", "run_var")
        return {name: self[name] for name in names}
