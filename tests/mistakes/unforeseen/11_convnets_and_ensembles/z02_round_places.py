"""z02_round_places: Divides and rounds to the nearest whole number instead of rounding down.

question: 11.1
means: round instead of floor for valid
cause: rounding
"""

import math


def output_size(size: int, kernel: int, stride: int, padding: str) -> int:
    if padding == "valid":
        return round((size - kernel) / stride) + 1
    return math.ceil(size / stride)
