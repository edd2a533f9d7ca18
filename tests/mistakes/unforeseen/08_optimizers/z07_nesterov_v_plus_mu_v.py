"""z07_nesterov_v_plus_mu_v: reads looking ahead as one step of v and then mu v more, so the gradient counts 1 + mu times and the old velocity too.

question: 08.3
means: moves by v and mu v
cause: missing-term, extra-term, wrong-value
"""


def nesterov(w, g, state, learning_rate, mu):
    v = {k: mu * state[k] - learning_rate * g[k] for k in w}
    return {k: w[k] + v[k] + mu * v[k] for k in w}, v
