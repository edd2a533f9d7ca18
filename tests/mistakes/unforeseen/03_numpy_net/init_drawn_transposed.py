"""init-drawn-transposed: the weights are drawn as (units, inputs) and turned round afterwards, so the numbers stand in other places.
question: 03.2
cause: transpose, seed
"""


def init_params(n, h, k, rng):
    layer_sizes = [n, h, k]
    p = {}
    for l in range(1, 3):
        p[f"W{l}"] = rng.uniform(size=(layer_sizes[l], layer_sizes[l - 1])).T
        p[f"b{l}"] = np.zeros((1, layer_sizes[l]))
    return p
