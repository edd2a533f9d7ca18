"""grid-int-truncated: int values are cut off, not rounded.
question: 10.2
cause: other-function
"""


def grid(space, points):
    configs = [{}]
    for name, (kind, *rest) in space.items():
        if kind == "choice":
            values = rest[0]
        elif kind == "log":
            values = np.geomspace(*rest, points).tolist()
        elif kind == "linear":
            values = np.linspace(*rest, points).tolist()
        else:
            values = sorted({int(value) for value in np.linspace(*rest, points).tolist()})
        configs = [{**config, name: value} for config in configs for value in values]
    return configs
