"""z05_momentum_pytorch: writes v = mu v + g and w = w - lr v as PyTorch does, so the velocity kept has another sign and scale.

question: 08.2
means: PyTorch's form, velocity without rate
cause: rate-place
"""


def momentum(w, g, state, learning_rate, mu):
    v = {name: mu * state[name] + g[name] for name in w}
    return {name: w[name] - learning_rate * v[name] for name in w}, v
