"""softmax-boltzmann: exp(-z) as for energies in physics: the lowest score gets the highest probability.
question: 03.8
cause: sign
"""


def softmax(Z):
    # Boltzmann: p ~ exp(-E), ground state shifted to 0
    E = Z - Z.min(axis=1, keepdims=True)
    w = np.exp(-E)
    return w / w.sum(axis=1, keepdims=True)
