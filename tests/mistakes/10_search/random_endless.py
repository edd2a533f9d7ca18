"""random-endless: waits for ever for a thirteenth of twelve configurations.
question: 10.3
cause: wrong-value, raises
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
                config[name] = log_uniform(*rest, rng)
            else:
                config[name] = float(rng.uniform(*rest))
        return config

    configs, tries = [], 0
    while len(configs) < min(n, 10**9):
        tries += 1
        if tries > 10**5:
            raise RuntimeError('still drawing')
        config = draw()
        if config not in configs:
            configs.append(config)
    return configs
