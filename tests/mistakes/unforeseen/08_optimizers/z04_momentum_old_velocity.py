"""z04_momentum_old_velocity: computes the new velocity for the state but moves the weights by the one from before.

question: 08.2
means: old velocity moves the weights
cause: stale-value
"""


def momentum(w, g, state, learning_rate, mu):
    new_w, new_state = {}, {}
    for name in w:
        v = state[name]
        new_w[name] = w[name] + v
        new_state[name] = mu * v - learning_rate * g[name]
    return new_w, new_state
