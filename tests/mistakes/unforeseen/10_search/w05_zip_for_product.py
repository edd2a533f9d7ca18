"""w05_zip_for_product: the values are paired up and not combined.

question: 10.2
means: zip for product
cause: incomplete, wrong-count
"""

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
            columns.append(sorted({round(x) for x in np.linspace(*rest, points).tolist()}))
    return [dict(zip(space, values)) for values in zip(*columns)]
