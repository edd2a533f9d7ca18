"""grid-zip: values are paired, not combined.
question: 10.2
cause: other-function, early-end, shape
"""


def grid(space, points):
    columns = []
    for name, (kind, *rest) in space.items():
        if kind == "choice":
            values = rest[0]
        elif kind == "log":
            values = np.geomspace(*rest, points).tolist()
        elif kind == "linear":
            values = np.linspace(*rest, points).tolist()
        else:
            values = sorted({round(value) for value in np.linspace(*rest, points).tolist()})
        columns.append(values)
    return [dict(zip(space, row)) for row in zip(*columns)]
