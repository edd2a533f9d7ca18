"""b-a1: da = 1.
question: 01.4
cause: missing-factor, constant
"""


def backward(a, b, c):
    return {"a": 1.0, "b": 3 * c, "c": 3 * b}
