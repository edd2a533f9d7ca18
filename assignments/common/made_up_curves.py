"""Learning curves that nobody trained: each fits two rows of the table of 09.11, or one, or none.

Real runs do not tell in which order the rows are asked, nor what exactly is measured: the rise of the validation loss
and its distance from the training loss go together in them. Here they do not. No number is close to a limit.
"""

import math
from itertools import combinations

import numpy as np

# in the order of the table
ROWS = (
    "no_shuffling",
    "learning_rate_too_high",
    "leak",
    "bad_initialisation",
    "decayed_too_early",
    "overfitting",
    "learning_rate_too_low",
    "still_improving",
    "underfitting",
)
# the training loss in guesses: at the start, after a quarter, a quarter before the end, and at the end
LOSSES = {
    "": (0.95, 0.45, 0.32, 0.3),
    "underfitting": (0.95, 0.66, 0.55, 0.54),
    "learning_rate_too_low": (0.95, 0.92, 0.82, 0.75),
}
# the validation loss in guesses: at the start, lowest, a quarter before the end, and at the end
RISING, FALLING = "overfitting", "still_improving"
VAL_LOSSES = {
    (): (1.0, 0.5, 0.5, 0.5),
    (RISING,): (1.0, 0.2, 0.28, 0.28),
    (FALLING,): (1.0, 0.6, 0.6, 0.54),
    (RISING, FALLING): (1.0, 0.4, 0.62, 0.56),
}


def made_up(rows, n=20):
    """A history of n epochs that fits some rows; where the rate is too low, `underfitting` fits besides."""
    quarter, guess = n // 4, math.log(10)
    slow = next((row for row in reversed(LOSSES) if row in rows), "")
    first, second, third, last = LOSSES[slow]
    if "bad_initialisation" in rows:
        second = first - 0.004
    places = [0, quarter, n - 1 - quarter, n - 1]
    loss = np.interp(np.arange(n), places, [first, second, third, last])
    cut = n // 2 + 2
    if "decayed_too_early" in rows:
        # flat up to the epoch before the cut, which falls
        loss[quarter:cut] = second
        loss[cut - 1 :] = np.minimum(loss[cut - 1 :], 0.88 * second)
    if "learning_rate_too_high" in rows:
        loss[n // 2 - 1] = max(loss[n // 2 - 2], 0.7) + 0.5
    val = VAL_LOSSES[tuple(row for row in (RISING, FALLING) if row in rows)]
    val_loss = np.interp(np.arange(n), [0, quarter + 1, n - 1 - quarter, n - 1], val)
    # rows of a pattern whose next row has nothing to do with it, or has the same
    one, other = np.array([1, -1, 1, -1, 1, -1, 1, -1]), np.array([1, 1, -1, -1, 1, 1, -1, -1])
    steps = [one if "no_shuffling" in rows or epoch % 2 else other for epoch in range(n)]
    return {
        "loss": (guess * loss).tolist(),
        "val_loss": (guess * val_loss).tolist(),
        # the best one is not the last one
        "val_accuracy": [0.98 if "leak" in rows and epoch == quarter else 0.8 for epoch in range(n)],
        "learning_rate": [0.01 if "decayed_too_early" in rows and epoch >= cut else 0.2 for epoch in range(n)],
        "step_loss": (guess * loss[:, None] + 0.1 * np.array(steps)).ravel().tolist(),
    }


def crossed(n=20):
    """All rows that a history fits, and the history: none, one, or two, and a third where one fits another's runs."""
    chosen = [rows for size in (0, 1, 2) for rows in combinations(ROWS, size)]
    return [(_all_of(rows), made_up(rows, n)) for rows in chosen]


def _all_of(rows):
    more = ("underfitting",) if "learning_rate_too_low" in rows and "underfitting" not in rows else ()
    return (*rows, *more)
