import numpy as np


def add_intercept(X):
    ones = np.ones((len(X), 1))
    return np.concatenate((ones, X), axis=1)


def probabilities(X, theta):
    s = X @ theta
    e = np.exp(-np.abs(s))
    return np.where(s >= 0, 1.0, e) / (1.0 + e)


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
    moved = theta + velocity
    return moved, velocity


def one_epoch(X, y, theta, v, eta, mu, lam, batch_size, order):
    n = len(order)
    for start in range(0, n, batch_size):
        idx = order[start:start + batch_size]
        grad = gradient(X[idx], y[idx], theta, lam)
        theta, v = momentum_step(theta, v, grad, eta, mu)
    return theta, v


def fit(X, y, eta, mu, lam, n_epochs, batch_size, rng):
    N, d = X.shape
    theta = np.zeros(d)
    history = []
    for epoch in range(n_epochs):
        v = np.zeros(d)
        order = rng.permutation(N)
        theta, v = one_epoch(X, y, theta, v, eta, mu, lam, batch_size, order)
        history.append(neg_log_likelihood(X, y, theta, lam))
    return theta, history


def accuracy(X, y, theta):
    predicted = (probabilities(X, theta) >= 0.5).astype(float)
    return float(np.mean(predicted == y))
