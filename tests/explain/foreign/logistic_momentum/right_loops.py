"""Everything entry by entry, as somebody who comes from C writes it."""

import math

import numpy as np


def add_intercept(X):
    N, k = X.shape
    out = np.empty((N, k + 1))
    for i in range(N):
        out[i, 0] = 1
        for j in range(k):
            out[i, j + 1] = X[i, j]
    return out


def _score(row, theta):
    total = 0.0
    for a, b in zip(row, theta):
        total += a * b
    return total


def probabilities(X, theta):
    result = []
    for row in X:
        s = _score(row, theta)
        if s >= 0:
            result.append(1 / (1 + math.exp(-s)))
        else:
            result.append(math.exp(s) / (1 + math.exp(s)))
    return np.array(result)


def neg_log_likelihood(X, y, theta, lam):
    loss = 0.0
    for row, label in zip(X, y):
        s = _score(row, theta)
        # ln p = -softplus(-s) and ln(1 - p) = -softplus(s)
        t = s if label == 0 else -s
        loss += max(t, 0) + math.log1p(math.exp(-abs(t)))
    loss /= len(X)
    for w in theta[1:]:
        loss += lam * w * w / 2
    return float(loss)


def gradient(X, y, theta, lam):
    p = probabilities(X, theta)
    g = np.zeros(len(theta))
    for j in range(len(theta)):
        for i in range(len(X)):
            g[j] += (p[i] - y[i]) * X[i, j] / len(X)
        if j > 0:
            g[j] += lam * theta[j]
    return g


def momentum_step(theta, v, g, eta, mu):
    pairs = []
    for t, old, slope in zip(theta, v, g):
        new = mu * old - eta * slope
        pairs.append((t + new, new))
    return np.array([t for t, _ in pairs]), np.array([new for _, new in pairs])


def one_epoch(X, y, theta, v, eta, mu, lam, batch_size, order):
    batch = []
    for position, i in enumerate(order):
        batch.append(i)
        if len(batch) == batch_size or position == len(order) - 1:
            g = gradient(X[batch], y[batch], theta, lam)
            theta, v = momentum_step(theta, v, g, eta, mu)
            batch = []
    return theta, v


def fit(X, y, eta, mu, lam, n_epochs, batch_size, rng):
    theta, v, history = [0.0] * X.shape[1], [0.0] * X.shape[1], []
    theta, v = np.array(theta), np.array(v)
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        theta, v = one_epoch(X, y, theta, v, eta, mu, lam, batch_size, order)
        history.append(neg_log_likelihood(X, y, theta, lam))
    return theta, history


def accuracy(X, y, theta):
    right = 0
    for p, label in zip(probabilities(X, theta), y):
        if (p >= 0.5 and label == 1) or (p < 0.5 and label == 0):
            right += 1
    return right / len(y)
