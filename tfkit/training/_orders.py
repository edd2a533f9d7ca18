"""The order in which an epoch visits the examples."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tfkit._arguments import check_choice


def orders_of(
    n_examples: int, batch_size: int, shuffle: bool | str, rng: np.random.Generator
) -> Callable[[int], np.ndarray]:
    """Return a function that draws the orders of the next epochs."""
    # However many epochs are asked for at once, the same generator gives the same orders in the end.
    check_choice("shuffle", shuffle, (True, False, "batch"))

    def draw(epochs: int) -> np.ndarray:
        orders = np.empty((epochs, n_examples), np.int32)
        for order in orders:
            if shuffle == "batch":
                for start in range(0, n_examples, batch_size):
                    batch = order[start : start + batch_size]
                    batch[:] = start + rng.permutation(len(batch))
            else:
                # one call a row: rng.permuted would fill all at once, and take longer
                order[:] = rng.permutation(n_examples) if shuffle else in_place
        return orders

    in_place = np.arange(n_examples)
    return draw
