"""sigmoid-mutates: clips the caller's array in place.
question: 03.1
cause: changes-argument
"""


def sigmoid(Z):
    np.clip(Z, -500, 500, out=Z)
    return 1 / (1 + np.exp(-Z))
