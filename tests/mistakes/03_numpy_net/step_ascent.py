"""step-ascent: the gradient is added.
question: 03.6
cause: sign
"""


def gradient_step(params, grads, learning_rate):
    return {name: params[name] + learning_rate * grads[name] for name in params}
