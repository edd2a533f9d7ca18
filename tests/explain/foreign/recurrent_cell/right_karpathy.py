"""Column vectors and one long loop, in the manner of the well-known hundred-line character model."""

import numpy as np


def rnn_step(x, h_prev, w):
    columns = np.dot(w["Wxh"].T, x.T) + np.dot(w["Whh"].T, h_prev.T) + w["bh"].reshape(-1, 1)
    return np.tanh(columns).T


def unroll(xs, h0, w):
    hs = {-1: np.copy(h0)}
    for t in range(len(xs)):
        hs[t] = rnn_step(xs[t], hs[t - 1], w)
    return np.array([hs[t] for t in range(-1, len(xs))])


def predict(hs, w):
    ps = {}
    for t in range(len(hs) - 1):
        y = np.dot(w["Why"].T, hs[t + 1].T) + w["by"].reshape(-1, 1)
        y = np.exp(y - y.max())
        ps[t] = (y / y.sum(axis=0)).T
    return np.array([ps[t] for t in sorted(ps)])


def sequence_loss(ps, targets):
    loss = 0
    for t in range(len(ps)):
        for b in range(len(ps[t])):
            loss += -np.log(ps[t][b, targets[t][b]])
    return float(loss) / ps.shape[1]


def step_backward(dh, x, h_prev, h, w):
    dhraw = ((1 - h * h) * dh).T
    return {
        "bh": dhraw.sum(axis=1),
        "Wxh": np.dot(dhraw, x).T,
        "Whh": np.dot(dhraw, h_prev).T,
        "h_prev": np.dot(w["Whh"], dhraw).T,
    }


def bptt(xs, hs, ps, targets, w):
    dWxh, dWhh, dWhy = np.zeros_like(w["Wxh"]), np.zeros_like(w["Whh"]), np.zeros_like(w["Why"])
    dbh, dby = np.zeros_like(w["bh"]), np.zeros_like(w["by"])
    dhnext = np.zeros_like(hs[0])
    n = ps.shape[1]
    for t in reversed(range(len(xs))):
        dy = np.copy(ps[t])
        for b in range(n):
            dy[b, targets[t][b]] -= 1
        dy = dy / n
        dWhy += np.dot(dy.T, hs[t + 1]).T
        dby += dy.sum(axis=0)
        dh = np.dot(w["Why"], dy.T).T + dhnext
        dhraw = (1 - hs[t + 1] * hs[t + 1]) * dh
        dbh += dhraw.sum(axis=0)
        dWxh += np.dot(xs[t].T, dhraw)
        dWhh += np.dot(hs[t].T, dhraw)
        dhnext = np.dot(dhraw, w["Whh"].T)
    return {"by": dby, "bh": dbh, "Why": dWhy, "Whh": dWhh, "Wxh": dWxh}


def clip(grads, max_norm):
    total = 0.0
    for g in grads.values():
        for value in g.ravel():
            total += float(value) ** 2
    if total**0.5 <= max_norm:
        return {k: g.copy() for k, g in grads.items()}
    return {k: g / (total**0.5 / max_norm) for k, g in grads.items()}
