"""step-rate-twice: the learning rate is applied twice.
question: 03.6
cause: doubled-factor
"""


def gradient_step(params, grads, learning_rate):
    return {name: params[name] - learning_rate * learning_rate * grads[name] for name in params}
