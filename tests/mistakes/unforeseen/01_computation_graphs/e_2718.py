"""e-2718: 2.718 ** x.
question: 01.7
cause: constant, hard-coded, rounding
"""


def exp(x):
    return 2.718**x, 2.718**x
