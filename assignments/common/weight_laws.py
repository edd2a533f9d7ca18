"""Laws of random weights: what holds of every right draw, whichever generator made it.

A right answer misses one of these bounds less than once in a million. The weights that are measured have 60,000
entries or more: their standard deviation is then within 0.3% of the law's, two times in three, and 2% off would be
seven times as far. Whoever has another law is told which one it looks like, if it does so in two shapes.
"""

import numpy as np

from autograder.testing import CheckFailed, Tensor, Variable, array_of, assert_close, check, kind_of, number_of

# one with more inputs than units, one with fewer: n and m cannot be confused
SHAPES = ((211, 293), (307, 199))
CLOSE = 0.02


def drawn(student, name, n, m, seed, *more):
    """The weights that a function draws: a float32 matrix of the right shape."""
    received = getattr(student, name)(n, m, seed, *more)
    array = array_of(received)
    is_matrix = isinstance(array, np.ndarray) and (type(received) in (Tensor, Variable) or array.ndim == 2)
    check(is_matrix, f"expected a tensor of shape {(n, m)}, you return {kind_of(received)}", code="kind")
    told = f"with n = {n} and m = {m} you return weights of shape {array.shape}; expected {(n, m)}"
    check(array.shape == (n, m), told, code="transpose" if array.shape == (m, n) else "shape")
    check(array.dtype == np.float32, f"expected float32 weights, yours are {array.dtype}", code="dtype")
    check(bool(np.isfinite(array).all()), "some of your weights are NaN or infinite", code="not-finite")
    return array.astype(np.float64)


def check_seed(student, name, n, m, seed):
    """That a seed decides the weights, whatever was drawn before, and that another one gives others."""
    one, _, again, other = (drawn(student, name, n, m, number) for number in (seed, seed + 5, seed, seed + 1))
    check(np.array_equal(one, again), "the same seed gives other weights at the next call", code="seed")
    check(not np.array_equal(one, other), "another seed gives the same weights", code="seed")


def check_scale(student, name, scales, seed, looks_like):
    """That weights have mean 0 and the right standard deviation, in two shapes.

    Args:
        student: The submission.
        name: The function, which is also the name of its scheme.
        scales: What 06.8 gives for n and m, by scheme.
        seed: A seed.
        looks_like: Standard deviations of other laws: `(function of n, m and the right one, what it is, code)`.

    Returns:
        The weights of the two shapes.
    """
    found = [drawn(student, name, n, m, seed) for n, m in SHAPES]
    for array, (n, m) in zip(found, SHAPES, strict=True):
        which = f"with n = {n} and m = {m}"
        # a float32 has some 8 million values between 0.5 and 1: some entries are equal by chance
        few = np.unique(array.ravel()[::29]).size < 0.9 * array.size / 29
        check(not few, f"{which}, many of your weights are copies of each other", code="same-draws")
        check(bool((array < 0).any()), f"{which}, none of your weights is negative", code="distribution")
        # a right mean is six of its own standard deviations from 0 once in 500 million times
        off = abs(array.mean()) > 6 * array.std() / np.sqrt(array.size)
        check(not off, f"{which}, the mean of your weights is {array.mean():.4f}; expected 0", code="distribution")
    right = [deviation_of(name, scales(n, m)[name]) for n, m in SHAPES]
    own = [array.std() for array in found]
    if all(abs(mine / wanted - 1) < CLOSE for mine, wanted in zip(own, right, strict=True)):
        return found
    (n, m), mine, wanted = SHAPES[0], own[0], right[0]
    told = f"with n = {n} and m = {m} the standard deviation of your weights is {mine:.4g}; expected {wanted:.4g}"
    for other, what, code in looks_like:
        others = [other(n, m, one) for (n, m), one in zip(SHAPES, right, strict=True)]
        if all(abs(mine / one - 1) < CLOSE for mine, one in zip(own, others, strict=True)):
            check(False, f"{told}. Yours is {what}", code=code)
    check(False, told, code="distribution")


ROOTLESS = "the square of what it should be: a variance", "missing-function"
# what a scale may be instead, of n, m and the right one
LOOKS_LIKE = (
    (lambda n, m, right: right**2, *ROOTLESS),
    (lambda n, m, right: right**4, "the square of a variance", "exponent"),
    (lambda n, m, right: right**2 / 2**0.5, "a root of the number above the line alone", "inside-root"),
    (lambda n, m, right: right / 2**0.5, "one with half of the number above the line", "constant"),
    (lambda n, m, right: right * 2**0.5, "one with twice the number above the line", "constant"),
    (lambda n, m, right: (2 / n) ** 0.5, "one that counts the inputs alone", "wrong-count"),
    (lambda n, m, right: (6 / n) ** 0.5, "one that counts the inputs alone", "wrong-count"),
    (lambda n, m, right: (2 / m) ** 0.5, "one that counts the units alone", "wrong-count"),
    (lambda n, m, right: (2 / (n + m)) ** 0.5, "one that counts inputs and units", "wrong-count"),
    (lambda n, m, right: (2 / n + m) ** 0.5, "one where the division comes before the sum", "parentheses"),
    (lambda n, m, right: (6 / n + m) ** 0.5, "one where the division comes before the sum", "parentheses"),
)


def check_table(student, reference, sizes):
    """That the scales of a table are right; of one that is wrong, what it is where all sizes show it."""
    received = [student.weight_scales(n, m) for n, m in sizes]
    right = [reference.weight_scales(n, m) for n, m in sizes]
    try:
        for came, wanted in zip(received, right, strict=True):
            # who takes a root of TensorFlow's has numbers of float32
            assert_close(came, wanted, "", single=True)
    except CheckFailed as failure:
        told, codes = [], []
        for name in right[0] if all(type(came) is dict for came in received) else ():
            own = [number_of(came.get(name)) for came in received]
            if None in own or np.allclose(own, [wanted[name] for wanted in right], rtol=1e-4):
                continue
            (n, m), mine = sizes[0], own[0]
            told.append(f"{name} is {mine:.4g} with n = {n} and m = {m}; expected {right[0][name]:.4g}")
            for other, what, code in LOOKS_LIKE:
                others = [other(*size, wanted[name]) for size, wanted in zip(sizes, right, strict=True)]
                if np.allclose(own, others, rtol=1e-4):
                    told[-1] += f". Yours is {what}"
                    codes.append(code)
                    break
        if codes:
            check(False, "; ".join(told), share=failure.share, code=codes[0])
        raise


def deviation_of(name, scale):
    """The standard deviation of what is scaled: 1 of the normal distribution, and that of [-1, 1]."""
    return scale / np.sqrt(3) if name.endswith("uniform") else scale


def check_uniform(found, scales, name):
    """That entries lie between minus and plus the scale, and reach both ends."""
    for array, (n, m) in zip(found, SHAPES, strict=True):
        limit = scales(n, m)[name]
        # of 60,000 uniform numbers one is in the last thousandth, but once in 10^12 times on each side
        reach = -array.min() > 0.999 * limit and array.max() > 0.999 * limit
        inside = np.abs(array).max() < 1.0001 * limit
        told = f"with n = {n} and m = {m} your weights lie between {array.min():.4f} and {array.max():.4f}"
        check(bool(reach and inside), f"{told}; expected both ends at {limit:.4f}", code="distribution")


def check_normal(found):
    """That as many entries are beyond one standard deviation as a normal distribution has, cut at two or not."""
    for array, (n, m) in zip(found, SHAPES, strict=True):
        # 31.7%, or 34.9% where it is cut; 42.3% of a uniform one; within 1.2% but once in a million times
        share = float(np.mean(np.abs(array) > array.std()))
        told = f"with n = {n} and m = {m}, {share:.0%} of your weights are beyond one standard deviation"
        check(0.305 < share < 0.361, f"{told}; expected 32%, as of a normal distribution", code="distribution")


def check_orthogonal(student, n, m, seed, gain, *more):
    """That the columns, or the rows of a wide matrix, are at right angles and have the length of the gain."""
    W = drawn(student, "orthogonal", n, m, seed, *more)
    products = W.T @ W if n >= m else W @ W.T
    which = f"with n = {n}, m = {m} and gain = {gain:g}"
    kind = "columns" if n >= m else "rows"
    lengths = np.sqrt(np.diag(products))
    angles = products / np.outer(lengths, lengths) - np.eye(len(products))
    straight = bool(np.abs(angles).max() < 1e-4)
    told = f"{which} your {kind} are not at right angles: the cosine of two of them is {np.abs(angles).max():.2f}"
    check(straight, told, code="distribution")
    if np.abs(lengths - gain).max() < 1e-4 * gain:
        return
    told = f"{which} your {kind} have the length {lengths.mean():.3f}; expected {gain:g}"
    alike = np.ptp(lengths) < 1e-3
    check(not (alike and abs(lengths.mean() - 1) < 1e-3), f"{told}. The gain is not there", code="not-used")
    is_square = alike and abs(lengths.mean() - gain**2) < 1e-3
    check(not is_square, f"{told}. The gain is there twice", code="doubled-factor")
    check(False, told, code="distribution")
