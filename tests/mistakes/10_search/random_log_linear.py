"""random-log-linear: log ranges are drawn uniformly.
question: 10.3
cause: distribution, missing-function, other-function
"""


def random_search(space, n, rng):
    size = 1.0
    for kind, *rest in space.values():
        if kind in ("log", "linear"):
            size = np.inf
        else:
            size *= len(rest[0]) if kind == "choice" else rest[1] - rest[0] + 1

    def draw():
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

    configs = []
    while len(configs) < min(n, size):
        config = draw()
        if config not in configs:
            configs.append(config)
    return configs
