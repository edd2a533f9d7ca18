"""Checks of Keras models: their layers, what they compute, their loss, their optimizer and their training."""

import itertools
import math

import numpy as np
from common.sequential import ACTIVATIONS, builder, optimizer, outputs_of

from autograder.testing import (
    CheckFailed,
    Remote,
    Tensor,
    array_of,
    assert_close,
    check,
    derived_seed,
    kind_of,
    number_of,
)
from tfkit.data import load_mnist_5k


def described(n, layers, bias=True, start="GlorotUniform", **compiled):
    """A `Sequential` that is built in the process of the submission: `layers` are pairs (units, activation)."""
    return builder(n, [(*layer, start) for layer in layers], bias, **compiled).then("__call__")


def shapes_in_words(shapes):
    return ", ".join(map(str, shapes))[:120] or "none"


def check_model(model):
    """That something is a Keras model with weights; gives them."""
    check(hasattr(model, "get_weights"), f"expected a keras.Sequential, you return {kind_of(model)}", code="kind")
    weights = model.get_weights()
    told = "the model has no weights yet, because it does not know its number of features"
    check(type(weights) is list and len(weights) > 0, told, code="missing-step")
    return [np.asarray(array_of(weight)) for weight in weights]


def check_layers(model, sizes):
    """That a model has the weights of these sizes, first to last, kernels and biases; gives them."""
    weights = check_model(model)
    kernels = list(itertools.pairwise(sizes))
    wanted = [shape for pair in kernels for shape in (pair, pair[1:])]
    found = [weight.shape for weight in weights]
    told = f"the weights have the shapes {shapes_in_words(found)}; expected {shapes_in_words(wanted)}"
    check(found != kernels, f"{told}: the layers have no biases", code="missing-term")
    check(len(found) >= len(wanted), f"{told}: there are too few layers", code="missing-term")
    check(len(found) <= len(wanted), f"{told}: there are too many layers", code="extra-term")
    check(found == wanted, told, code="shape")
    return weights


def check_outputs(model, X, weights, activations):
    """That a model computes what layers with these activations compute from these weights."""
    received = model(Tensor(np.asarray(X, np.float32)))
    came = np.asarray(array_of(received))
    expected = outputs_of(X, weights, activations)
    check(
        came.shape == expected.shape,
        f"expected outputs of shape {expected.shape}, yours are {came.shape}",
        code="shape",
    )
    if np.allclose(came, expected, atol=1e-5):
        return
    hidden, last = activations[:-1], activations[-1]
    others = [[name] * len(hidden) for name in ACTIVATIONS if hidden and name != hidden[0]]
    # only the first, or only the last, hidden layer has its activation
    others += [[*hidden[:-1], "linear"], [hidden[0], *["linear"] * (len(hidden) - 1)]] if len(hidden) > 1 else []
    for inner in [list(hidden), *others]:
        for outer in ACTIVATIONS:
            if np.allclose(came, outputs_of(X, weights, [*inner, outer]), atol=1e-5):
                yours = [f"{' and '.join(dict.fromkeys(inner))} in the hidden layers"] if inner else []
                right = [f"{hidden[0]} in the hidden layers"] if hidden else []
                if inner != list(hidden):
                    code = "missing-activation" if "linear" in inner else "other-activation"
                elif last == "linear":
                    code = "extra-activation"
                else:
                    code = "missing-activation" if outer == "linear" else "other-activation"
                yours, right = (
                    " and ".join([*one, f"{name} at the output"]) for one, name in ((yours, outer), (right, last))
                )
                check(False, f"the activations are {yours}; expected {right}", code=code)
    assert_close(received, expected, "the model's output", given=expected.astype(np.float32))


def check_built(model, one, sizes, activations):
    """That a new model has these layers, random weights, biases of zero, and computes what it should."""
    check(
        getattr(model, "type", "") == "Sequential",
        f"expected a keras.Sequential, you return {kind_of(model)}",
        code="kind",
    )
    weights = check_layers(model, sizes)
    for W, b in zip(weights[::2], weights[1::2], strict=True):
        check(W.size == 1 or bool(np.ptp(W) > 0), "all weights of a layer are equal", code="zero")
        check(not b.any(), "the biases of a new layer are not zero", code="distribution")
    rng = one.rng("weights")
    # scores of about 1 in every layer tell the activations apart
    set_to = [rng.normal(size=weight.shape) * 1.3 / math.sqrt(max(weight.shape[0], 2)) for weight in weights]
    model.set_weights([weight.astype(np.float32) for weight in set_to])
    check_outputs(model, one.X, set_to, activations)


def check_copied(student, one):
    """That parameters are copied into a model, each into its place."""
    model = student.make(described(one.n, [(one.h, "sigmoid"), (one.k, "linear")]))
    rng = one.rng("before")
    before = [rng.normal(size=np.shape(weight)).astype(np.float32) for weight in model.get_weights()]
    model.set_weights(before)
    student.copy_params(model, one.params)
    names = list(one.params)
    after = {name: np.asarray(array_of(came)) for name, came in zip(names, model.get_weights(), strict=True)}
    untouched = [name for name, old in zip(names, before, strict=True) if np.array_equal(after[name], old)]
    told = f"in the model, {' and '.join(untouched)} {'is' if len(untouched) == 1 else 'are'} as before the call"
    check(not untouched, told, share=0.5 if len(untouched) < 3 else 0, code="missing-step")
    right = {name: value[0] if name in ("b1", "b2") else value for name, value in one.params.items()}
    assert_close(after, right, "", given={name: value.astype(np.float32) for name, value in right.items()})


def check_rates(student, learning_rate, batch_size, k):
    """That the rates of two programs are right, or what is wrong with both."""
    received = student.equal_rates(learning_rate, batch_size, k)
    check(type(received) is dict, f"expected a dict of two rates, you return {kind_of(received)}", code="kind")
    for name in ("tape", "keras"):
        check(name in received, f'the dict that you return has no "{name}"', code="missing-name")
    rates = [number_of(received[name]) for name in ("tape", "keras")]
    check(None not in rates, "expected a number for each program", code="kind")
    eta, B = learning_rate, batch_size
    right = (eta * k / B, eta * k)

    def are(*others):
        return np.allclose(rates, others, rtol=1e-9) and not np.allclose(others, right, rtol=1e-9)

    check(not are(*right[::-1]), "each program has the other one's rate", code="arguments-swapped")
    without = are(eta / B, eta) or are(eta, eta)
    check(not without, "something that makes the losses differ is left out of both rates", code="missing-factor")
    twice = are(right[0], right[0])
    check(not twice, "Keras divides by the batch, as you do: no rate makes up for that", code="mean-twice")
    turned = are(eta * B / k, eta / k) or are(eta * B * k, eta * k) or are(eta / B / k, eta / k) or are(eta * B, eta)
    told = "a quotient is turned over: the program whose gradient is larger needs the smaller rate"
    check(not turned, told, code="operands-swapped")
    assert_close(dict(zip(("tape", "keras"), rates, strict=True)), dict(zip(("tape", "keras"), right, strict=True)), "")


def check_squared_error(model, Y, Y_hat):
    """That the loss of a compiled model is the squared error, summed over the outputs, its mean over the examples."""
    check(model.read("compiled") is True, "the model is not compiled after the call", code="missing-step")
    given = [Tensor(np.asarray(part, np.float32)) for part in (Y, Y_hat)]
    received = model.compute_loss(None, *given)
    E, (M, k) = Y_hat - Y, Y.shape
    right = float(np.sum(E**2) / M)
    number = array_of(received)
    loss = float(number) if np.ndim(number) == 0 and np.asarray(number).dtype.kind == "f" else math.nan
    known = {
        "mean-over-outputs": (right / k, "it is the mean over the outputs too"),
        "missing-mean": (right * M, "the mean over the examples is missing"),
        "wrong-count": (right * M / k, "it is the mean over the outputs, and the sum over the examples"),
        "factor-half": (right / 2, "half of it"),
        "factor-two": (right * 2, "twice of it"),
        "other-function": (float(np.abs(E).sum() / M), "the errors are not squared"),
        "extra-function": (float(np.sqrt((E**2).sum(axis=1)).mean()), "there is a root"),
        "sign": (-right, "its sign is flipped"),
        "one-output": (float((E[:, 0] ** 2).mean()), "only one output counts"),
    }
    for code, (value, why) in known.items():
        if k > 1 or M > 1:
            same = math.isclose(loss, value, rel_tol=1e-4) and not math.isclose(right, value, rel_tol=1e-4)
            check(not same, f"the compiled loss is not the one that was asked for: {why}", code=code)
    assert_close(received, right, "the compiled loss", given=np.float32(right), single=True)


def check_plain_descent(model, learning_rate):
    """That the optimizer of a model is SGD with this rate and no momentum."""
    optimizer = model.read("optimizer")
    name = getattr(optimizer, "type", "none")
    check(name == "SGD", f"the optimizer is {name}; expected SGD", code="other-function")
    rate = float(array_of(optimizer.read("learning_rate").numpy()))
    told = f"the learning rate of the optimizer is {rate:.4g}; expected the one that is given, {learning_rate:.4g}"
    right = math.isclose(rate, learning_rate, rel_tol=1e-5)
    default = math.isclose(rate, 0.01, rel_tol=1e-5)
    check(right, told, code="not-used" if default else "constant")
    momentum = optimizer.read("momentum")
    check(momentum == 0, f"the optimizer has a momentum of {momentum}; expected none", code="extra-term")


TASKS = {
    "regression": ("linear", "mean_squared_error"),
    "binary": ("sigmoid", "binary_crossentropy"),
    "multi-class": ("softmax", "categorical_crossentropy"),
    "multi-label": ("sigmoid", "binary_crossentropy"),
}


def targets(task, rng, M, k):
    """Targets as a task has them."""
    if task == "regression":
        return rng.normal(size=(M, k))
    if task == "multi-class":
        return np.eye(k)[np.arange(M) % k]
    return (rng.uniform(size=(M, k)) < 0.4).astype(np.float64)


def loss_of(name, Y, P):
    """Losses as Keras computes them, the mean over the examples."""
    with np.errstate(all="ignore"):
        if name == "mean_squared_error":
            return np.mean((Y - P) ** 2)
        if name == "binary_crossentropy":
            return np.mean(-Y * np.log(P) - (1 - Y) * np.log(1 - P))
        return np.mean(np.sum(-Y * np.log(P / P.sum(axis=1, keepdims=True)), axis=1))


def check_output_layer(student, one, task, k):
    """That the layer for a task has the right outputs, and that its loss fits."""
    given = student.output_layer(task, k)
    pair = type(given) in (tuple, list) and len(given) == 2
    check(pair, f"{task}: you return {kind_of(given)}; expected a layer and a loss", code="kind")
    layer, loss = given
    told = f"{task}: the first value you return is {kind_of(layer)}; expected a Dense layer"
    check(getattr(layer, "type", "") == "Dense", told, code="kind")
    rng = one.rng(task)
    X = rng.normal(size=(one.M, one.n))
    W, b = rng.normal(size=(one.n, k)) / math.sqrt(one.n), 0.5 * rng.normal(size=k)
    X32 = Tensor(X.astype(np.float32))
    found = np.asarray(array_of(layer(X32))).shape
    told = f"{task}: the outputs have the shape {found}; expected {(one.M, k)}"
    check(found == (one.M, k), told, code="shape")
    layer.set_weights([W.astype(np.float32), b.astype(np.float32)])
    P = np.asarray(array_of(layer(X32)), np.float64)
    wanted, wanted_loss = TASKS[task]
    fits = {name: np.allclose(P, ACTIVATIONS[name](X @ W + b), atol=1e-5) for name in ACTIVATIONS}
    name = next((name for name, fit in fits.items() if fit), "another")
    told = f"{task}: the activation of the output layer is {name}; expected {wanted}"
    code = (
        "extra-activation" if wanted == "linear" else "missing-activation" if name == "linear" else "other-activation"
    )
    check(fits[wanted], told, code=code)
    Y = targets(task, rng, one.M, k)
    compute = loss if hasattr(loss, "handle") else student.make(Remote("keras.losses.get", loss))
    compute = compute() if compute.type in ("type", "ABCMeta") else compute  # a class, which `compile` takes as well
    try:
        came = array_of(compute(Tensor(Y.astype(np.float32)), Tensor(P.astype(np.float32))))
        came = float(np.mean(np.asarray(came, np.float64)))
    except (CheckFailed, TypeError, ValueError):
        came = None
    check(
        came is not None,
        f"{task}: the loss takes no targets of shape {Y.shape}; expected {wanted_loss}",
        code="other-function",
    )
    right = math.isclose(came, loss_of(wanted_loss, Y, P), rel_tol=1e-4)
    others = [name for name in dict.fromkeys(loss for _, loss in TASKS.values()) if name != wanted_loss]
    instead = next((name for name in others if math.isclose(came, loss_of(name, Y, P), rel_tol=1e-4)), "")
    told = f"{task}: the loss is {instead or 'another one'}; expected {wanted_loss}"
    check(right, told, code="other-function")


def check_output_layers(student, cases, unknown):
    """That the layers of several tasks are right, and that an unknown task raises a ValueError.

    All tasks that are wrong are told. Of the points half is earned at most, and a quarter for each task that is right.

    Args:
        student: The submission.
        cases: For each call the inputs, the task and the number of outputs.
        unknown: A task that there is not.
    """
    wrong = {}
    for one, task, k in cases:
        if task not in wrong:
            try:
                check_output_layer(student, one, task, k)
            except CheckFailed as failure:
                wrong[task] = failure
    right = [task for task in TASKS if task not in wrong]
    if not right and all(failure.outcome == "error" for failure in wrong.values()):
        # what it raises for every task, it raises for one reason
        raise next(iter(wrong.values()))
    try:
        student.output_layer(unknown, 2)
        check(False, f"{unknown}: this is not one of the four tasks; expected a ValueError", code="one-case")
    except CheckFailed as failure:
        fact = failure.facts[0]
        if fact.kind != "raised" or fact.values["error"] != "ValueError":
            wrong[unknown] = failure
    if wrong:
        facts = [fact for failure in wrong.values() for fact in failure.facts]
        if right:
            one = len(right) == 1
            named = right[0] if one else f"{', '.join(right[:-1])} and {right[-1]}"
            facts += CheckFailed(f"{named} {'is' if one else 'are'} right.").facts
        raise CheckFailed(facts, share=min(0.5, len(right) / len(TASKS)))


def linear_training(W, X, Y, X_val, Y_val, epochs, batch_size, learning_rate):
    """Losses and weights of a linear layer that is trained by plain gradient descent, after each epoch.

    The order of examples must not matter: one batch holds them all, or they are all the same.
    """
    history, weights = {"loss": [], "val_loss": []}, []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(X), batch_size):
            rows = slice(start, start + batch_size)
            E = X[rows] @ W - Y[rows]
            total += float(np.mean(E**2)) * len(E)
            W = W - learning_rate * 2 / E.size * X[rows].T @ E
        history["loss"].append(total / len(X))
        history["val_loss"].append(float(np.mean((X_val @ W - Y_val) ** 2)))
        weights.append(W)
    return history, weights


def check_keeps_best(student, one, batch_size=None, same_rows=False):
    """That a training has the history it should have, and ends with the weights of the best epoch.

    The validation targets are met half way, so that the best epoch is one in the middle.
    """
    rng = one.rng(f"training {batch_size}")
    rate, M_val = 0.15 * one.k, one.M + 2
    for _ in range(1000):
        X, X_val = rng.normal(size=(one.M, one.n)), rng.normal(size=(M_val, one.n))
        X[:] = X[:1] * 0.6 / np.linalg.norm(X[:1]) if same_rows else X
        true = rng.normal(size=(one.n, one.k))
        Y, Y_val = X @ true, X_val @ true * 0.7
        if same_rows:
            X_val, Y_val = X[: one.M - 1], Y[: one.M - 1] * 0.7
        given = [part.astype(np.float32) for part in (X, Y, X_val, Y_val)]
        size = batch_size or one.M
        history, weights = linear_training(
            np.zeros_like(true), *[part.astype(np.float64) for part in given], one.epochs, size, rate
        )
        best = int(np.argmin(history["val_loss"]))
        # neither the first nor one of the last, and clearly the best
        gap = np.sort(history["val_loss"])[1] / history["val_loss"][best]
        if 1 <= best <= one.epochs - 3 and gap > 1.01 and np.isfinite(history["loss"]).all():
            break
    model = student.make(
        described(one.n, [(one.k, "linear")], bias=False, start="Zeros", optimizer=optimizer("SGD", rate), loss="mse")
    )
    received = student.keep_best(model, *given, one.epochs, size)
    check(type(received) is dict, f"you return {kind_of(received)}; expected the history, a dict", code="kind")
    for name, right in history.items():
        check(name in received, f'the history has no "{name}"', code="missing-name")
        values = received[name]
        told = f'"{name}" is {kind_of(values)}; expected a list of {one.epochs} numbers'
        check(type(values) in (list, tuple), told, code="kind")
        told = f'"{name}" has {len(values)} entries; expected one for each of the {one.epochs} epochs'
        check(len(values) >= one.epochs, told, code="early-end")
        check(len(values) == one.epochs, told, code="repeated-step")
        if name == "val_loss":
            on_training, _ = linear_training(np.zeros_like(true), X, Y, X, Y, one.epochs, size, rate)
            same = np.allclose(np.asarray(values, np.float64), on_training["val_loss"], rtol=1e-3)
            check(not same, '"val_loss" is the loss on the training examples', code="wrong-source")
        assert_close(list(values), right, f'"{name}"', given=right, single=True)
    (W,) = model.get_weights()
    W = np.asarray(W, np.float64)

    def is_of(epoch):
        return np.allclose(W, weights[epoch], rtol=1e-3, atol=1e-4)

    if is_of(best):
        return
    told = f"{{}}; expected those of epoch {best + 1}, whose validation loss is the lowest"
    check(not is_of(-1), told.format("after training the weights are those of the last epoch"), code="missing-step")
    worst = int(np.argmax(history["val_loss"]))
    check(not is_of(worst), told.format("the weights are those of the worst epoch"), code="flag")
    for other in (best - 1, best + 1):
        check(not is_of(other), told.format(f"the weights are those of epoch {other + 1}"), code="off-by-one")
    check(bool(np.any(W)), told.format("the weights are those from before training"), code="start-value")
    check(False, told.format("the weights are those of no best epoch"), code="stale-value")


def digits(seed, *sizes):
    """Digits that no file holds, sorted by class: the classes renamed, each image of another contrast."""
    rng = np.random.default_rng(derived_seed(seed, "digits"))
    mnist = load_mnist_5k()
    images = np.rint(mnist.X * rng.uniform(0.8, 1, (len(mnist.X), 1))).astype(np.uint8).reshape(-1, 28, 28)
    labels = rng.permutation(10)[mnist.Y.argmax(axis=1)]
    parts = np.split(rng.permutation(len(images))[: sum(sizes)], np.cumsum(sizes)[:-1])
    return [(images[part], labels[part]) for part in (rows[np.argsort(labels[rows], kind="stable")] for rows in parts)]


def accuracy(labels, predictions):
    """The part of the examples whose largest output stands at their class."""
    return float(np.mean(np.reshape(predictions, (len(labels), -1)).argmax(axis=1) == labels))
