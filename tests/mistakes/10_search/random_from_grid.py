"""random-from-grid: drawn from a grid of five values.
question: 10.3
cause: distribution, shape
"""


def random_search(space, n, rng):
    every = grid(space, 5)
    return [every[i] for i in rng.permutation(len(every))[:n]]
