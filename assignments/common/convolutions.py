"""What the tests of convolutions share: what is to be written by hand, sizes and zeros, images to pool."""

import numpy as np

from autograder.testing import array_of, check, kind_of

# ready-made convolutions, poolings and gradients: to be written here
READY = (
    "tensorflow.nn.conv2d",
    "tensorflow.nn.conv2d_transpose",
    "tensorflow.nn.convolution",
    "tensorflow.nn.depthwise_conv2d",
    "tensorflow.nn.max_pool",
    "tensorflow.nn.max_pool2d",
    "tensorflow.nn.pool",
    "tensorflow.raw_ops.Conv2D",
    "tensorflow.raw_ops.Conv2DBackpropFilter",
    "tensorflow.raw_ops.Conv2DBackpropInput",
    "tensorflow.raw_ops.MaxPool",
    "tensorflow.raw_ops.MaxPoolGrad",
    "tensorflow.GradientTape",
)


def ends(one):
    """Pixels of an image and of a filter, along both axes and with both paddings."""
    return [(n, k, padding) for n, k in ((one.h, one.kh), (one.w, one.kw)) for padding in ("valid", "same")]


def _places(n, k, s):
    return -(-n // s)


def _total(n, k, s):
    return (_places(n, k, s) - 1) * s + k - n


def _halves(total):
    return total // 2, total - total // 2


# wrong formulas: what they are for without padding and with it, and what is wrong with them
SIZES = (
    (
        "off-by-one",
        lambda n, k, s: (n - k) // s,
        _places,
        "without padding, the place where the filter begins is missing",
    ),
    (
        "rounding",
        lambda n, k, s: -(-(n - k) // s) + 1,
        _places,
        "without padding, places where the filter sticks out count",
    ),
    (
        "rounding",
        lambda n, k, s: round((n - k) / s) + 1,
        _places,
        "without padding, a quotient is rounded that should be cut",
    ),
    ("not-used", lambda n, k, s: n - k + 1, _places, "without padding, the stride is not used"),
    ("not-used", lambda n, k, s: n // s, _places, "without padding, the filter is not used"),
    (
        "parentheses",
        lambda n, k, s: (n - k + 1) // s,
        _places,
        "without padding, the 1 belongs outside of the quotient",
    ),
    ("rounding", None, lambda n, k, s: n // s, "with padding, the quotient is rounded down"),
    ("rounding", None, lambda n, k, s: round(n / s), "with padding, the quotient is rounded to the nearest"),
    ("off-by-one", None, lambda n, k, s: n // s + 1, "with padding, a stride that just fits counts twice"),
    ("not-used", None, lambda n, k, s: n, "with padding, the stride is not used"),
    ("not-used", None, lambda n, k, s: (n - k) // s + 1, "what is done with padding is the same as without it"),
    ("branches-swapped", _places, lambda n, k, s: (n - k) // s + 1, "the two kinds of padding are swapped"),
)
ZEROS = (
    ("order", lambda n, k, s, t: (t - t // 2, t // 2), "the odd zero comes before the image"),
    ("rounding", lambda n, k, s, t: (t // 2, t // 2), "of an odd number of zeros one is lost"),
    ("rounding", lambda n, k, s, t: (-(-t // 2), -(-t // 2)), "an odd number of zeros gets one more"),
    (
        "not-used",
        lambda n, k, s, t: ((k - 1) // 2, k // 2),
        "this is the rule for a stride of 1",
    ),
    ("not-used", lambda n, k, s, t: (k // 2, k // 2), "half of the filter comes on both sides, whatever the stride is"),
    (
        "missing-function",
        lambda n, k, s, t: _halves(_total(n, k, s)),
        "the total can be below 0",
    ),
    (
        "rounding",
        lambda n, k, s, t: (round(t / 2), t - round(t / 2)),
        "half of an odd number of zeros is rounded to the even number",
    ),
    (
        "rounding",
        lambda n, k, s, t: _halves(max((n // s - 1) * s + k - n, 0)),
        "the number of outputs is rounded down",
    ),
    ("doubled-factor", lambda n, k, s, t: (t, t), "all zeros come on both sides"),
    ("missing-factor", lambda n, k, s, t: (0, t), "all zeros come after the image"),
    ("arguments-swapped", lambda n, k, s, t: (t, 0), "all zeros come before the image"),
)


def check_whole(value, what):
    """That something is a whole number and no float, which no array can have as a size; gives it."""
    whole = type(value) is int or (isinstance(value, np.ndarray) and value.shape == () and value.dtype.kind in "iu")
    told = f"expected a whole number for {what}, you return {kind_of(value)}"
    check(whole or type(value) is not float, f"{told}, {value}", code="rounding")
    check(whole, told, code="kind")
    return int(value)


def check_sizes(student, cases):
    """That the places of a filter are right; a formula that gives all that came is told."""
    came = [check_whole(student.output_size(*case), f"output_size{case}") for case in cases]

    def all_by(valid, same):
        valid = valid or (lambda n, k, s: (n - k) // s + 1)
        return [(same if padding == "same" else valid)(n, k, s) for n, k, s, padding in cases]

    right = all_by(None, _places)
    for code, valid, same, why in SIZES:
        check(came == right or came != all_by(valid, same), f"the number of places is wrong: {why}", code=code)
    for case, mine, wanted in zip(cases, came, right, strict=True):
        check(mine == wanted, f"output_size{case} gives {mine}; expected {wanted}")


def check_zeros(student, reference, cases):
    """That the zeros before and after an image are right; a formula that gives all that came is told."""
    came = []
    for case in cases:
        pair = student.same_padding(*case)
        told = f"expected two whole numbers, zeros before and after; you return {kind_of(pair)}"
        check(type(pair) in (tuple, list) and len(pair) == 2, told, code="kind")
        came.append(tuple(check_whole(number, f"each of the two of same_padding{case}") for number in pair))

    def all_by(formula):
        return [formula(*case, max(_total(*case), 0)) for case in cases]

    right = [reference.same_padding(*case) for case in cases]
    for code, formula, why in ZEROS:
        check(came == right or came != all_by(formula), f"the zeros are wrong: {why}", code=code)
    for case, mine, wanted in zip(cases, came, right, strict=True):
        check(mine == wanted, f"same_padding{case} gives {mine}; expected {wanted}")


# wrong numbers by their names: what they are, and what is wrong with them
COUNTS = {
    "height": (
        ("arguments-swapped", lambda h, w, c, k, f, one: one["width"], "that is the width"),
        ("not-used", lambda h, w, c, k, f, one: h, "that is the height of the image"),
    ),
    "width": (
        ("arguments-swapped", lambda h, w, c, k, f, one: one["height"], "that is the height"),
        ("not-used", lambda h, w, c, k, f, one: w, "that is the width of the image"),
    ),
    "depth": (
        ("wrong-value", lambda h, w, c, k, f, one: c, "that is the number of channels that go in"),
        ("wrong-value", lambda h, w, c, k, f, one: c * f, "a filter makes one map of all channels together"),
    ),
    "products": (
        ("missing-factor", lambda h, w, c, k, f, one: k * k, "a filter is as deep as the image"),
        ("missing-factor", lambda h, w, c, k, f, one: k * c, "a filter has rows and columns"),
        ("extra-term", lambda h, w, c, k, f, one: k * k * c + 1, "a bias is no product"),
        ("wrong-count", lambda h, w, c, k, f, one: k * k * c * f, "these are the products of all filters"),
        (
            "wrong-count",
            lambda h, w, c, k, f, one: k * k * c * f * one["height"] * one["width"],
            "these are the products of the whole layer, and not of one number of the output",
        ),
    ),
    "parameters": (
        ("missing-term", lambda h, w, c, k, f, one: k * k * c * f, "the biases are missing"),
        ("parentheses", lambda h, w, c, k, f, one: k * k * c * f + 1, "each filter has a bias of its own"),
        ("wrong-value", lambda h, w, c, k, f, one: k * k * c * f + c, "filters have a bias, and channels have none"),
        ("missing-factor", lambda h, w, c, k, f, one: k * k * c + 1, "these are the parameters of one filter"),
        ("missing-factor", lambda h, w, c, k, f, one: (k * k + 1) * f, "a filter is as deep as the image"),
        (
            "wrong-count",
            lambda h, w, c, k, f, one: (k * k * c + 1) * f * one["height"] * one["width"],
            "all places share the parameters",
        ),
    ),
}


def check_counts(student, reference, cases):
    """That the counts of layers are right; for a number that is wrong in all of them, what it is instead is told."""
    came = []
    for case in cases:
        counts = student.layer_counts(*case)
        check(type(counts) is dict, f"expected a dict of five numbers, you return {kind_of(counts)}", code="kind")
        missing = [name for name in COUNTS if name not in counts]
        check(not missing, f"the dict that you return has no {' and no '.join(missing)}", code="missing-name")
        came.append({name: check_whole(counts[name], f'"{name}"') for name in COUNTS})
    right = [reference.layer_counts(*case) for case in cases]
    for name, formulas in COUNTS.items():
        mine, wanted = ([one[name] for one in counts] for counts in (came, right))
        for code, formula, why in formulas:
            wrong = [formula(*case[0], *case[1:3], one) for case, one in zip(cases, right, strict=True)]
            check(mine == wanted or mine != wrong, f'"{name}" is wrong: {why}', code=code)
        for case, one, other in zip(cases, mine, wanted, strict=True):
            check(one == other, f'"{name}" of layer_counts{case} is {one}; expected {other}')


def unpadded(problem):
    """The same images without padding, with a gradient of the size that comes out then."""
    return problem.extended(padding="valid", D=lambda one: one.upstream(one.kh, one.kw, one.f))


def pooled(problem, tied=False):
    """Images to pool, with the gradient of what comes out."""
    return problem.extended(
        padding="valid",
        X=lambda one: one.tied if tied else one.X,
        D=lambda one: one.upstream(one.size, one.size, one.c),
    )


def check_winners(student, problem):
    """That the first of the largest gets the gradient of a window; who gets it instead is told."""
    for one in problem:
        came = array_of(student.max_pool_backward(one.D, one.X, one.size, one.stride))
        right = unpooled(one, lambda flat: _first(_ties(flat)))
        for code, shares, why in WINNERS:
            other = unpooled(one, shares)
            same = np.shape(came) == other.shape and np.allclose(came, other) and not np.allclose(other, right)
            check(not same, f"in each window {why}", code=code)


def _first(found):
    return found & (np.cumsum(found, axis=1) == 1)


def _ties(flat):
    return flat == flat.max(axis=1, keepdims=True)


# who else may get the gradient, of windows laid out as (M, pixels, c)
WINNERS = (
    ("repeated-step", _ties, "each of several equal winners gets the whole gradient; expected only the first"),
    (
        "averaged",
        lambda flat: _ties(flat) / _ties(flat).sum(axis=1, keepdims=True),
        "equal winners share the gradient; expected all of it for the first",
    ),
    (
        "reversed",
        lambda flat: _first(_ties(flat)[:, ::-1])[:, ::-1],
        "the last of several equal winners gets the gradient; expected the first",
    ),
    (
        "other-function",
        lambda flat: _first(flat == flat.min(axis=1, keepdims=True)),
        "the smallest pixel gets the gradient; expected the largest",
    ),
    ("one-case", lambda flat: np.ones(flat.shape, bool), "every pixel gets the gradient; expected only the largest"),
)


def unpooled(one, shares):
    """The gradient by pooled images; `shares` says who gets which part, of windows laid out as (M, pixels, c)."""
    d_X = np.zeros_like(one.X)
    for i in range(one.D.shape[1]):
        for j in range(one.D.shape[2]):
            top, left = i * one.stride, j * one.stride
            place = np.s_[:, top : top + one.size, left : left + one.size]
            window = one.X[place]
            flat = window.reshape(one.M, -1, one.c)
            part = shares(flat) * one.D[:, i, j][:, None]
            d_X[place] += part.reshape(window.shape)
    return d_X
