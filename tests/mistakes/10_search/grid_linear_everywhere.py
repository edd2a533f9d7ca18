"""grid-linear-everywhere: log ranges are spaced linearly.
question: 10.2
"""


def grid(space, points):
    axes = []
    for kind, *rest in space.values():
        if kind == "choice":
            axes.append(rest[0])
        elif kind == "log":
            axes.append(np.linspace(*rest, points).tolist())
        elif kind == "linear":
            axes.append(np.linspace(*rest, points).tolist())
        else:
            axes.append(sorted({round(value) for value in np.linspace(*rest, points).tolist()}))
    return [dict(zip(space, values, strict=True)) for values in itertools.product(*axes)]
