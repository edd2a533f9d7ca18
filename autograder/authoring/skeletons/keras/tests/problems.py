"""The inputs of the tests: the last class of this file, made once for each of its sizes."""

import numpy as np

from autograder.testing import Fixture, Sizes, Tensor, array_of, assert_close, cached_property, check, kind_of


class Inputs(Fixture):
    """Examples, the weights of a network, and what a network with these weights computes."""

    # different primes: with equal sizes a wrong answer can be the right one
    sizes = (Sizes(N=7, features=3, units=5, classes=2), Sizes(N=11, features=5, units=2, classes=3))
    # what is allowed and easily forgotten: one feature, one hidden unit
    edges = (Sizes(N=5, features=1, units=3, classes=2), Sizes(N=3, features=5, units=1, classes=7))
    # so that a cause can say "7 is your number of examples"
    words = {"N": "examples", "features": "features", "units": "hidden units", "classes": "classes"}  # noqa: RUF012

    @cached_property
    def X(self):
        return self.rng("X").normal(size=(self.N, self.features))

    @cached_property
    def weights(self):
        rng = self.rng("weights")
        shapes = [(self.features, self.units), (self.units,), (self.units, self.classes), (self.classes,)]
        return [rng.normal(size=shape).astype("float32") for shape in shapes]

    @cached_property
    def probabilities(self):
        W1, b1, W2, b2 = (weight.astype("float64") for weight in self.weights)
        scores = np.exp(np.maximum(self.X.astype("float32") @ W1 + b1, 0) @ W2 + b2)
        return scores / scores.sum(axis=1, keepdims=True)

    def check(self, model):
        """That a submission's model has the weights that are asked for, and computes what it should with these."""
        check(hasattr(model, "get_weights"), f"expected a Keras model, you return {kind_of(model)}", code="kind")
        shapes = [array_of(weight).shape for weight in model.get_weights()]
        wanted = [weight.shape for weight in self.weights]
        check(shapes == wanted, f"expected weights of the shapes {wanted}, yours are {shapes}", code="shape")
        model.set_weights(self.weights)
        received = model(Tensor(self.X.astype("float32")))
        assert_close(received, self.probabilities, "the output", given=self.probabilities.astype("float32"))
