"""random-one-number: one random number decides all entries.
question: 10.3
"""


def _draw(space, rng):
    part, config = rng.random(), {}
    for name, (kind, *rest) in space.items():
        if kind == "choice":
            config[name] = rest[0][int(part * len(rest[0]))]
        elif kind == "int":
            config[name] = int(rest[0] + part * (rest[1] - rest[0] + 1))
        elif kind == "log":
            config[name] = float(rest[0] * (rest[1] / rest[0]) ** part)
        else:
            config[name] = float(rest[0] + part * (rest[1] - rest[0]))
    return config
