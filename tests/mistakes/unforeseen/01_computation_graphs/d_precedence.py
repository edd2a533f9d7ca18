"""d-precedence: f(x + h) - f(x - h) / (2h).
question: 01.1
cause: parentheses, order, misplaced-factor
"""


def numeric_derivative(f, x, h=1e-5):
    return f(x + h) - f(x - h) / (2 * h)
