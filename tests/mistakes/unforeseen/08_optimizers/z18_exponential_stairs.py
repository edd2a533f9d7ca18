"""z18_exponential_stairs: rounds the exponent down and so makes stairs.

question: 08.8
means: whole periods only, stairs
cause: rounding, extra-function
"""


def exponential_decay(learning_rate, step, factor, every):
    return learning_rate * factor ** (step // every)
