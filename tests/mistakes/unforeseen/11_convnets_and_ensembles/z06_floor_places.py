"""z06_floor_places: Computes the number of places with floor division instead of the ceiling.

question: 11.3
means: floor instead of ceiling for places
cause: rounding
"""

def same_padding(size: int, kernel: int, stride: int) -> tuple[int, int]:
    n_same = size // stride
    total = max((n_same - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2
