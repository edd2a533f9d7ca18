"""d-int: integer division.
question: 01.1
cause: rounding, extra-function, other-function
"""


def numeric_derivative(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) // (2 * h)
