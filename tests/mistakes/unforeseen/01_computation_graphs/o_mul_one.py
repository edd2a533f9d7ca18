"""o-mul-one: subtract b - a.
question: 01.6
cause: sign, operands-swapped
"""


def subtract(a, b):
    return b - a, (1.0, -1.0)
