import numpy as np


def add_intercept(X):
    ones = np.ones((len(X), 1))
    return np.concatenate((X, ones), axis=1)


def probabilities(X, theta):
    s = X @ theta
    e = np.exp(-np.abs(s))
    return np.where(s >= 0, 1.0, e) / (1.0 + e)


def neg_log_likelihood(X, y, theta, lam):
    s = X @ theta
    # -ln p = ln(1 + e^-s),  -ln(1 - p) = ln(1 + e^s)
    per_example = y * np.logaddexp(0, -s) + (1 - y) * np.logaddexp(0, s)
    w = theta[1:]
    return float(per_example.mean() + 0.5 * lam * (w @ w))


def gradient(X, y, theta, lam):
    p = probabilities(X, theta)
    g = np.zeros_like(theta)
    for i in range(len(y)):
        g += (p[i] - y[i]) * X[i]
    g /= len(y)
    g[1:] += lam * theta[1:]
    return g


def momentum_step(theta, v, g, eta, mu):
    velocity = mu * v - eta * g
    moved = theta + velocity
    return moved, velocity


def one_epoch(X, y, theta, v, eta, mu, lam, batch_size, order):
    done = 0
    while done < len(order):
        now = order[done:done + batch_size]
        theta, v = momentum_step(theta, v, gradient(X[now], y[now], theta, lam), eta, mu)
        done += len(now)
    return theta, v


def fit(X, y, eta, mu, lam, n_epochs, batch_size, rng):
    N, d = X.shape
    theta, v = np.zeros(d), np.zeros(d)
    history = []
    for epoch in range(n_epochs):
        order = rng.permutation(N)
        theta, v = one_epoch(X, y, theta, v, eta, mu, lam, batch_size, order)
        history.append(neg_log_likelihood(X, y, theta, lam))
    return theta, history


def accuracy(X, y, theta):
    predicted = (probabilities(X, theta) >= 0.5).astype(float)
    return float(np.mean(predicted == y))
