"""Mistakes that one neuron invites, besides the general ones: whole bodies of its functions, as students write them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial

from autograder.explain.mutation.operators import Context, Operator, Rewritten, rules

EPSILONS = ("1e-2", "1e-3", "1e-4", "1e-5", "1e-6", "1e-7", "1e-8", "1e-9", "1e-10", "1e-12", "1e-15", "1e-16")


def rewritten(name: str, body: str, function: ast.FunctionDef, context: Context) -> Iterator[Rewritten]:
    """The function of this name with another body."""
    if function.name == name:
        function.body = ast.parse(body).body
        yield Rewritten(function.lineno, function.name, body, function)


def bodies(doc: str, name: str, *rows: tuple[str, str]) -> tuple[Operator, ...]:
    """What the function of a name may look like with a mistake: code and body of each."""
    return tuple(Operator(code, doc, "right(a)", body, partial(rewritten, name, body)) for code, body in rows)


DESCENT = """
errors = []
for _ in range(epochs):
    {first} = {first} - learning_rate * error_gradients(x, y, w, b)["{first}"]
    {second} = {second} - learning_rate * error_gradients(x, y, w, b)["{second}"]
    errors.append(error(x, y, w, b))
return w, b, errors
"""
STARTS = """
w, b = {start}
errors = []
for _ in range(epochs):
    gradients = error_gradients(x, y, w, b)
    w, b = w - learning_rate * gradients["w"], b - learning_rate * gradients["b"]
    errors.append(error(x, y, w, b))
return w, b, errors
"""
SLOPES = """
f = sigmoid(w * x + b)
d = (f - y) * f * (1 - f)
return {{"w": float(d[{place}] * x[{place}]), "b": float(d[{place}])}}
"""
GRADIENT = """
D = (predict_proba(X, w, b) - Y) / len(Y)
return {{"w": X[{rows}].T @ D[{rows}], "b": float(np.sum(D[{rows}]))}}
"""
CLIPPED = """
p = np.clip(Y_hat, {epsilon}, 1 - {epsilon})
return float(-np.mean(Y * np.log(p) + (1 - Y) * np.log(1 - p)))
"""
ADDED = "return float(-np.mean(Y * np.log(Y_hat + {epsilon}) + (1 - Y) * np.log(1 - Y_hat + {epsilon})))"
FLAT = """
Y = np.ravel(Y)
tiny = np.finfo(float).tiny
terms = Y * np.log(np.maximum(Y_hat, tiny)) + (1 - Y) * np.log(np.maximum(1 - Y_hat, tiny))
return float(-np.{end})
"""
SLIDE = """
fx = predict_proba(X, w, b)
loss = 0.0
for y in Y:
    loss = loss - (1 / len(X)) * np.log(1 - fx if y == 0 else fx)
return float({end})
"""
OVERWRITTEN = """
for fx, y in zip(predict_proba(X, w, b), Y):
    loss = -(1 / len(X)) * np.log(1 - fx if y == 0 else fx)
return float(np.sum(loss))
"""
SCALED = """
{before}
deviation = np.where(deviation > 0, deviation, 1)
return {train}, {test}
"""
OF_TRAIN = "mean = np.mean(train, axis=0)\ndeviation = np.std(train, axis=0)"
TRAINED = """
w, b, losses = {start}, 0.0, []
for _ in range(epochs):
    {epoch}
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        batch = order[start : start + batch_size]
        {batch}
        step = gradients(X[batch], Y[batch], {place})
        w = w - learning_rate{rate} * step["w"]
        b = b - learning_rate{rate} * step["b"]
    losses.append({loss})
return w, b, losses
"""
RIGHT = {
    "start": "np.zeros((X.shape[1], 1))",
    "epoch": "pass",
    "batch": "pass",
    "place": "w, b",
    "rate": "",
    "loss": "bce_loss(predict_proba(X, w, b), Y)",
}


def trained(**changes: str) -> str:
    return TRAINED.format(**RIGHT | changes)


LOSS_OF_BATCH = "parts.append(bce_loss(predict_proba(X[batch], w, b), Y[batch]))"

OPERATORS = (
    *bodies(
        "A score becomes another answer than 0 or 1, or none.",
        "perceptron",
        ("branches-swapped", "return (X @ w + b < 0).astype(float)"),
        ("missing-step", "return X @ w + b"),
        ("other-function", "return np.sign(X @ w + b)"),
        ("constant", "return np.where(X @ w + b >= 0, 1.0, -1.0)"),
        ("other-activation", "return 1 / (1 + np.exp(-(X @ w + b)))"),
    ),
    *bodies(
        "A sigmoid lacks its 1, or flattens what is not flat.",
        "sigmoid",
        ("missing-term", "return np.exp(z)"),
        *(("clipped", f"return 1 / (1 + np.exp(-np.clip(z, -{limit}, {limit})))") for limit in (10, 20)),
    ),
    *bodies(
        "Half of a sum is taken for a mean.",
        "error",
        ("other-function", "return float(np.mean((sigmoid(w * x + b) - y) ** 2))"),
        ("other-function", "return float(np.sqrt(np.sum((sigmoid(w * x + b) - y) ** 2)))"),
    ),
    *bodies(
        "A loop over the examples keeps one of them.",
        "error_gradients",
        ("accumulation", SLOPES.format(place=-1)),
        ("early-end", SLOPES.format(place=0)),
    ),
    *rules(
        "A derivative is taken at the score, or by the wrong thing.",
        ("derivative-value", "a * f * (1 - f)", "a * (w * x + b) * (1 - (w * x + b))"),
        ("wrong-value", "sum(slope * x)", "sum(slope * w)"),
        ("wrong-value", "error(x, y, w, b)", "w"),
        ("wrong-value", "error(x, y, w, b)", "b"),
    ),
    *bodies(
        "One of the two moves before the other one's derivative is taken.",
        "descend",
        ("stale-value", DESCENT.format(first="w", second="b")),
        ("stale-value", DESCENT.format(first="b", second="w")),
    ),
    *bodies(
        "The start is the lecture's, or zero, whatever was given.",
        "descend",
        ("hard-coded", STARTS.format(start="-2.0, -2.0")),
        ("hard-coded", STARTS.format(start="0.0, 0.0")),
    ),
    *rules(
        "A probability is rounded to a label.", ("extra-function", "sigmoid(X @ w + b)", "np.round(sigmoid(X @ w + b))")
    ),
    *(
        operator
        for epsilon in EPSILONS
        for operator in bodies(
            "A small number against log 0 is so large that it is seen.",
            "bce_loss",
            ("epsilon", CLIPPED.format(epsilon=epsilon)),
            ("epsilon", ADDED.format(epsilon=epsilon)),
        )
    ),
    *bodies(
        "A loss is another one.",
        "bce_loss",
        ("other-function", "return float(np.mean((Y_hat - Y) ** 2))"),
        ("other-function", "return float(np.sum((Y_hat - Y) ** 2) / 2)"),
        ("other-function", "return float(np.mean(np.abs(Y_hat - Y)))"),
        ("other-function", "return float(np.mean((Y_hat >= 0.5) == Y))"),
        ("missing-function", "return float(-np.mean(Y * Y_hat + (1 - Y) * (1 - Y_hat)))"),
        ("broadcast", FLAT.format(end="mean(terms)")),
        ("broadcast", FLAT.format(end="sum(terms) / len(Y)")),
    ),
    *bodies(
        "The neuron is asked about all of X for each x, as on the slide.",
        "slide_loss",
        *(
            ("wrong-value", SLIDE.format(end=end))
            for end in ("np.mean(loss)", "np.sum(loss)", "loss[0, 0]", "loss[-1, 0]")
        ),
    ),
    *bodies("A loop over the examples keeps one of them.", "slide_loss", ("accumulation", OVERWRITTEN)),
    *bodies(
        "A loop over the examples keeps one of them.",
        "gradients",
        ("accumulation", GRADIENT.format(rows="-1:")),
        ("early-end", GRADIENT.format(rows=":1")),
    ),
    *rules(
        "The error of a prediction has another form.",
        ("extra-function", "predict_proba(X, w, b) - Y", "np.abs(predict_proba(X, w, b) - Y)"),
        ("extra-function", "predict_proba(X, w, b) - Y", "np.round(predict_proba(X, w, b)) - Y"),
    ),
    *bodies(
        "Features are scaled by the wrong numbers, or by others.",
        "standardize",
        *(
            (code, SCALED.format(before=before, train=train, test=test))
            for code, before, train, test in (
                (
                    "wrong-source",
                    OF_TRAIN,
                    "(train - mean) / deviation",
                    "(test - np.mean(test, axis=0)) / np.where(np.std(test, axis=0) > 0, np.std(test, axis=0), 1)",
                ),
                (
                    "wrong-source",
                    "both = np.concatenate([train, test])\n" + OF_TRAIN.replace("train", "both"),
                    "(train - mean) / deviation",
                    "(test - mean) / deviation",
                ),
                (
                    "other-function",
                    "mean = np.min(train, axis=0)\ndeviation = np.max(train, axis=0) - mean",
                    "(train - mean) / deviation",
                    "(test - mean) / deviation",
                ),
                (
                    "other-function",
                    "mean = np.mean(train, axis=0)\ndeviation = np.max(train, axis=0) - np.min(train, axis=0)",
                    "(train - mean) / deviation",
                    "(test - mean) / deviation",
                ),
                (
                    "axis",
                    "mean, deviation = np.mean(train), np.std(train)",
                    "(train - mean) / deviation",
                    "(test - mean) / deviation",
                ),
                ("parentheses", OF_TRAIN, "train - mean / deviation", "test - mean / deviation"),
                ("missing-step", OF_TRAIN, "train - mean", "test - mean"),
                ("missing-step", OF_TRAIN, "train / deviation", "test / deviation"),
                ("missing-step", OF_TRAIN, "(train - mean) / deviation", "test"),
            )
        ),
    ),
    *(
        operator
        for epsilon in EPSILONS[2:]
        for operator in bodies(
            "A small number is added to each deviation.",
            "standardize",
            (
                "epsilon",
                f"{OF_TRAIN} + {epsilon}\nreturn (train - mean) / deviation, (test - mean) / deviation",
            ),
        )
    ),
    *bodies(
        "Weights start at random numbers.",
        "train",
        ("distribution", trained(start="rng.normal(size=(X.shape[1], 1))")),
        ("distribution", trained(start="rng.uniform(size=(X.shape[1], 1))")),
        ("distribution", trained(start="0.01 * rng.normal(size=(X.shape[1], 1))")),
    ),
    *bodies(
        "Losses are those of batches.",
        "train",
        ("batch-losses", trained(loss="bce_loss(predict_proba(X[batch], w, b), Y[batch])")),
        ("batch-losses", trained(epoch="parts = []", batch=LOSS_OF_BATCH, loss="float(np.mean(parts))")),
        ("batch-losses", trained(epoch="parts = []", batch=LOSS_OF_BATCH, loss="parts[-1]")),
    ),
    *bodies(
        "All gradients of an epoch are taken where it begins.",
        "train",
        ("stale-value", trained(epoch="before = w, b", place="*before")),
    ),
    *bodies(
        "A step is divided by the size of its batch again.", "train", ("mean-twice", trained(rate=" / len(batch)"))
    ),
)
