"""Inputs that come in two precisions, the framework's own and the other one."""

import numpy as np

from autograder.testing import Fixture, Tensor, Variable


class TwoPrecisions(Fixture):
    """Inputs of which some sizes, such as `Sizes(M=1, n=3, other=1)`, are in the other precision."""

    other = 0  # whether arrays are float32 where the framework's own are float64, and the reverse

    def array(self, values):
        single = (self.framework == "tensorflow") != bool(self.other)
        values = np.asarray(values, np.float32 if single else np.float64)
        return Tensor(values) if self.framework == "tensorflow" else values

    def parameters(self, values):
        made = {name: self.array(value) for name, value in values.items()}
        return {name: Variable(value.array) if type(value) is Tensor else value for name, value in made.items()}
