"""Judging a count of columns that differ: one number, so a cause is told only where two matrices show it."""

import numpy as np

from autograder.testing import Tensor, check, kind_of, number_of


def check_counts(student, reference, matrices):
    """That the columns that differ are counted; of two matrices or more, the count may tell what was counted."""
    counts = []
    for W in matrices:
        received = student.different_units(W)
        count = number_of(received)
        check(count is not None, f"expected a Python int, you return {kind_of(received)}", code="kind")
        counts.append(count)
    right = [number_of(reference.different_units(W)) for W in matrices]
    wrong = [place for place, (mine, wanted) in enumerate(zip(counts, right, strict=True)) if mine != wanted]
    if not wrong:
        return
    rows, columns = matrices[wrong[0]].array.shape
    mine, wanted = counts[wrong[0]], right[wrong[0]]
    told = f"of {columns} columns with {rows} entries each, you count {mine:g} that are different; expected {wanted:g}"
    arrays = [W.array for W in matrices]
    copies = [array.shape[1] - number for array, number in zip(arrays, right, strict=True)]
    for others, what, code in (
        ([array.shape[1] for array in arrays], "how many columns there are", "wrong-count"),
        ([array.shape[0] for array in arrays], "how many rows there are", "transpose"),
        (copies, "how many copies there are", "complement"),
        ([len(np.unique(array.T, axis=0)) for array in arrays], "the count without any rounding", "rounding"),
    ):
        # a number that is right in one of them shows nothing
        shows = len(arrays) > 1 and counts == others and all(one != two for one, two in zip(others, right, strict=True))
        check(not shows, f"{told}. Yours is {what}", code=code)
    check(False, told)


def check_scaled_counts(student, reference, W):
    """That what counts as rounding goes by the largest entry: a matrix and a multiple of it have the same count.

    A power of two changes no digit of a float, only its size.
    """
    right = number_of(reference.different_units(W))
    for scale in (2.0**-20, 2.0**14):
        count = number_of(student.different_units(Tensor(W.array * W.array.dtype.type(scale))))
        check(count is not None, "expected a whole number for a large or a small matrix as well", code="kind")
        size = "a million times smaller" if scale < 1 else "16384 times as large"
        told = (
            f"of the same matrix with all entries {size} you count {count:g} that are different; expected "
            f"{right:g}. What counts as rounding goes by the largest entry"
        )
        check(count == right, told, code="constant")
