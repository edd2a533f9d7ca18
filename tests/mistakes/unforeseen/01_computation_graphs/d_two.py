"""d-two: right difference over 2h.
question: 01.1
cause: one-sided
"""


def numeric_derivative(f, x, h=1e-5):
    return (f(x + h) - f(x)) / (2 * h)
