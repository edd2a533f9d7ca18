"""o-floor: floor division.
question: 01.6
cause: rounding, other-function
"""


def divide(a, b):
    return a // b, (1 // b, -a // b**2)
