"""step-shallow-copy: the dict is copied but its arrays are updated in place.
question: 03.6
cause: changes-argument
"""


def gradient_step(params, grads, learning_rate):
    new = dict(params)
    for name in new:
        new[name] -= learning_rate * grads[name]
    return new
