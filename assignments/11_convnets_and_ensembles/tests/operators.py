"""Mistakes that convolutions invite, besides the general ones: what a student writes for the whole of a function."""

from common.other_texts import bodies


def filled(template, defaults, *rows):
    """A body for each row: a kind, and what is written in the place of some right parts."""
    return tuple((code, template.format(**{**defaults, **changes})) for code, changes in rows)


WINDOW = "[:, {i} : {i} + {kh}, {j} : {j} + {kw}]"
RIGHT_WINDOW = WINDOW.format(i="i * stride", j="j * stride", kh="kh", kw="kw")
OTHER_WINDOWS = (
    ("not-used", WINDOW.format(i="i", j="j", kh="kh", kw="kw")),
    ("not-used", WINDOW.format(i="i * stride", j="j", kh="kh", kw="kw")),
    ("not-used", WINDOW.format(i="i", j="j * stride", kh="kh", kw="kw")),
    ("wrong-value", WINDOW.format(i="i * kh", j="j * kw", kh="kh", kw="kw")),
)
# the zeros that the odd one comes before, and as many on both sides as are needed on one
OTHER_ZEROS = (
    ("order", "same_padding(h, kh, stride)[::-1]", "same_padding(w, kw, stride)[::-1]"),
    ("not-used", "same_padding(h, kh, 1)", "same_padding(w, kw, 1)"),
    ("arguments-swapped", "same_padding(h, kw, stride)", "same_padding(w, kh, stride)"),
    ("wrong-value", "(same_padding(h, kh, stride)[1],) * 2", "(same_padding(w, kw, stride)[1],) * 2"),
    ("wrong-value", "(0, kh)", "(0, kw)"),
    ("wrong-value", "(0, kh + stride)", "(0, kw + stride)"),
    ("wrong-value", "(kh // 2, kh)", "(kw // 2, kw)"),
)

CONV = """
(M, h, w, _), (kh, kw, _, f) = X.shape, W.shape
height, width = output_size(h, kh, stride, padding), output_size(w, kw, stride, padding)
if padding == "same":
    X = np.pad(X, ((0, 0), {rows}, {columns}, (0, 0)){mode})
Y = np.zeros((M, height, width, f))
for i in range(height):
    for j in range(width):
        Y[:, i, j] = {value}
return Y
"""
VALUE = "np.tensordot(X{window}, {W}, axes=3) + b"
CONV_PARTS = {
    "rows": "same_padding(h, kh, stride)",
    "columns": "same_padding(w, kw, stride)",
    "mode": "",
    "value": VALUE.format(window=RIGHT_WINDOW, W="W"),
}

BACK = """
(_, h, w, _), (kh, kw, _, _) = X.shape, W.shape
rows = columns = (0, 0)
if padding == "same":
    rows, columns = {zeros}
X = np.pad(X, ((0, 0), rows, columns, (0, 0)))
d_X, d_W = np.zeros_like(X), np.zeros_like(W)
for i in range(D.shape[1]):
    for j in range(D.shape[2]):
        window = np.s_{window}
        d_W {w_is} {w}
        d_X[window] {x_is} {x}
return {{"X": {cut}, "W": {result}, "b": {b}}}
"""
BACK_PARTS = {
    "zeros": "same_padding(h, kh, stride), same_padding(w, kw, stride)",
    "window": RIGHT_WINDOW,
    "w_is": "+=",
    "w": "np.tensordot(X[window], D[:, i, j], axes=(0, 0))",
    "x_is": "+=",
    "x": "np.tensordot(D[:, i, j], W, axes=(1, 3))",
    "cut": "d_X[:, rows[0] : rows[0] + h, columns[0] : columns[0] + w]",
    "result": "d_W",
    "b": "D.sum(axis=(0, 1, 2))",
}

POOL = """
M, h, w, c = X.shape
height, width = output_size(h, size, stride, "valid"), output_size(w, size, stride, "valid")
Y = {start}
for i in range(height):
    for j in range(width):
        Y[:, i, j] = {value}
return Y
"""
POOL_WINDOW = "X" + WINDOW.format(i="i * stride", j="j * stride", kh="size", kw="size")
POOL_PARTS = {"start": "np.zeros((M, height, width, c))", "value": f"{POOL_WINDOW}.max(axis=(1, 2))"}

UNPOOL = """
M, _, _, c = X.shape
d_X = np.zeros_like(X)
for i in range(D.shape[1]):
    for j in range(D.shape[2]):
        top, left = {top}, {left}
        window = X[:, top : top + size, left : left + size].reshape(M, size * size, c)
        winner = window.{arg}(axis=1)
        place = np.arange(M)[:, None], top + {row}, left + {column}, np.arange(c)
        d_X[place] {x_is} {value}
return d_X
"""
UNPOOL_PARTS = {
    "top": "i * stride",
    "left": "j * stride",
    "arg": "argmax",
    "row": "winner // size",
    "column": "winner % size",
    "x_is": "+=",
    "value": "D[:, i, j]",
}

CROPS = """
down, right = images.shape[1] - size, images.shape[2] - size
places = [{places}]
views = np.stack([images[:, top : top + size, left : left + size] for top, left in places])
return {whole} if mirror else {five}
"""
CROPS_PARTS = {
    "places": "(0, 0), (0, right), (down, 0), (down, right), (down // 2, right // 2)",
    "whole": "np.concatenate([views, views[:, :, :, ::-1]])",
    "five": "views",
}

COUNTS = """
height, width, channels = shape
products = {products}
return {{
    "height": {height},
    "width": {width},
    "depth": {depth},
    "products": {shown},
    "parameters": {parameters},
}}
"""
COUNTS_PARTS = {
    "height": "output_size(height, kernel, stride, padding)",
    "width": "output_size(width, kernel, stride, padding)",
    "depth": "filters",
    "products": "kernel * kernel * channels",
    "shown": "products",
    "parameters": "(products + 1) * filters",
}

SIZE = 'if padding == "same":\n    return {same}\nreturn {valid}'
SIZE_PARTS = {"same": "math.ceil(size / stride)", "valid": "(size - kernel) // stride + 1"}
ZEROS = "total = {total}\nreturn {result}"
ZEROS_PARTS = {
    "total": "max((math.ceil(size / stride) - 1) * stride + kernel - size, 0)",
    "result": "total // 2, total - total // 2",
}


def right(template, parts):
    return template.format(**parts).strip()


OPERATORS = (
    *bodies(
        "output_size",
        right(SIZE, SIZE_PARTS),
        *filled(
            SIZE,
            SIZE_PARTS,
            ("off-by-one", {"valid": "(size - kernel) // stride"}),
            ("parentheses", {"valid": "(size - kernel + 1) // stride"}),
            ("rounding", {"valid": "math.ceil((size - kernel) / stride) + 1"}),
            ("rounding", {"valid": "round((size - kernel) / stride) + 1"}),
            ("not-used", {"valid": "size - kernel + 1"}),
            ("not-used", {"valid": "size // stride"}),
            ("missing-term", {"valid": "(size - kernel // 2) // stride + 1"}),
            ("rounding", {"same": "size // stride"}),
            ("off-by-one", {"same": "size // stride + 1"}),
            ("not-used", {"same": "size"}),
            ("branches-swapped", {"same": SIZE_PARTS["valid"], "valid": SIZE_PARTS["same"]}),
            ("not-used", {"same": SIZE_PARTS["valid"]}),
        ),
    ),
    *bodies(
        "layer_counts",
        right(COUNTS, COUNTS_PARTS),
        *filled(
            COUNTS,
            COUNTS_PARTS,
            ("missing-factor", {"products": "kernel * kernel"}),
            ("missing-factor", {"products": "kernel * channels"}),
            ("missing-factor", {"parameters": "products + 1"}),
            ("missing-term", {"parameters": "products * filters"}),
            ("parentheses", {"parameters": "products * filters + 1"}),
            ("wrong-value", {"parameters": "products * filters + channels"}),
            ("extra-term", {"shown": "products + 1"}),
            ("doubled-factor", {"shown": "products * filters"}),
            ("wrong-value", {"depth": "channels"}),
            ("wrong-value", {"depth": "channels * filters"}),
            ("arguments-swapped", {"height": COUNTS_PARTS["width"], "width": COUNTS_PARTS["height"]}),
            ("not-used", {"height": "height", "width": "width"}),
        ),
    ),
    *bodies(
        "same_padding",
        right(ZEROS, ZEROS_PARTS),
        *filled(
            ZEROS,
            ZEROS_PARTS,
            ("order", {"result": "total - total // 2, total // 2"}),
            ("rounding", {"result": "total // 2, total // 2"}),
            ("rounding", {"result": "math.ceil(total / 2), math.ceil(total / 2)"}),
            ("not-used", {"total": "kernel - 1"}),
            ("missing-function", {"total": "(math.ceil(size / stride) - 1) * stride + kernel - size"}),
            ("rounding", {"total": "max((size // stride - 1) * stride + kernel - size, 0)"}),
            ("off-by-one", {"total": "max(math.ceil(size / stride) * stride + kernel - size, 0)"}),
            ("missing-factor", {"result": "0, total"}),
            ("arguments-swapped", {"result": "total, 0"}),
            ("doubled-factor", {"result": "total, total"}),
        ),
    ),
    *bodies(
        "conv2d",
        right(CONV, CONV_PARTS),
        *filled(
            CONV,
            CONV_PARTS,
            *((code, {"rows": rows, "columns": columns}) for code, rows, columns in OTHER_ZEROS),
            *((code, {"value": VALUE.format(window=window, W="W")}) for code, window in OTHER_WINDOWS),
            *(
                ("reversed", {"value": VALUE.format(window=RIGHT_WINDOW, W=f"W[{flipped}]")})
                for flipped in ("::-1, ::-1", "::-1", ":, ::-1")
            ),
            ("missing-term", {"value": f"np.tensordot(X{RIGHT_WINDOW}, W, axes=3)"}),
            ("missing-term", {"value": f"np.tensordot(X{RIGHT_WINDOW}[..., :1], W[:, :, :1], axes=3) + b"}),
            ("missing-term", {"value": f"np.tensordot(X{RIGHT_WINDOW}[..., -1:], W[:, :, -1:], axes=3) + b"}),
            ("sign", {"value": f"np.tensordot(X{RIGHT_WINDOW}, W, axes=3) - b"}),
            ("averaged", {"value": f"np.tensordot(X{RIGHT_WINDOW}, W, axes=3) / (kh * kw) + b"}),
            ("averaged", {"value": f"np.tensordot(X{RIGHT_WINDOW}, W, axes=3) / W[..., 0].size + b"}),
            ("averaged", {"value": f"np.tensordot(X{RIGHT_WINDOW}, W, axes=3) / X.shape[3] + b"}),
            ("misplaced-factor", {"value": f"np.tensordot(X{RIGHT_WINDOW}, W, axes=3) + b * X.shape[3]"}),
            ("misplaced-factor", {"value": f"np.tensordot(X{RIGHT_WINDOW}, W, axes=3) + b * W[..., 0].size"}),
            ("wrong-value", {"value": f"np.tensordot(X{RIGHT_WINDOW}, W, axes=3) + b.sum()"}),
            ("wrong-value", {"mode": ', mode="edge"'}),
            ("wrong-value", {"mode": ', mode="reflect"'}),
            ("wrong-value", {"mode": ', mode="wrap"'}),
            ("one-example", {"value": f"np.tensordot(X{RIGHT_WINDOW}[:1], W, axes=3) + b"}),
            ("extra-activation", {"value": f"np.maximum(np.tensordot(X{RIGHT_WINDOW}, W, axes=3) + b, 0)"}),
        ),
    ),
    *bodies(
        "conv2d_backward",
        right(BACK, BACK_PARTS),
        *filled(
            BACK,
            BACK_PARTS,
            *((code, {"zeros": f"{rows}, {columns}"}) for code, rows, columns in OTHER_ZEROS),
            *((code, {"window": window}) for code, window in OTHER_WINDOWS),
            ("accumulation", {"w_is": "="}),
            ("accumulation", {"x_is": "="}),
            ("accumulation", {"w_is": "=", "x_is": "="}),
            *(
                ("reversed", {"x": f"np.tensordot(D[:, i, j], W[{flipped}], axes=(1, 3))"})
                for flipped in ("::-1, ::-1", "::-1", ":, ::-1")
            ),
            ("reversed", {"result": "d_W[::-1, ::-1]"}),
            ("averaged", {"result": "d_W / len(X)"}),
            ("averaged", {"result": "d_W / len(X)", "b": "D.sum(axis=(0, 1, 2)) / len(X)"}),
            ("averaged", {"result": "d_W / (D.shape[1] * D.shape[2])"}),
            ("averaged", {"b": "D.mean(axis=(0, 1, 2))"}),
            ("averaged", {"b": "D.sum(axis=(0, 1, 2)) / len(X)"}),
            ("averaged", {"b": "D.sum(axis=(1, 2)).mean(axis=0)"}),
            ("averaged", {"b": "D.mean(axis=(1, 2)).sum(axis=0)"}),
            ("one-example", {"w": "np.tensordot(X[window][:1], D[:1, i, j], axes=(0, 0))"}),
            ("one-example", {"w": "np.tensordot(X[window][-1:], D[-1:, i, j], axes=(0, 0))"}),
            ("one-example", {"b": "D[0].sum(axis=(0, 1))"}),
            ("wrong-value", {"cut": "d_X[:, :h, :w]"}),
            ("wrong-value", {"cut": "d_X[:, -h:, -w:]"}),
            ("wrong-value", {"cut": "d_X[:, rows[1] : rows[1] + h, columns[1] : columns[1] + w]"}),
            ("missing-factor", {"x": "np.tensordot(np.ones_like(D[:, i, j]), W, axes=(1, 3))"}),
            ("missing-factor", {"w": "np.tensordot(X[window], np.ones_like(D[:, i, j]), axes=(0, 0))"}),
            ("zero", {"b": "np.zeros(W.shape[3])"}),
            ("missing-factor", {"b": "np.ones(W.shape[3])"}),
        ),
    ),
    *bodies(
        "max_pool",
        right(POOL, POOL_PARTS),
        *filled(
            POOL,
            POOL_PARTS,
            ("other-function", {"value": f"{POOL_WINDOW}.mean(axis=(1, 2))"}),
            ("other-function", {"value": f"{POOL_WINDOW}.min(axis=(1, 2))"}),
            ("other-function", {"value": f"{POOL_WINDOW}.sum(axis=(1, 2))"}),
            ("other-function", {"value": f"np.abs({POOL_WINDOW}).max(axis=(1, 2))"}),
            ("start-value", {"value": f"np.maximum({POOL_WINDOW}.max(axis=(1, 2)), 0)"}),
            ("axis", {"value": f"{POOL_WINDOW}.max(axis=(1, 2, 3))[:, None]"}),
            ("axis", {"value": f"{POOL_WINDOW}.max(axis=(0, 1, 2))"}),
            ("axis", {"value": f"{POOL_WINDOW}.max()"}),
            ("axis", {"value": f"{POOL_WINDOW}.max(axis=1)[:, 0]"}),
            ("axis", {"value": f"{POOL_WINDOW}.max(axis=2)[:, 0]"}),
            *(
                (code, {"value": f"X{WINDOW.format(i=i, j=j, kh=k, kw=k)}.max(axis=(1, 2))"})
                for code, i, j, k in (
                    ("not-used", "i", "j", "size"),
                    ("not-used", "i * size", "j * size", "size"),
                    ("not-used", "i * stride", "j * stride", "stride"),
                    ("off-by-one", "i * stride", "j * stride", "(size + 1)"),
                )
            ),
        ),
    ),
    *bodies(
        "max_pool_backward",
        right(UNPOOL, UNPOOL_PARTS),
        *filled(
            UNPOOL,
            UNPOOL_PARTS,
            ("accumulation", {"x_is": "="}),
            ("not-used", {"top": "i", "left": "j"}),
            ("other-function", {"arg": "argmin"}),
            ("operands-swapped", {"row": "winner % size", "column": "winner // size"}),
            ("wrong-value", {"row": "winner // stride", "column": "winner % stride"}),
            ("missing-factor", {"value": "1"}),
            ("not-differentiated", {"value": "D[:, i, j] * window.max(axis=1)"}),
        ),
    ),
    *bodies(
        "ten_crop",
        right(CROPS, CROPS_PARTS),
        *filled(
            CROPS,
            CROPS_PARTS,
            ("order", {"places": "(0, 0), (down, 0), (0, right), (down, right), (down // 2, right // 2)"}),
            ("order", {"places": "(down // 2, right // 2), (0, 0), (0, right), (down, 0), (down, right)"}),
            ("order", {"places": "(0, 0), (0, right), (down, right), (down, 0), (down // 2, right // 2)"}),
            (
                "rounding",
                {"places": "(0, 0), (0, right), (down, 0), (down, right), ((down + 1) // 2, (right + 1) // 2)"},
            ),
            (
                "off-by-one",
                {"places": "(0, 0), (0, right - 1), (down - 1, 0), (down - 1, right - 1), (down // 2, right // 2)"},
            ),
            ("axis", {"whole": "np.concatenate([views, views[:, :, ::-1]])"}),
            ("axis", {"whole": "np.concatenate([views, views[..., ::-1]])"}),
            ("axis", {"whole": "np.concatenate([views, views[:, ::-1]])"}),
            ("extra-function", {"whole": "np.concatenate([views, views[:, :, ::-1, ::-1]])"}),
            ("order", {"whole": "np.concatenate([views[:, :, :, ::-1], views])"}),
            ("order", {"whole": "np.stack([views, views[:, :, :, ::-1]], axis=1).reshape(10, *views.shape[1:])"}),
            ("order", {"whole": "np.concatenate([views, views[[1, 0, 3, 2, 4]][:, :, :, ::-1]])"}),
            ("missing-function", {"whole": "np.concatenate([views, views])"}),
            ("branches-swapped", {"whole": "views", "five": CROPS_PARTS["whole"]}),
        ),
    ),
)
