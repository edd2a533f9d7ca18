"""step-rate-missing: the learning rate is forgotten.
question: 03.6
cause: missing-factor, not-used
"""


def gradient_step(params, grads, learning_rate):
    return {name: params[name] - grads[name] for name in params}
