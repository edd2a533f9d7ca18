"""z05_half_to_even: Halves with round, which goes to the even number, so that with three zeros two stand before.

question: 11.3
means: round half to even when sharing zeros
cause: rounding
"""

import math


def same_padding(size: int, kernel: int, stride: int) -> tuple[int, int]:
    places = math.ceil(size / stride)
    total = max((places - 1) * stride + kernel - size, 0)
    before = round(total / 2)
    return before, total - before
