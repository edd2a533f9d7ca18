"""o-div-two: divide: derivatives swapped, and no minus.
question: 01.6
cause: arguments-swapped, returned-swapped, sign
"""


def divide(a, b):
    return a / b, (a / b**2, 1 / b)
