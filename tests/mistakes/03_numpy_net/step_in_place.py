"""step-in-place: the parameters that were given are updated in place.
question: 03.6
cause: changes-argument
"""


def gradient_step(params, grads, learning_rate):
    for name in params:
        params[name] -= learning_rate * grads[name]
    return params
