import numpy as np


def rnn_step(x, h_prev, w):
    a = x @ w["Wxh"] + h_prev @ w["Whh"] + w["bh"]
    return np.tanh(a)


def unroll(xs, h0, w):
    h = h0
    states = [h0]
    for x in xs:
        h = rnn_step(x, h, w)
        states.append(h)
    return np.array(states)


def predict(hs, w):
    ps = []
    for h in hs[:-1]:
        scores = h @ w["Why"] + w["by"]
        e = np.exp(scores - scores.max(axis=1, keepdims=True))
        ps.append(e / e.sum(axis=1, keepdims=True))
    return np.stack(ps)


def sequence_loss(ps, targets):
    steps, seqs = targets.shape
    right = ps[np.arange(steps)[:, None], np.arange(seqs)[None, :], targets]
    return float(-np.sum(np.log(right)) / seqs)


def step_backward(dh, x, h_prev, h, w):
    slope = 1 - h * h
    da = slope * dh
    dWxh = x.T.dot(da)
    dWhh = h_prev.T.dot(da)
    dbh = np.sum(da, axis=0)
    dprev = da.dot(w["Whh"].T)
    return {"Wxh": dWxh, "Whh": dWhh, "bh": dbh, "h_prev": dprev}


def bptt(xs, hs, ps, targets, w):
    T, B, C = ps.shape
    grads = {k: np.zeros(val.shape) for k, val in w.items()}
    carry = np.zeros(hs[0].shape)
    for t in range(T - 1, -1, -1):
        dy = ps[t].copy()
        dy[np.arange(B), targets[t]] -= 1
        dy = dy / B
        grads["Why"] += hs[t + 1].T @ dy
        grads["by"] += dy.sum(axis=0)
        dh = dy @ w["Why"].T + carry
        step = step_backward(dh, xs[t], hs[t], hs[t + 1], w)
        grads["Wxh"] += step["Wxh"]
        grads["Whh"] += step["Whh"]
        grads["bh"] += step["bh"]
        carry = step["h_prev"]
    return grads


def clip(grads, max_norm):
    squares = 0.0
    for g in grads.values():
        squares += np.sum(g * g)
    length = np.sqrt(squares)
    if length <= max_norm:
        return {k: g.copy() for k, g in grads.items()}
    return {k: g * (max_norm / length) for k, g in grads.items()}
