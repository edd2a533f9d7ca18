"""step-blends-like-an-average: the update is written like a moving average: the old value is shrunk by 1 - rate as well.
question: 03.6
cause: extra-term
"""


def gradient_step(params, grads, learning_rate):
    new = {}
    for key, theta in params.items():
        new[key] = (1 - learning_rate) * theta - learning_rate * grads[key]
    return new
