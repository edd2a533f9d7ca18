"""sigmoid-zero-left-out: positive and negative entries are filled in separately and an entry of exactly 0 belongs to neither.
question: 03.1
cause: comparison
"""


def sigmoid(Z):
    out = np.zeros_like(Z)
    pos = Z > 0
    neg = Z < 0
    out[pos] = 1 / (1 + np.exp(-Z[pos]))
    e = np.exp(Z[neg])
    out[neg] = e / (1 + e)
    return out
