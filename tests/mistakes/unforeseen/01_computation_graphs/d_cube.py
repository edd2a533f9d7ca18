"""d-cube: returns 3x², the derivative of the example.
question: 01.1
cause: not-used, hard-coded
"""


def numeric_derivative(f, x, h=1e-5):
    return 3 * x**2
