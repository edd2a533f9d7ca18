"""o-add-ab: add gives (a, b).
question: 01.6
cause: not-differentiated, wrong-value, other-derivative
"""


def add(a, b):
    return a + b, (a, b)
