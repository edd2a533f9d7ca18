"""two_01_average_velocity: takes the velocity as a moving average, and nesterov gets its velocity from momentum.

question: 08.2
means: velocity as a moving average
cause: moving-average
carried: 08.3
"""


def momentum(w, g, state, learning_rate, mu):
    v = {name: mu * state[name] - learning_rate * (1 - mu) * g[name] for name in w}
    return {name: w[name] + v[name] for name in w}, v


def nesterov(w, g, state, learning_rate, mu):
    _, v = momentum(w, g, state, learning_rate, mu)
    return {name: w[name] + mu * v[name] - learning_rate * g[name] for name in w}, v
