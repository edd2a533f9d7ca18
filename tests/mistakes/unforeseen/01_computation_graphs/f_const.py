"""f-const: uses the numbers of the lecture.
question: 01.3
cause: hard-coded, constant
"""


def forward(a, b, c):
    return {"u": 12.0, "v": 14.0, "J": 42.0}
