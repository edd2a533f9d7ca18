"""grid-choice-cut: a choice gives its first values only.
question: 10.2
cause: early-end, not-used, shape
"""


def grid(space, points):
    configs = [{}]
    for name, (kind, *rest) in space.items():
        if kind == "choice":
            values = rest[0][:points]
        elif kind == "log":
            values = np.geomspace(*rest, points).tolist()
        elif kind == "linear":
            values = np.linspace(*rest, points).tolist()
        else:
            values = sorted({round(value) for value in np.linspace(*rest, points).tolist()})
        configs = [{**config, name: value} for config in configs for value in values]
    return configs
