"""random-choice-first: the first choice comes too often.
question: 10.3
"""


def _draw(space, rng):
    config = {}
    for name, (kind, *rest) in space.items():
        if kind == "choice":
            config[name] = rest[0][max(0, rng.integers(-1, len(rest[0])))]
        elif kind == "int":
            config[name] = int(rng.integers(rest[0], rest[1], endpoint=True))
        elif kind == "log":
            config[name] = log_uniform(*rest, rng)
        else:
            config[name] = float(rng.uniform(*rest))
    return config
