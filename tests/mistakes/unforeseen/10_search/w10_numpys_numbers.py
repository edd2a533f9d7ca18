"""w10_numpys_numbers: the values are NumPy's numbers and texts.

question: 10.3
means: rng.choice of a list
cause: kind, dtype
right: NumPy's numbers are taken for Python's everywhere
"""

import numpy as np


def random_search(space, n, rng):
    found = []
    for _ in range(10_000):
        if len(found) == n:
            break
        config = {}
        for name, (kind, *rest) in space.items():
            if kind == "choice":
                config[name] = rng.choice(rest[0])
            elif kind == "int":
                config[name] = rng.integers(rest[0], rest[1], endpoint=True)
            elif kind == "linear":
                config[name] = np.float64(rng.uniform(*rest))
            else:
                config[name] = log_uniform(*rest, rng)
        if config not in found:
            found.append(config)
    return found
