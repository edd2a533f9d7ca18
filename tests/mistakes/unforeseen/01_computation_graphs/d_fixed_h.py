"""d-fixed-h: ignores h and uses 1e-5.
question: 01.1
cause: hard-coded, not-used
"""


def numeric_derivative(f, x, h=1e-5):
    h = 1e-5
    return (f(x + h) - f(x - h)) / (2 * h)
