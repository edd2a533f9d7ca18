"""w09_two_misses: gives up after the second failure to find a new one.

question: 10.3
means: the space must be exhausted by then
cause: incomplete, early-end, wrong-count
"""


def random_search(space, n, rng):
    found, misses = [], 0
    while len(found) < n and misses < 2:
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
        if config in found:
            misses += 1
        else:
            found.append(config)
    return found
