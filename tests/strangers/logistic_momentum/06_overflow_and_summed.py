# sheet 1
import numpy as np


def add_intercept(X):
    n, k = X.shape
    out = np.ones((n, k + 1))
    out[:, 1:] = X
    return out


def probabilities(X, theta):
    scores = X.dot(theta)
    return np.exp(scores) / (1.0 + np.exp(scores))


def neg_log_likelihood(X, y, theta, lam):
    s = X @ theta
    # -ln p = ln(1 + e^-s),  -ln(1 - p) = ln(1 + e^s)
    per_example = y * np.logaddexp(0, -s) + (1 - y) * np.logaddexp(0, s)
    w = theta[1:]
    return float(per_example.sum() + 0.5 * lam * (w @ w))


def gradient(X, y, theta, lam):
    N = len(y)
    error = probabilities(X, theta) - y
    penalty = lam * theta
    penalty[0] = 0.0
    return X.T.dot(error) / N + penalty


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
