"""random-int-without-end: the upper end of int ranges never comes.
question: 10.3
"""


def _draw(space, rng):
    config = {}
    for name, (kind, *rest) in space.items():
        if kind == "choice":
            config[name] = rest[0][rng.integers(len(rest[0]))]
        elif kind == "int":
            config[name] = int(rng.integers(rest[0], rest[1]))
        elif kind == "log":
            config[name] = log_uniform(*rest, rng)
        else:
            config[name] = float(rng.uniform(*rest))
    return config
