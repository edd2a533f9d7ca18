import numpy as np


def add_intercept(X):
    ones = np.ones((len(X), 1))
    return np.concatenate((ones, X), axis=1)


def probabilities(X, theta):
    scores = X.dot(theta)
    p = np.empty(len(scores))
    up = scores >= 0
    p[up] = 1.0 / (1.0 + np.exp(-scores[up]))
    small = np.exp(scores[~up])
    p[~up] = small / (1.0 + small)
    return p


def neg_log_likelihood(X, y, theta, lam):
    scores = X.dot(theta)
    N = X.shape[0]
    data_term = np.sum(np.logaddexp(0, scores) - y * scores) / N
    ridge = lam / 2 * np.sum(theta[1:] ** 2)
    return float(data_term + ridge)


def gradient(X, y, theta, lam):
    N = len(y)
    error = probabilities(X, theta) - y
    penalty = lam * theta
    penalty[0] = 0.0
    return X.T.dot(error) / N + penalty


def momentum_step(theta, v, g, eta, mu):
    velocity = mu * v - eta * g
    moved = theta + v
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
    hits = 0
    for x, label in zip(X, y):
        guess = 1.0 if x @ theta >= 0 else 0.0
        hits += guess == label
    return float(hits / len(y))
