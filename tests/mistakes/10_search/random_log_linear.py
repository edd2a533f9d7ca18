"""random-log-linear: log ranges are drawn uniformly.
question: 10.3
"""


def _draw(space, rng):
    config = {}
    for name, (kind, *rest) in space.items():
        if kind == "choice":
            config[name] = rest[0][rng.integers(len(rest[0]))]
        elif kind == "int":
            config[name] = int(rng.integers(rest[0], rest[1], endpoint=True))
        elif kind == "log":
            config[name] = float(rng.uniform(*rest))
        else:
            config[name] = float(rng.uniform(*rest))
    return config
