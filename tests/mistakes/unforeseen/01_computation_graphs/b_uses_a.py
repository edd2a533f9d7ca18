"""b-uses-a: 3 times a for a.
question: 01.4
cause: not-differentiated, wrong-value
"""


def backward(a, b, c):
    return {"a": 3 * a, "b": 3 * b, "c": 3 * c}
