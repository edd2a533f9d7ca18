"""grid-int-repeated: rounded values that are equal come more than once.
question: 10.2
cause: missing-step, missing-function, shape
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
            values = [round(value) for value in np.linspace(*rest, points).tolist()]
        configs = [{**config, name: value} for config in configs for value in values]
    return configs
