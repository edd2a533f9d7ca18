"""z20_linear_negative: forgets to stop at 0, so the rate is negative beyond the last step.

question: 08.9
means: goes below 0 after the end
cause: missing-function, one-case
"""


def linear_decay(learning_rate, step, total):
    return learning_rate * (1 - step / total)
