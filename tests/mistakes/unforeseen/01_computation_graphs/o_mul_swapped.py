"""o-mul-swapped: multiply gives (a, b).
question: 01.6
cause: arguments-swapped, returned-swapped, operands-swapped, wrong-value, not-differentiated
"""


def multiply(a, b):
    return a * b, (a, b)
