"""z01_sgd_writes_into_w: updates the dict it was given and returns it, so the caller's weights are the new ones too.

question: 08.1
means: writes the new weights into w
cause: changes-argument, no-copy
"""


def sgd(w, g, state, learning_rate):
    for name in w:
        w[name] = w[name] - learning_rate * g[name]
    return w, state
