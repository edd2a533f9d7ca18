"""z21_linear_never_zero: keeps a floor of 1e-6 because a rate of 0 seemed dangerous.

question: 08.9
means: keeps a tiny rate at the end
cause: extra-term, constant, clipped, other-function
"""


def linear_decay(learning_rate, step, total):
    return max(learning_rate * (1 - step / total), 1e-6)
