"""z06_nesterov_old_v_in_step: puts the old velocity into the formula for w, which makes it ordinary momentum.

question: 08.3
means: old velocity in the second formula
cause: stale-value, nesterov
"""


def nesterov(w, g, state, learning_rate, mu):
    new_w = {}
    new_v = {}
    for name in w.keys():
        old = state[name]
        new_w[name] = w[name] + mu * old - learning_rate * g[name]
        new_v[name] = mu * old - learning_rate * g[name]
    return new_w, new_v
