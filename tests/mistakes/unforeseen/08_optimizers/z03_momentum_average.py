"""z03_momentum_average: takes v as a moving average of gradients with 1 - mu, and multiplies by the rate afterwards with a minus.

question: 08.2
means: moving average instead of sum of pushes
cause: moving-average, missing-factor
"""


def momentum(w, g, state, learning_rate, mu):
    v = {name: mu * state[name] - (1 - mu) * learning_rate * g[name] for name in w}
    return {name: w[name] + v[name] for name in w}, v
