"""w06_truncated_ints: whole numbers by int(), which rounds down.

question: 10.2
means: int() is rounding
cause: rounding
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
            columns.append(sorted({int(x) for x in np.linspace(*rest, points)}))
    return [dict(zip(space, values)) for values in itertools.product(*columns)]
