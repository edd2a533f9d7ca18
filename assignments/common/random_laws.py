"""Laws of dropout and of random shifts: what holds of every right draw, whichever generator made it.

Seeds are fixed, so a submission is judged alike in every run. A right answer misses one of these bounds less than once
in a million: shares and correlations may be six of their own standard deviations off, which is once in 500 million.
Measured on 200 seeds of each of four generators (two of TensorFlow's, two of NumPy's) with six rates and three sizes of
shifts, some 37,000 numbers, the farthest was 4.0.
Wrong laws are far away: a mask that is shared by rows, by columns or by steps has a correlation of 1, some 160 standard
deviations from 0; rates that are confused, 0.25 for 0.75, are 180 apart.
"""

import math

import numpy as np

from autograder.testing import Remote, Tensor, array_of, assert_close, check, kind_of

# of prime sizes, and large: a share of 25% is then known to 1.6% at six standard deviations
SHAPE = (131, 197)
FAR = 6.0


def dropout(student, rate, seed):
    return student.make(Remote("submission.Dropout", rate, seed))


def values(label, dtype=np.float32, shape=SHAPE):
    """Numbers of both signs, none of them near 0."""
    rng = np.random.default_rng([*label.encode()])
    return (rng.uniform(0.5, 2, shape) * rng.choice([-1, 1], shape)).astype(dtype)


def forward(layer, H, training):
    """What a layer makes of values: of their shape and dtype."""
    received = layer.forward(Tensor(H), training)
    out = array_of(received)
    told = f"`forward` returns {kind_of(received)}; expected a tensor of shape {H.shape}"
    check(isinstance(out, np.ndarray) and out.shape == H.shape, told, code="kind")
    check(out.dtype == H.dtype, f"{H.dtype} in, {out.dtype} out; expected {H.dtype}", code="dtype")
    check(bool(np.isfinite(out).all()), "some of what `forward` returns is NaN or infinite", code="not-finite")
    return out.astype(np.float64)


def correlated(one, two, rate):
    """How many standard deviations two masks are from being independent."""
    products = (one - rate) * (two - rate)
    return float(products.mean() / (rate * (1 - rate)) * math.sqrt(products.size))


def check_own_draws(dropped):
    """That not all examples, or all units, have one mask."""
    if dropped.any() and not dropped.all():
        by_row, by_column = bool((dropped == dropped[0]).all()), bool((dropped[:, 0] == dropped.T).all())
        check(not by_row, "in training, all examples have one mask; expected a draw for each value", code="same-draws")
        check(
            not by_column, "in training, whole examples are dropped; expected a draw for each value", code="same-draws"
        )


def check_share(student, rate, seed, dtype=np.float32, shown=True):
    """That in training the right part is dropped, and that the rest is made larger by the right factor."""
    what = f"with rate {rate:g}, in training" if shown else "with another rate, in training"
    H = values("share", dtype)
    out = forward(dropout(student, rate, seed), H, True)
    dropped = out == 0
    check_own_draws(dropped)
    share, allowed = float(dropped.mean()), FAR * math.sqrt(rate * (1 - rate) / H.size)
    told = f"{what}, {share:.1%} of the values are 0; expected {rate:.0%}"
    told = told if shown else f"{what}, another part of the values is 0"
    check(share > 0 or rate == 0, f"{what}, no value is dropped", code="missing-step")
    check(share < 1, f"{what}, every value is dropped", code="zero")
    swapped = abs(share - (1 - rate)) < allowed < abs(share - rate)
    check(not swapped, f"{told}. The rate is the part that is dropped, not the part that stays", code="complement")
    check(abs(share - rate) <= allowed, told, code="distribution")
    factors, right = out[~dropped] / H[~dropped], 1 / (1 - rate)
    low, high = float(factors.min()), float(factors.max())
    told = f"{what}, what is kept is multiplied by {low:.4g}"
    told += "" if high - low < 1e-3 else f" to {high:.4g}"
    told = f"{told}; expected {right:.4g}" if shown else f"{what}, what is kept is multiplied by another factor"
    for factor, code in (
        (1, "missing-factor"),
        (1 / rate if rate else 2, "complement"),
        (1 - rate, "operands-swapped"),
    ):
        looks = abs(low - factor) < 1e-3 and abs(high - factor) < 1e-3
        check(not looks or abs(factor - right) < 1e-3, told, code=code)
    check(abs(low - right) < 1e-4 * right and abs(high - right) < 1e-4 * right, told, code="distribution")


def check_independent(student, rate, seed):
    """That each value has its own draw: along rows, along columns, and from one step to the next."""
    layer, H = dropout(student, rate, seed), values("independent")
    one, two = (forward(layer, H, True) == 0 for _ in range(2))
    check(bool(one.any() and two.any()), "in training, no value is dropped", code="missing-step")
    pairs = {
        "one example and the next": (one[1:], one[:-1]),
        "one unit and the next": (one[:, 1:], one[:, :-1]),
        "one call of `forward` and the next": (two, one),
    }
    for what, (mine, other) in pairs.items():
        same = bool(np.array_equal(mine, other))
        check(not same, f"{what} have the same mask; expected a draw for each value at each step", code="same-draws")
        off = correlated(mine, other, rate)
        told = f"the masks of {what} are not independent: {abs(off):.0f} standard deviations from it"
        check(abs(off) < FAR, told, code="distribution")
    for axis, what in ((1, "example"), (0, "unit")):
        # the counts of independent draws spread; a third of that spread comes once in 10^13 times
        counts = one.sum(axis=axis)
        spread = float(np.mean((counts - rate * one.shape[axis]) ** 2) / (rate * (1 - rate) * one.shape[axis]))
        told = f"nearly the same number of values is dropped of each {what}: the draws depend on each other"
        check(spread > 1 / 3, told, code="distribution")


def check_seeds(student, rate, seed):
    """That a seed decides the masks, and that other ones give others, at whichever step."""
    H = values("seeds")
    # all are made before the first is asked: a layer has a generator of its own
    layers = [dropout(student, rate, number) for number in (seed, seed, seed + 1, seed + 2)]
    one, again, *others = ([(forward(layer, H, True) == 0).tobytes() for _ in range(3)] for layer in layers)
    check(one == again, "two layers of the same seed draw different masks", code="seed")
    alike = any(mine == theirs for other in others for mine, theirs in zip(one, other, strict=True))
    check(not alike, "two layers of different seeds draw the same masks", code="seed")
    masks = [mask for layer in (one, *others) for mask in layer]
    told = "a step of one layer has the mask of another step of a layer with another seed"
    check(len(set(masks)) == len(masks), told, code="seed")


def check_backward(student, rate, seed, dtype=np.float32, shown=True):
    """That `backward` uses the mask of the last call of `forward`, with its factor."""
    layer, H, G = dropout(student, rate, seed), values("H", dtype), values("G", dtype)
    first, last = (forward(layer, H, True) / H for _ in range(2))
    received = layer.backward(Tensor(G))
    came = array_of(received)
    told = f"`backward` returns {kind_of(received)}; expected a tensor of shape {G.shape}"
    check(isinstance(came, np.ndarray) and came.shape == G.shape, told, code="kind")
    told = "in training, `forward` drops nothing, so there is no mask to share"
    check(rate == 0 or bool((last == 0).any()), told, code="missing-step")
    ratio = came / G
    zeros = np.array_equal(ratio == 0, last == 0)
    whole = not (ratio == 0).any()
    told = "`backward` returns the gradient of every value, those that were dropped as well"
    check(not whole or rate == 0, told, code="missing-factor")
    told = "`backward` uses the mask of an earlier call of `forward`; expected that of the last one"
    check(zeros or not np.array_equal(ratio == 0, first == 0), told, code="stale-value")
    check(zeros, "`backward` drops other values than the last call of `forward` did", code="fresh-state")
    check(bool((ratio != 0).any()), "in training, every value is dropped", code="zero")
    factor = float(np.median(ratio[ratio != 0]))
    told = f"`backward` multiplies what was kept by {factor:.4g}; `forward` multiplied it by {1 / (1 - rate):.4g}"
    told = told if shown else "`backward` multiplies what was kept by another factor than `forward`"
    check(abs(factor - 1 / (1 - rate)) < 1e-3, told, code="missing-factor" if abs(factor - 1) < 1e-3 else "")
    assert_close(came, G * last, "the gradient", given=(G * last).astype(dtype))


def check_inference(student, rate, seed, dtype=np.float32, shown=True):
    """That `forward` leaves everything as it is at test time, after a step of training."""
    layer, H = dropout(student, rate, seed), values("H", dtype)
    forward(layer, H, True)
    out = forward(layer, H, False)
    check(bool((out != 0).all()), "values are dropped when `training` is False", code="one-case")
    factor = float(np.median(out / H))
    told = f"when `training` is False, the values are multiplied by {factor:.4g}; expected `H` as it is"
    told = told if shown else "when `training` is False, the values are multiplied by a factor; expected `H` as it is"
    check(abs(factor - 1) < 1e-4, told)
    assert_close(out.astype(dtype), H.astype(np.float64), "what `forward` returns when `training` is False", given=H)


def check_backward_inference(student, rate, seed, dtype=np.float32):
    """That `backward` leaves everything as it is after a call of `forward` at test time."""
    layer, H, G = dropout(student, rate, seed), values("H", dtype), values("G", dtype)
    forward(layer, H, True)
    forward(layer, H, False)
    came = array_of(layer.backward(Tensor(G)))
    masked = isinstance(came, np.ndarray) and came.shape == G.shape and bool((came == 0).any())
    told = "after a call with `training` False, `backward` still uses the mask of an earlier one"
    check(not masked, told, code="stale-value")
    assert_close(came, G.astype(np.float64), "the gradient after a call with `training` False", given=G)


# one example, one unit, and another number of examples from call to call, the first of them before any training
SIZES = (((5, 3), False), ((1, 197), True), ((131, 1), True), ((7, 1), False), ((1, 4), False), ((11, 4), False))


def check_sizes(student, rate, seed, backward=False):
    """That a layer keeps the shape of what it is given, whatever it was given before."""
    layer = dropout(student, rate, seed)
    for shape, training in SIZES:
        H, G = values("H", shape=shape), values("G", shape=shape)
        out = forward(layer, H, training)
        kept = np.isclose(out, H / (1 - rate) if training else H, rtol=1e-4)
        told = f"for values of shape {shape}, `forward` does something else than for others"
        check(bool((kept | (training & (out == 0))).all()), told)
        if backward:
            came = array_of(layer.backward(Tensor(G)))
            told = f"for a gradient of shape {shape}, `backward` returns {kind_of(came)}; expected that shape"
            check(isinstance(came, np.ndarray) and came.shape == shape, told, code="shape")
            right = G * (out / H)
            assert_close(came, right, "the gradient", given=right.astype(np.float32))


def drawn_shifts(student, count, largest, seed):
    """Whole numbers of shape (count, 2)."""
    received = student.random_shifts(count, largest, seed)
    shifts = array_of(received)
    told = f"you return {kind_of(received)}; expected a tensor of shape {(count, 2)}"
    check(isinstance(shifts, np.ndarray), told, code="kind")
    check(shifts.shape == (count, 2), f"{told}, not {shifts.shape}", code="shape")
    check(shifts.dtype.kind == "i", f"your numbers are {shifts.dtype}; expected int32", code="dtype")
    check(shifts.dtype == np.int32, f"your numbers are {shifts.dtype}; expected int32", code="dtype")
    return shifts.astype(np.int64)


def check_shifts(student, largest, seed, count=6000, shown=True):
    """That each number is drawn by itself, and that all whole numbers between the ends are equally likely."""
    shifts = drawn_shifts(student, count, largest, seed)
    alike = count > 1 and largest > 0 and bool((shifts == shifts[0]).all())
    check(not alike, "every image moves by the same two numbers; expected two of its own for each", code="same-draws")
    wanted = np.arange(-largest, largest + 1)
    told = f"with largest={largest} your numbers go from {shifts.min()} to {shifts.max()}"
    expected = f"; expected {-largest} to {largest}"
    if not shown:
        told, expected = "your numbers do not go from -largest to largest", ""
    code = "off-by-one" if shifts.min() == -largest and shifts.max() == largest - 1 else "distribution"
    is_positive = shifts.min() == 0 and largest > 0
    check(not is_positive, f"{told}: none is negative{expected}", code="distribution")
    right = shifts.min() == -largest and shifts.max() == largest
    check(bool(right), told + expected, code=code)
    if largest == 0:
        return
    down, right = shifts.T
    check(not np.array_equal(down, right), "every image moves down as far as to the right", code="same-draws")
    pairs = (("the two numbers of an image", down, right), ("one image and the next", shifts[1:], shifts[:-1]))
    for what, mine, other in pairs:
        check(not np.array_equal(mine, other), f"{what} are moved alike", code="same-draws")
        # each product has the square of the variance of equally likely numbers as its variance
        off = float(np.sum(mine * other) / np.mean(wanted**2) / math.sqrt(np.size(mine)))
        check(abs(off) < FAR, f"{what} are not independent: {abs(off):.0f} standard deviations from it", code="")
    chance = 1 / wanted.size
    allowed = FAR * math.sqrt(chance * (1 - chance) / shifts.size)
    for value in wanted:
        share = float(np.mean(shifts == value))
        told = f"with largest={largest}, {share:.1%} of your numbers are {value}; expected {chance:.1%}"
        told = told if shown else "some whole numbers come more often than others"
        check(abs(share - chance) < allowed, told, code="distribution")


def check_shift_seeds(student, largest, seed):
    """That a seed decides the numbers, whatever was drawn before, and that another one gives others."""
    one, _, again, other = (drawn_shifts(student, 40, largest, number) for number in (seed, seed + 5, seed, seed + 1))
    check(np.array_equal(one, again), "the same seed gives other numbers at the next call", code="seed")
    check(not np.array_equal(one, other), "another seed gives the same numbers", code="seed")
    shared = any(np.array_equal(mine, theirs) for mine in one.T for theirs in other.T)
    told = "the numbers of one direction are those that the next seed gives for the other direction"
    check(not shared, told, code="seed")
