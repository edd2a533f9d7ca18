"""d-diff: only the difference.
question: 01.1
cause: missing-factor
"""


def numeric_derivative(f, x, h=1e-5):
    return f(x + h) - f(x - h)
