"""b-sum: adds the small derivatives.
question: 01.4
cause: other-function, extra-term
"""


def backward(a, b, c):
    return {"a": 3.0 + 1, "b": 3.0 + 1 + c, "c": 3.0 + 1 + b}
