"""z02_sgd_only_W_and_b: writes out the two names of the example, so a weight with another name is not there.

question: 08.1
means: only knows the names W and b
cause: raises, hard-coded
"""


def sgd(w, g, state, learning_rate):
    new_w = {}
    new_w["W"] = w["W"] - learning_rate * g["W"]
    new_w["b"] = w["b"] - learning_rate * g["b"]
    return new_w, state
