"""Everything in NumPy, and tensors only at the doors."""
import math

import numpy as np
import tensorflow as tf


def training_step(X, Y, params, learning_rate, l1, l2):
    n = {name: value.numpy() for name, value in params.items()}
    x, y = X.numpy(), Y.numpy()
    Z1 = x @ n["W1"] + n["b1"]
    H = np.maximum(Z1, 0)
    S = H @ n["W2"] + n["b2"]
    S = S - S.max(axis=1, keepdims=True)
    log_P = S - np.log(np.exp(S).sum(axis=1, keepdims=True))
    loss = -np.mean((y * log_P).sum(axis=1))
    d2 = (np.exp(log_P) - y) / len(x)
    d1 = d2 @ n["W2"].T * (Z1 > 0)
    grads = {"W1": x.T @ d1, "b1": d1.sum(0, keepdims=True), "W2": H.T @ d2, "b2": d2.sum(0, keepdims=True)}
    for name in ("W1", "W2"):
        grads[name] = grads[name] + l1 * np.sign(n[name]) + 2 * l2 * n[name]
    for name in grads:
        params[name].assign(n[name] - learning_rate * grads[name])
    return tf.constant(loss, X.dtype)


class Dropout:
    def __init__(self, rate, seed):
        self.rate = rate
        self.rng = np.random.default_rng(seed)

    def forward(self, H, training):
        self.mask = 1.0
        if training:
            self.mask = (self.rng.random(H.shape) >= self.rate) / (1.0 - self.rate)
        return tf.constant(H.numpy() * self.mask, H.dtype)

    def backward(self, G):
        return tf.constant(G.numpy() * self.mask, G.dtype)


def batchnorm_forward(Z, gamma, beta, epsilon):
    z = Z.numpy()
    mean, variance = z.mean(axis=0, keepdims=True), z.var(axis=0, keepdims=True)
    Z_norm = (z - mean) / np.sqrt(variance + np.asarray(epsilon, z.dtype))
    return tuple(tf.constant(one) for one in (gamma.numpy() * Z_norm + beta.numpy(), Z_norm, mean, variance))


def batchnorm_backward(G, Z_norm, gamma, variance, epsilon):
    g, x = G.numpy(), Z_norm.numpy()
    scale = gamma.numpy() / np.sqrt(variance.numpy() + np.asarray(epsilon, g.dtype))
    d_Z = scale * (g - g.mean(0) - x * (g * x).mean(0))
    return {
        "Z": tf.constant(d_Z),
        "gamma": tf.constant((g * x).sum(0, keepdims=True)),
        "beta": tf.constant(g.sum(0, keepdims=True)),
    }


def running_statistics(batches, momentum):
    first = batches[0].numpy()
    mean, variance = np.zeros((1, first.shape[1])), np.ones((1, first.shape[1]))
    for batch in batches:
        b = batch.numpy().astype(np.float64)
        mean += (1 - momentum) * (b.mean(0) - mean)
        variance += (1 - momentum) * (b.var(0) - variance)
    return tf.constant(mean, batches[0].dtype), tf.constant(variance, batches[0].dtype)


def batchnorm_inference(Z, gamma, beta, mean, variance, epsilon):
    z = (Z.numpy() - mean.numpy()) / np.sqrt(variance.numpy() + epsilon)
    return tf.constant(gamma.numpy() * z + beta.numpy(), Z.dtype)


def random_shifts(count, largest, seed):
    rng = np.random.default_rng(seed)
    return tf.constant(rng.integers(-largest, largest, size=(count, 2), endpoint=True), tf.int32)


def shift_images(images, shifts):
    old = images.numpy()
    new = np.zeros_like(old)
    height, width = old.shape[1:]
    for i, (down, right) in enumerate(shifts.numpy()):
        for r in range(height):
            for c in range(width):
                if 0 <= r - down < height and 0 <= c - right < width:
                    new[i, r, c] = old[i, r - down, c - right]
    return tf.constant(new)


class EarlyStopping:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.best_loss, self.best_epoch = np.inf, -1
        self.saved = None
        self.losses = []

    def update(self, val_loss, variables):
        better = val_loss < self.best_loss - self.min_delta
        if better:
            self.best_loss = val_loss
            self.best_epoch = len(self.losses)
            self.saved = [v.numpy().copy() for v in variables]
        self.losses.append(val_loss)
        return len(self.losses) - 1 - self.best_epoch >= self.patience

    def restore(self, variables):
        if self.saved is not None:
            for v, w in zip(variables, self.saved):
                v.assign(w)


def curve_measures(history):
    L, V = np.asarray(history["loss"], float), np.asarray(history["val_loss"], float)
    rate = np.asarray(history["learning_rate"])
    n, q, G = len(L), len(L) // 4, np.log(10)
    climb = 0.0
    low = G
    for value in L:
        low = min(low, value)
        climb = max(climb, value - low)
    if not np.all(np.isfinite(np.concatenate([L, V]))):
        climb = np.inf
    T = np.asarray(history["step_loss"]).reshape(n, len(history["step_loss"]) // n)[n // 2 :]
    T = T - T.mean(1)[:, None]
    a, b = T[1:].ravel(), T[:-1].ravel()
    a, b = a - a.mean(), b - b.mean()
    before_cut = 0.0
    where = np.nonzero(rate[1:] <= 0.1 * rate[:-1] * (1 + 1e-9))[0]
    if len(where) and where[0] >= 1:
        before_cut = (L[where[0] - 1] - L[where[0]]) / L[where[0] - 1]
    return {
        "climb": climb / G,
        "repeats": (a * b).sum() / np.sqrt((a * a).sum() * (b * b).sum()),
        "best_accuracy": np.max(history["val_accuracy"]),
        "first_fall": (L[0] - L[q]) / G,
        "last_fall": (L[-1 - q] - L[-1]) / G,
        "level": L[-1] / G,
        "before_cut": before_cut,
        "rise": (V[-1] - V.min()) / V.min(),
        "val_fall": (V[-1 - q] - V[-1]) / V[-1 - q],
    }


def diagnose(history):
    m = curve_measures(history)
    if m["repeats"] > 0.5:
        return "no_shuffling"
    if m["climb"] > 0.15:
        return "learning_rate_too_high"
    if m["best_accuracy"] > 0.95:
        return "leak"
    if m["first_fall"] < 0.01:
        return "bad_initialisation"
    if m["before_cut"] > 0.05:
        return "decayed_too_early"
    if m["rise"] > 0.2:
        return "overfitting"
    if m["level"] > 0.6 and 4 * m["last_fall"] > m["first_fall"]:
        return "learning_rate_too_low"
    if m["val_fall"] > 0.04:
        return "still_improving"
    return "underfitting" if m["level"] > 0.42 else "healthy"
