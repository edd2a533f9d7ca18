"""random-one-number: one random number decides all entries.
question: 10.3
cause: same-draws, distribution, early-end, shape
"""


def random_search(space, n, rng):
    size = 1.0
    for kind, *rest in space.values():
        size *= len(rest[0]) if kind == "choice" else rest[1] - rest[0] + 1 if kind == "int" else np.inf
    configs = []
    while len(configs) < min(n, size):
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
        if config not in configs:
            configs.append(config)
        elif size < np.inf:
            return configs
    return configs
