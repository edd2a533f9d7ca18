"""step-rate-missing: the learning rate is forgotten.
question: 03.6
"""


def gradient_step(params, grads, learning_rate):
    return {name: params[name] - grads[name] for name in params}
