"""Problems that tell mistakes apart: inputs of the two-layer network, in two sizes, from a seed.

The number of examples is a prime of at least 5, all sizes differ and none is a product of others; pre-activations
are about 1; biases are not zero; labels are unbalanced. With one example, or with equal sizes, or with zero weights,
dozens of wrong gradients equal the right one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.fingerprint import derived_seed
from autograder.wire import Tensor, Variable
from autograder.wire.trees import mapped_arrays

# examples M, features n, hidden units h, outputs k
SIZES = ((7, 5, 4, 3), (11, 3, 5, 2))


class Problem:
    """Named inputs of one size: `problem.X`, `problem["params"]`.

    Attributes:
        seed: Seed for whatever else the test draws.
        M, n, h, k: Numbers of examples, features, hidden units and outputs.
    """

    def __init__(self, sizes: tuple[int, int, int, int], seed: int, framework: str) -> None:
        self.M, self.n, self.h, self.k = sizes
        self.seed = seed
        self.framework = framework
        rng = np.random.default_rng(seed)
        X = rng.normal(size=(self.M, self.n))
        # weights N(0, 1/inputs) keep |Z| about 1, where sigmoid and tanh bend and do not saturate
        params = {
            "W1": rng.normal(size=(self.n, self.h)) / np.sqrt(self.n) * 1.3,
            "b1": 0.3 * rng.normal(size=(1, self.h)),
            "W2": rng.normal(size=(self.h, self.k)),
            "b2": 0.3 * rng.normal(size=(1, self.k)),
        }
        Y = rng.normal(size=(self.M, self.k))
        labels = np.minimum(rng.geometric(0.5, size=self.M) - 1, self.k - 1)
        labels[: self.k] = np.arange(self.k)
        self._values: dict[str, Any] = {
            **dict(zip("Mnhk", sizes, strict=True)),
            "X": self.array(X),
            "Y": self.array(Y),
            "Y_one_hot": self.array(np.eye(self.k)[labels]),
            "Z": self.array(1.5 * rng.normal(size=(self.M, self.k))),
            "params": self.parameters(params),
        }

    def array(self, values: np.ndarray) -> np.ndarray | Tensor:
        """Numbers as the framework's functions take them: float64 arrays, or float32 tensors."""
        return Tensor(values.astype(np.float32)) if self.framework == "tensorflow" else values

    def parameters(self, values: dict[str, np.ndarray]) -> dict[str, Any]:
        """Parameters as the framework's functions take them: arrays, or variables."""
        if self.framework == "tensorflow":
            return {name: Variable(value.astype(np.float32)) for name, value in values.items()}
        return values

    def rng(self, label: str = "") -> np.random.Generator:
        """A generator of its own for each label."""
        return np.random.default_rng(derived_seed(self.seed, label))

    def __getitem__(self, name: str) -> Any:
        value = self._values[name]
        if callable(value):
            value = self._values[name] = value(self)
        return value

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"the problem has no {name}") from None

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def widened(self) -> Problem:
        """This problem in float64."""

        def wide(array: np.ndarray) -> np.ndarray:
            return array.astype(np.float64) if array.dtype == np.float32 else array

        return self.extended(**{name: mapped_arrays(value, wide) for name, value in self._values.items()})

    def extended(self, **values: Any) -> Problem:
        """This problem with more, or other, values."""
        copy = object.__new__(Problem)
        copy.__dict__.update(self.__dict__)
        copy._values = self._values | values
        return copy


class Problems:
    """The problem of a test, in two sizes. A check passes only when it passes on both.

    Args:
        seed: The question's seed.
        framework: `numpy` or `tensorflow`.
    """

    def __init__(self, seed: int, framework: str) -> None:
        self._problems = [
            Problem(sizes, derived_seed(seed, "problem", str(index)), framework) for index, sizes in enumerate(SIZES)
        ]

    @property
    def first(self) -> Problem:
        """The problem in its first size alone, for calls that take long."""
        return self._problems[0]

    @property
    def second(self) -> Problem:
        """The problem in its second size alone."""
        return self._problems[1]

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._problems)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._problems[0], name)

    def extended(self, **values: Callable[[Problem], Any]) -> Problems:
        """These problems with more values, each computed from its problem when it is first asked for.

        Example: `problem.extended(cache=lambda one: reference.forward(one.X, one.params))`.
        """
        copy = object.__new__(Problems)
        copy._problems = [one.extended(**values) for one in self._problems]
        return copy
