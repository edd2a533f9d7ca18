"""w07_every_int: every whole number of the range, whatever points is.

question: 10.2
means: range for linspace
cause: wrong-count, not-used
"""

import itertools

import numpy as np


def grid(space, points):
    columns = []
    for kind, *rest in space.values():
        if kind == "choice":
            columns.append(list(rest[0]))
        elif kind == "log":
            columns.append(np.geomspace(*rest, points).tolist())
        elif kind == "linear":
            columns.append(np.linspace(*rest, points).tolist())
        else:
            columns.append(list(range(rest[0], rest[1] + 1)))
    return [dict(zip(space, values)) for values in itertools.product(*columns)]
