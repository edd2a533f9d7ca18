"""f-product: u and v right, J = 3 (a + b) c.
question: 01.3
cause: parentheses, order, misplaced-factor, wrong-value
"""


def forward(a, b, c):
    u = b * c
    v = a + u
    return {"u": u, "v": v, "J": 3 * (a + b) * c}
