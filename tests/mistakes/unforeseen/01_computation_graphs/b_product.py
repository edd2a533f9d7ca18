"""b-product: multiplies each derivative by its input too.
question: 01.4
cause: not-differentiated, doubled-factor, wrong-value, extra-term
"""


def backward(a, b, c):
    return {"a": 3 * a, "b": 3 * c * b, "c": 3 * b * c}
