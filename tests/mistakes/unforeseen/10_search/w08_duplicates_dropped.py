"""w08_duplicates_dropped: n are drawn, and what is there twice is thrown away.

question: 10.3
means: no second draw
cause: incomplete, wrong-count, early-end
"""


def random_search(space, n, rng):
    found = []
    for _ in range(n):
        config = {}
        for name, (kind, *rest) in space.items():
            if kind == "choice":
                config[name] = rest[0][int(rng.integers(len(rest[0])))]
            elif kind == "int":
                config[name] = int(rng.integers(rest[0], rest[1] + 1))
            elif kind == "linear":
                config[name] = float(rng.uniform(*rest))
            else:
                config[name] = log_uniform(*rest, rng)
        if config not in found:
            found.append(config)
    return found
