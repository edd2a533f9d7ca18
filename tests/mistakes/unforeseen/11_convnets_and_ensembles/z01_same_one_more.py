"""z01_same_one_more: Takes the places with "same" as size // stride + 1, which is one too many where the stride divides the size.

question: 11.1
means: floor plus one instead of ceiling
cause: off-by-one
"""

def output_size(size: int, kernel: int, stride: int, padding: str) -> int:
    if padding == "same":
        return size // stride + 1 if stride > 1 else size
    return (size - kernel) // stride + 1
