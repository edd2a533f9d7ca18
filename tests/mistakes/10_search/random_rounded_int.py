"""random-rounded-int: int ranges are rounded: the ends come half as often.
question: 10.3
"""


def _draw(space, rng):
    config = {}
    for name, (kind, *rest) in space.items():
        if kind == "choice":
            config[name] = rest[0][rng.integers(len(rest[0]))]
        elif kind == "int":
            config[name] = round(rng.uniform(rest[0], rest[1]))
        elif kind == "log":
            config[name] = log_uniform(*rest, rng)
        else:
            config[name] = float(rng.uniform(*rest))
    return config
