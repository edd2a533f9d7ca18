"""p-square: 2x always.
question: 01.7
cause: hard-coded, not-used, constant, exponent
"""


def power(x, n):
    return x**n, 2 * x
