"""Parameters and batches of a two-layer network: their start, their shapes, their order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from tfkit._arguments import Seed, check_positive_integer, described, generator

PARAMETER_NAMES = ("W1", "b1", "W2", "b2")


def initial_parameters(n_features: int, hidden: int, n_outputs: int, seed: Seed) -> dict[str, np.ndarray]:
    """Return `W1 (n, h)`, `b1 (1, h)`, `W2 (h, k)` and `b2 (1, k)`: Glorot-uniform weights and zero biases."""
    for name, size in {"n_features": n_features, "hidden": hidden, "n_outputs": n_outputs}.items():
        check_positive_integer(name, size)
    rng = generator(seed)

    # Glorot and Bengio, 2010, eq. 16, which is Keras's default. The lecture's slide draws from [0, 1) instead, where
    # every hidden neuron starts with positive weights only, and large sums saturate the sigmoid.
    def glorot(rows: int, columns: int) -> np.ndarray:
        limit = np.sqrt(6 / (rows + columns))
        return rng.uniform(-limit, limit, size=(rows, columns))

    # W1 first, in float64: one seed gives every kind of network the same start
    W1 = glorot(n_features, hidden)
    W2 = glorot(hidden, n_outputs)
    return {"W1": W1, "b1": np.zeros((1, hidden)), "W2": W2, "b2": np.zeros((1, n_outputs))}


def check_parameters(params: Mapping[str, ArrayLike]) -> tuple[int, int, int]:
    """Return the sizes `(n_features, hidden, n_outputs)` that the parameters' shapes agree on."""
    if not isinstance(params, Mapping):
        raise ValueError(f"expected a dict with {', '.join(PARAMETER_NAMES)}, received {described(params)}")
    if set(params) != set(PARAMETER_NAMES):
        raise ValueError(
            f"expected parameters named {', '.join(PARAMETER_NAMES)}, received {', '.join(params) or 'none'}"
        )
    shapes = {name: tuple(np.shape(params[name])) for name in PARAMETER_NAMES}
    for name in ("W1", "W2"):
        if len(shapes[name]) != 2:
            raise ValueError(f"expected {name} to be a matrix (rows, columns), received shape {shapes[name]}")
    n_features, hidden = shapes["W1"]
    n_outputs = shapes["W2"][1]
    expected = {
        "b1": ("(1, hidden)", (1, hidden)),
        "W2": ("(hidden, n_outputs)", (hidden, n_outputs)),
        "b2": ("(1, n_outputs)", (1, n_outputs)),
    }
    for name, (words, shape) in expected.items():
        check_shape(name, shapes[name], words, shape)
    return n_features, hidden, n_outputs


def check_shape(name: str, received: tuple[int | None, ...], words: str, expected: tuple[int | None, ...]) -> None:
    """Raise unless `received` is the expected shape, and ask if it is transposed; `words` name its sizes."""
    if received == expected:
        return
    help_text = ""
    if received == expected[::-1]:
        help_text = "; was it transposed?"
    elif len(received) == 1:
        help_text = "; reshape it to two axes, with one row for each example"
    raise ValueError(f"expected {name} of shape {words} = {expected}, received {received}{help_text}")


def check_rows(name: str, array: Any) -> tuple[int | None, ...]:
    """Return the shape of an array with one row for each example; raise if it has other than two axes."""
    shape = tuple(array.shape)
    if len(shape) != 2:
        raise ValueError(f"expected {name} with one row for each example, two axes, received shape {shape}; reshape it")
    return shape


def check_targets(Y: np.ndarray, output: str) -> None:
    """Raise unless `Y`, shape `(M, k)`, can be the target of this kind of output."""
    if output == "linear":
        return
    if not ((Y >= 0) & (Y <= 1)).all():
        raise ValueError(
            f"expected labels Y in [0, 1] for a {output} output, received values from {Y.min()} to {Y.max()}"
        )
    sums = Y.sum(axis=1)
    if output == "softmax" and not np.allclose(sums, 1, rtol=0, atol=1e-5):
        wrong = int(np.abs(sums - 1).argmax())
        raise ValueError(
            f"expected one-hot rows in Y for a softmax output, received row {wrong} with sum {sums[wrong]}; "
            "if an example can have several labels, use a sigmoid output"
        )


@dataclass(frozen=True)
class Training:
    """What a network is trained on, and how: the arguments of `Network.fit`, before and after they were checked."""

    X: Any
    Y: Any
    epochs: int
    batch_size: int
    rng: Any
    learning_rate: float | None
    optimizer: Any = None
    jit_compile: bool | None = None


def batches(n_examples: int, batch_size: int, rng: np.random.Generator) -> Iterator[np.ndarray]:
    """Yield the row numbers of each batch of one epoch, from one `rng.permutation(n_examples)`."""
    # the last piece may be short: dropping it would leave other examples out in every epoch, and nobody would notice
    order = rng.permutation(n_examples)
    for start in range(0, n_examples, batch_size):
        yield order[start : start + batch_size]
