"""sigmoid-overflow: exp(-z) overflows for very negative scores.
question: 03.1
cause: unstable
"""


def sigmoid(Z):
    return 1 / (1 + np.exp(-Z))
