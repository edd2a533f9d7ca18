"""d-abs: takes the absolute value.
question: 01.1
cause: extra-function, sign
"""


def numeric_derivative(f, x, h=1e-5):
    return abs(f(x + h) - f(x - h)) / (2 * h)
