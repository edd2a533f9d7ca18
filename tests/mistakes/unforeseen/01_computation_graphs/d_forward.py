"""d-forward: nudges to the right only.
question: 01.1
cause: one-sided
"""


def numeric_derivative(f, x, h=1e-5):
    return (f(x + h) - f(x)) / h
