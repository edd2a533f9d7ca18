"""d-half: nudges by h/2 each side and divides by h.
question: 01.1
cause: constant, wrong-value
"""


def numeric_derivative(f, x, h=1e-5):
    return (f(x + h / 2) - f(x - h / 2)) / h
