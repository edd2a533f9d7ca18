"""f-plus: u = b + c.
question: 01.3
cause: other-function, wrong-value
"""


def forward(a, b, c):
    u = b + c
    v = a + u
    J = 3 * v
    return {"u": u, "v": v, "J": J}
