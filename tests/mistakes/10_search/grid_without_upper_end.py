"""grid-without-upper-end: the upper ends are left out.
question: 10.2
cause: flag, off-by-one
"""


def grid(space, points):
    configs = [{}]
    for name, (kind, *rest) in space.items():
        if kind == "choice":
            values = rest[0]
        elif kind == "log":
            values = np.geomspace(*rest, points, endpoint=False).tolist()
        elif kind == "linear":
            values = np.linspace(*rest, points, endpoint=False).tolist()
        else:
            values = sorted({round(value) for value in np.linspace(*rest, points).tolist()})
        configs = [{**config, name: value} for config in configs for value in values]
    return configs
