"""Checks of snapshots: the weights of a model at the end of each cycle of its learning rate."""

import math

import numpy as np
from common.image_arrays import array_from
from common.keras_models import described, optimizer

from autograder.testing import assert_close, check, kind_of

MOMENTUM = 0.5


def descent(W, X, Y, rates, forget=0):
    """Weights of a linear layer after each step of SGD with momentum, all of which see the same mean squared error.

    With `forget`, the velocity is lost each time after so many steps.
    """
    found, velocity = [], np.zeros_like(W)
    for step, rate in enumerate(rates):
        velocity = np.zeros_like(W) if forget and step % forget == 0 else velocity
        velocity = MOMENTUM * velocity - rate * 2 / Y.size * X.T @ (X @ W - Y)
        W = W + velocity
        found.append(W)
    return found


def check_snapshots(student, one, epochs, batch_size, cycles=3, trained=False):
    """That the snapshots of a training are those of a rate that falls along half a cosine in each cycle.

    Either one batch holds all examples or they are all the same, so that their order does not matter. With momentum
    the order of the rates does.
    """
    rng, M, n, k = one.rng(f"snapshots {epochs}"), one.M, one.c, one.f
    X = rng.normal(size=(M, n))
    X = (
        X / np.linalg.norm(X, axis=1, keepdims=True)
        if batch_size >= M
        else np.repeat(X[:1] / np.linalg.norm(X[:1]), M, axis=0)
    )
    Y = X @ rng.normal(size=(n, k))
    X, Y = X.astype(np.float32), Y.astype(np.float32)
    per_epoch = math.ceil(M / batch_size)
    steps = epochs * per_epoch
    high, own = one.own(11, 13) / 8 * k / steps * (1 if batch_size >= M else 0.4), 1 / 64
    sgd = optimizer("SGD", own)
    sgd["config"]["momentum"] = MOMENTUM
    model = student.make(described(n, [(k, "linear")], bias=False, start="Zeros", optimizer=sgd, loss="mse"))
    start = np.zeros((n, k))
    if trained:
        start = rng.normal(size=(n, k)).astype(np.float32)
        model.set_weights([start])
        model.read("optimizer.iterations").assign(5)
    received = student.snapshot_ensemble(model, X, Y, cycles, epochs, high, batch_size)
    snapshots = _snapshots(received, cycles, (n, k))
    wide = X.astype(np.float64), Y.astype(np.float64)

    def ends(rates, forget=0):
        """The weights at the end of each cycle."""
        return np.stack(descent(start, *wide, rates, forget)[steps - 1 :: steps])

    t, all_steps = np.arange(cycles * steps), cycles * steps
    place = t % steps

    def cosine(part):
        return high / 2 * (1 + np.cos(np.pi * part))

    right = ends(cosine(place / steps))
    short = max(epochs * (M // batch_size), 1)
    rates = (
        (
            "missing-step",
            cosine(t / all_steps),
            "the rate falls once over the whole training, and does not jump up again",
        ),
        ("missing-step", cosine(np.minimum(t / steps, 1)), "the rate does not jump up again after the first cycle"),
        ("not-used", np.full(all_steps, high), "the rate stays where it is"),
        ("not-used", np.full(all_steps, own), "the rate is the model's own, all the time"),
        ("off-by-one", cosine((place + 1) / steps), "the first step of a cycle has the rate of the second"),
        (
            "off-by-one",
            cosine(place / max(steps - 1, 1)),
            "the rate of a cycle's last step is 0; there is a T - 1 for T",
        ),
        ("off-by-one", cosine((t % short) / short), "the short last batch of an epoch is not counted as a step"),
        (
            "wrong-count",
            cosine(place // per_epoch / epochs),
            "the rate changes with each epoch, and not with each batch",
        ),
        ("missing-factor", 2 * cosine(place / steps), "the rate begins at twice the learning rate; a ½ is missing"),
        ("other-function", high * (1 - place / steps), "the rate falls along a line"),
        ("other-function", high * np.cos(np.pi / 2 * place / steps), "the rate falls along a quarter of a cosine"),
        ("reversed", cosine(1 - place / steps), "the rate rises in each cycle"),
    )
    known = [
        ("no-copy", np.stack([right[-1]] * cycles), "all are the last one; keep a copy of each"),
        *((code, ends(wrong), why) for code, wrong, why in rates),
        (
            "fresh-state",
            ends(cosine(place / steps), forget=steps),
            "the optimizer forgets its momentum with each cycle",
        ),
        ("fresh-state", ends(cosine(place / steps), forget=1), "the optimizer forgets its momentum with each step"),
        ("start-value", np.stack([right[0]] * cycles), "each cycle begins with the weights from before the training"),
        ("recorded", np.stack([start, *right[:-1]]), "they are taken at the beginning of each cycle"),
    ]

    def alike(one, other):
        return np.allclose(one, other, rtol=1e-3, atol=1e-5)

    for code, value, why in known:
        same = alike(snapshots, value) and not alike(right, value)
        check(not same, f"the snapshots are not those that were asked for: {why}", code=code)
    for number, (came, expected) in enumerate(zip(snapshots, right, strict=True), 1):
        assert_close(came, expected, f"snapshot {number}", given=expected.astype(np.float32), single=True)


def check_shuffled(student, one):
    """That a cycle does not take the examples in the order in which they were given.

    Each example has a weight of its own, which starts from 0, and each cycle has two steps of one epoch: how far a
    weight goes towards its target tells in which of them it was. A right answer has the given order once in 10^8.
    """
    rng, M, high = one.rng("shuffled"), 32, 4.0
    Y = rng.uniform(1, 2, size=(M, 1)).astype(np.float32)
    sgd = optimizer("SGD", 1 / 64)
    model = student.make(described(M, [(1, "linear")], bias=False, start="Zeros", optimizer=sgd, loss="mse"))
    received = student.snapshot_ensemble(model, np.eye(M, dtype=np.float32), Y, 2, 1, high, M // 2)
    first, second = _snapshots(received, 2, (M, 1))
    # of the way to the target, what a step at the full and at half of the rate goes
    parts = 2 * high / (M // 2) * np.array([1, 0.5])
    for number, (before, after) in enumerate(((0, first), (first, second)), 1):
        went = (after - before) / (Y - before)
        known = np.isclose(went, parts, rtol=1e-3)
        told = f"in cycle {number}, of one epoch, not every example is in one batch, together with its own target"
        check(known.any(axis=1).all(), told)
        told = "the examples come in the order in which they were given; expected a random one"
        check((known[:, 0] != (np.arange(M) < M // 2)).any(), told, code="no-shuffle")


def _snapshots(received, cycles, shape):
    """The kernels of all snapshots, one after the other."""
    told = f"expected a list of {cycles} snapshots, you return {kind_of(received)}"
    check(type(received) in (list, tuple), told, code="kind")
    check(len(received) >= cycles, f"{told} of {len(received)}", code="early-end")
    check(len(received) == cycles, f"{told} of {len(received)}", code="repeated-step")
    found = []
    for number, snapshot in enumerate(received, 1):
        told = f"snapshot {number} is {kind_of(snapshot)}; expected the list of arrays that `model.get_weights()` gives"
        check(type(snapshot) in (list, tuple) and len(snapshot) == 1, told, code="kind")
        found.append(array_from(snapshot[0], shape, f"the weights of snapshot {number}"))
    return np.stack(found)
