"""step-biases-forgotten: only the weights move.
question: 03.6
cause: missing-step, not-used, stale-value
"""


def gradient_step(params, grads, learning_rate):
    new = dict(params)
    for name in ("W1", "W2"):
        new[name] = params[name] - learning_rate * grads[name]
    return new
