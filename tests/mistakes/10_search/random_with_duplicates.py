"""random-with-duplicates: configurations may come twice.
question: 10.3
"""


def random_search(space, n, rng):
    size = 1.0
    for kind, *rest in space.values():
        if kind in ("log", "linear"):
            size = np.inf
        else:
            size *= len(rest[0]) if kind == "choice" else rest[1] - rest[0] + 1
    configs = []
    while len(configs) < min(n, size):
        config = _draw(space, rng)
        configs.append(config)
    return configs
