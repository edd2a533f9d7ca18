"""d-no-x: nudges 0 and not x.
question: 01.1
cause: not-used, missing-term
"""


def numeric_derivative(f, x, h=1e-5):
    return (f(h) - f(-h)) / (2 * h)
