"""Plain Python loops, one number at a time."""

import math

import numpy as np


def perceptron(X, w, b):
    answers = []
    for row in X:
        score = b
        for feature, weight in zip(row, w):
            score += feature * weight[0]
        answers.append([1.0 if score >= 0 else 0.0])
    return np.array(answers)


def and_weights():
    return np.array([[2.0], [2.0]]), -3.0


def or_weights():
    return np.array([[2.0], [2.0]]), -1.0


def xor(X):
    answers = []
    for row in X:
        row = row.reshape(1, 2)
        first = perceptron(row, np.array([[1.0], [-1.0]]), -0.5)[0, 0]
        second = perceptron(row, np.array([[-1.0], [1.0]]), -0.5)[0, 0]
        answers.append([1.0 if first + second - 0.5 >= 0 else 0.0])
    return np.array(answers)


def one_sigmoid(z):
    if z >= 0:
        return 1 / (1 + math.exp(-z))
    return math.exp(z) / (1 + math.exp(z))


def sigmoid(z):
    result = np.empty(z.shape)
    for place in np.ndindex(*z.shape):
        result[place] = one_sigmoid(z[place])
    return result


def error(x, y, w, b):
    total = 0.0
    for xi, yi in zip(x, y):
        total += 0.5 * (one_sigmoid(w * xi + b) - yi) ** 2
    return float(total)


def error_gradients(x, y, w, b):
    dw, db = 0.0, 0.0
    for xi, yi in zip(x, y):
        f = one_sigmoid(w * xi + b)
        dw += (f - yi) * f * (1 - f) * xi
        db += (f - yi) * f * (1 - f)
    return {"w": float(dw), "b": float(db)}


def descend(x, y, w, b, learning_rate, epochs):
    errors = []
    for _ in range(epochs):
        dw, db = 0.0, 0.0
        for xi, yi in zip(x, y):
            f = one_sigmoid(w * xi + b)
            dw += (f - yi) * f * (1 - f) * xi
            db += (f - yi) * f * (1 - f)
        w -= learning_rate * dw
        b -= learning_rate * db
        errors.append(error(x, y, w, b))
    return float(w), float(b), errors


def predict_proba(X, w, b):
    return np.array([[one_sigmoid(sum(row * w[:, 0]) + b)] for row in X])


def bce_loss(Y_hat, Y):
    tiny = np.finfo(float).tiny
    total = 0.0
    for i in range(len(Y)):
        likely = Y_hat[i, 0] if Y[i, 0] == 1 else 1 - Y_hat[i, 0]
        total -= math.log(max(likely, tiny))
    return total / len(Y)


def slide_loss(X, Y, w, b):
    loss = 0
    for x, y in zip(X, Y):
        fx = predict_proba([x], w, b)[0, 0]
        if y == 0:
            loss += -(1 / len(X)) * math.log(1 - fx)
        else:
            loss += -(1 / len(X)) * math.log(fx)
    return loss


def gradients(X, Y, w, b):
    P = predict_proba(X, w, b)
    dw, db = np.zeros_like(w), 0.0
    for i in range(len(X)):
        d = (P[i, 0] - Y[i, 0]) / len(X)
        for j in range(X.shape[1]):
            dw[j, 0] += d * X[i, j]
        db += d
    return {"w": dw, "b": float(db)}


def standardize(train, test):
    new_train, new_test = train.copy(), test.copy()
    for j in range(train.shape[1]):
        mean, std = np.mean(train[:, j]), np.std(train[:, j])
        if std == 0:
            std = 1
        new_train[:, j] = (train[:, j] - mean) / std
        new_test[:, j] = (test[:, j] - mean) / std
    return new_train, new_test


def train(X, Y, learning_rate, epochs, batch_size, rng):
    w = np.zeros((X.shape[1], 1))
    b = 0.0
    losses = []
    for epoch in range(epochs):
        order = list(rng.permutation(len(X)))
        while order:
            batch = [order.pop(0) for _ in range(min(batch_size, len(order)))]
            grad = gradients(X[batch], Y[batch], w, b)
            w = w - learning_rate * grad["w"]
            b = b - learning_rate * grad["b"]
        losses.append(bce_loss(predict_proba(X, w, b), Y))
    return w, b, losses
