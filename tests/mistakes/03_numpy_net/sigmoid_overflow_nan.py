"""sigmoid-overflow-nan: exp(z) / (1 + exp(z)) is infinity over infinity for large scores.
question: 03.1
cause: unstable, not-finite
"""


def sigmoid(Z):
    return np.exp(Z) / (1 + np.exp(Z))
