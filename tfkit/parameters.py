"""Parameters and batches of a two-layer network: their start, their shapes, their order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from numbers import Integral
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

PARAMETER_NAMES = ("W1", "b1", "W2", "b2")

Seed = int | np.random.Generator


def initial_parameters(n_features: int, hidden: int, n_outputs: int, seed: Seed) -> dict[str, np.ndarray]:
    """Return fresh parameters: Glorot-uniform weights and zero biases.

    Weights are uniform in ±√(6 / (rows + columns)), Keras's default for a `Dense` layer. The lecture's
    slide draws from [0, 1) instead, where every hidden neuron starts with positive weights only and large
    sums saturate the sigmoid. The order of drawing is W1, W2, in float64, so that one seed gives every kind
    of network the same start.

    Example:

    >>> {name: value.shape for name, value in initial_parameters(5, 4, 3, seed=0).items()}
    {'W1': (5, 4), 'b1': (1, 4), 'W2': (4, 3), 'b2': (1, 3)}

    Args:
        n_features: Number of inputs, n.
        hidden: Number of hidden neurons, h.
        n_outputs: Number of outputs, k.
        seed: An integer, or a generator, which is advanced.

    Returns:
        A dict of float64 arrays: `W1 (n, h)`, `b1 (1, h)`, `W2 (h, k)`, `b2 (1, k)`.

    Raises:
        ValueError: If a size is not a positive integer or `seed` is neither an integer nor a generator.

    Reference:
        Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks",
        2010, eq. 16.
    """
    sizes = {"n_features": n_features, "hidden": hidden, "n_outputs": n_outputs}
    for name, size in sizes.items():
        check_positive_integer(name, size)
    rng = generator(seed)

    def glorot(rows: int, columns: int) -> np.ndarray:
        limit = np.sqrt(6 / (rows + columns))
        return rng.uniform(-limit, limit, size=(rows, columns))

    W1 = glorot(n_features, hidden)
    W2 = glorot(hidden, n_outputs)
    return {"W1": W1, "b1": np.zeros((1, hidden)), "W2": W2, "b2": np.zeros((1, n_outputs))}


def check_parameters(params: Mapping[str, ArrayLike]) -> tuple[int, int, int]:
    """Return the sizes `(n_features, hidden, n_outputs)` that the parameters' shapes agree on.

    Example:

    >>> check_parameters(initial_parameters(5, 4, 3, seed=0))
    (5, 4, 3)

    Args:
        params: A dict with the keys W1, b1, W2 and b2.

    Returns:
        The three sizes.

    Raises:
        ValueError: If a name is missing or unknown, or a shape does not fit the others.
    """
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
    """Raise unless `received` is the expected shape, and say so if it is transposed.

    Example:

    >>> check_shape("W1", (8, 30), "(n_features, hidden)", (30, 8))
    Traceback (most recent call last):
    ...
    ValueError: expected W1 of shape (n_features, hidden) = (30, 8), received (8, 30); was it transposed?

    Args:
        name: What the array is called.
        received: Its shape.
        words: The expected shape in names.
        expected: The expected shape in numbers.

    Raises:
        ValueError: If the shapes differ.
    """
    if received == expected:
        return
    help_text = ""
    if received == expected[::-1]:
        help_text = "; was it transposed?"
    elif len(received) == 1:
        help_text = "; a row per example and a column per number: reshape it to two axes"
    raise ValueError(f"expected {name} of shape {words} = {expected}, received {received}{help_text}")


def check_targets(Y: np.ndarray, output: str) -> None:
    """Raise unless `Y` can be the target of this kind of output.

    Example:

    >>> check_targets(np.array([[0.0, 1.0]]), "softmax")
    >>> check_targets(np.array([[2.0]]), "sigmoid")
    Traceback (most recent call last):
    ...
    ValueError: expected labels Y in [0, 1] for a sigmoid output, received values from 2.0 to 2.0

    Args:
        Y: Targets, shape `(M, k)`.
        output: `"linear"`, `"sigmoid"` or `"softmax"`.

    Raises:
        ValueError: If labels lie outside [0, 1], or the rows of a softmax's targets do not sum to 1.
    """
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
            "use a sigmoid output for labels that do not exclude each other"
        )


def check_positive_integer(name: str, value: Any) -> None:
    """Raise unless `value` is an integer of 1 or more.

    Example:

    >>> check_positive_integer("epochs", 2.5)
    Traceback (most recent call last):
    ...
    ValueError: expected epochs to be an integer of 1 or more, received 2.5

    Args:
        name: What the number is called.
        value: The number.

    Raises:
        ValueError: If it is not a positive integer; True is none.
    """
    if isinstance(value, bool) or not isinstance(value, Integral) or value < 1:
        raise ValueError(f"expected {name} to be an integer of 1 or more, received {value!r}")


def generator(seed: Seed) -> np.random.Generator:
    """Return a random generator from a seed, or the generator itself.

    Example:

    >>> generator(0).permutation(5)
    array([2, 4, 3, 0, 1])

    Args:
        seed: An integer of 0 or more, or a generator. None is refused: a run that nobody can repeat should
            be asked for by name, with `numpy.random.default_rng()`.

    Returns:
        A generator.

    Raises:
        ValueError: If `seed` is anything else.
    """
    if isinstance(seed, np.random.Generator):
        return seed
    if isinstance(seed, bool) or not isinstance(seed, Integral) or seed < 0:
        raise ValueError(f"expected seed to be an integer of 0 or more or a numpy.random.Generator, received {seed!r}")
    return np.random.default_rng(int(seed))


def batches(n_examples: int, batch_size: int, rng: np.random.Generator) -> Iterator[np.ndarray]:
    """Yield the row numbers of each batch of one epoch.

    The order is one `rng.permutation(n_examples)`, cut into pieces. The last piece may be short: dropping
    it would leave other examples out in every epoch, and nobody would notice.

    Example:

    >>> [rows.tolist() for rows in batches(5, 2, generator(0))]
    [[2, 4], [3, 0], [1]]

    Args:
        n_examples: Number of examples, M.
        batch_size: Examples per batch; more than M means M.
        rng: Generator, advanced by one permutation.

    Yields:
        Integer arrays of shape `(batch_size,)`, the last one shorter if need be.
    """
    order = rng.permutation(n_examples)
    for start in range(0, n_examples, batch_size):
        yield order[start : start + batch_size]
