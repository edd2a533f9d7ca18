"""grid-bin-centres: the centres of bins, never the ends.
question: 10.2
cause: wrong-value
"""


def grid(space, points):
    configs = [{}]
    for name, (kind, *rest) in space.items():
        if kind == "choice":
            values = rest[0]
        elif kind == "log":
            values = np.geomspace(*rest, points).tolist()
        elif kind == "linear":
            values = (rest[0] + (np.arange(points) + 0.5) / points * (rest[1] - rest[0])).tolist()
        else:
            values = sorted({round(value) for value in np.linspace(*rest, points).tolist()})
        configs = [{**config, name: value} for config in configs for value in values]
    return configs
