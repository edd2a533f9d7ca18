"""The order in which an epoch visits the examples."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tfkit.parameters import batches


def orders_of(
    n_examples: int, batch_size: int, shuffle: bool | str, rng: np.random.Generator
) -> Callable[[int], np.ndarray]:
    """Return a function that draws the orders of the next epochs.

    However many epochs are asked for at once, the same generator gives the same orders in the end.

    Example:

    >>> draw = orders_of(5, 2, True, np.random.default_rng(0))
    >>> draw(2)
    array([[2, 4, 3, 0, 1],
           [4, 1, 2, 0, 3]], dtype=int32)
    >>> orders_of(5, 2, False, np.random.default_rng(0))(1)
    array([[0, 1, 2, 3, 4]], dtype=int32)

    Args:
        n_examples: Number of examples, M.
        batch_size: Examples per step.
        shuffle: True for an order of all examples, `"batch"` for one inside each batch, False for none.
        rng: Generator, advanced by one permutation an epoch (with `"batch"`, by one a batch).

    Returns:
        A function of a number of epochs, which returns row numbers of shape `(epochs, M)`.

    Raises:
        ValueError: If `shuffle` is none of the three.
    """
    if shuffle not in (True, False, "batch"):
        raise ValueError(f"expected shuffle to be True, False or 'batch', received {shuffle!r}")

    def one() -> np.ndarray:
        if not shuffle:
            return np.arange(n_examples)
        if shuffle == "batch":
            starts = range(0, n_examples, batch_size)
            return np.concatenate([start + rng.permutation(min(batch_size, n_examples - start)) for start in starts])
        return np.concatenate(list(batches(n_examples, n_examples, rng)))

    return lambda epochs: np.stack([one() for _ in range(epochs)]).astype(np.int32)
