"""o-div-ba: b / a.
question: 01.6
cause: operands-swapped, other-function
"""


def divide(a, b):
    return b / a, (1 / b, -a / b**2)
