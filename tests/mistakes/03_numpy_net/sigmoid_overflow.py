"""sigmoid-overflow: exp(-z) overflows for very negative scores.
question: 03.1
"""


def sigmoid(Z):
    return 1 / (1 + np.exp(-Z))
