import numpy as np


def sigmoid(Z):
    # only exp of numbers <= 0, so no overflow
    e = np.exp(-abs(Z))
    right_side = 1 / (1 + e)
    left_side = e / (1 + e)
    return np.where(Z >= 0, right_side, left_side)


def init_params(n, h, k, rng):
    out = {}
    for layer, (rows, cols) in enumerate([(n, h), (h, k)], start=1):
        out[f"W{layer}"] = rng.uniform(size=(rows, cols))
        out[f"b{layer}"] = np.zeros((1, cols))
    return out


def forward(X, params):
    z = np.matmul(X, params['W1'])
    z = z + params['b1']
    a = sigmoid(z)
    out = np.matmul(a, params['W2'])
    out = out + params['b2']
    return {'X': X, 'Z1': z, 'H': a, 'Y_hat': out}


def mse_loss(Y_hat, Y):
    diff = Y_hat - Y
    M = Y.shape[0]
    return float((diff * diff).sum() / M)


def backward(cache, Y, params):
    sig = cache["H"]
    e = (Y - cache["Y_hat"]) / Y.shape[0]
    e = e * 2
    hidden_err = np.dot(e, params["W2"].T) * ((1 - sig ** 2))
    gW1, gb1 = np.dot(cache["X"].T, hidden_err), hidden_err.sum(axis=0, keepdims=True)
    gW2, gb2 = np.dot(sig.T, e), e.sum(axis=0, keepdims=True)
    return {"W1": gW1, "b1": gb1, "W2": gW2, "b2": gb2}


def gradient_step(params, grads, learning_rate):
    updated = {k: v.copy() for k, v in params.items()}
    for k in updated:
        updated[k] -= learning_rate * grads[k]
    return updated


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    current = dict((key, params[key].copy()) for key in params)
    losses = []
    for e in range(epochs):
        idx = rng.permutation(X.shape[0])
        start = 0
        while start < len(idx):
            chosen = idx[start:start + batch_size]
            out = forward(X[chosen], current)
            g = backward(out, Y[chosen], current)
            current = gradient_step(current, g, learning_rate)
            start += batch_size
        full = forward(X, current)
        losses.append(mse_loss(full["Y_hat"], Y))
    return current, losses


def softmax(Z):
    P = np.zeros_like(Z)
    for i in range(len(Z)):
        row = np.exp(Z[i] - np.max(Z[i]))
        P[i] = row / np.sum(row)
    return P


def cross_entropy(Y_hat, Y):
    M = len(Y)
    smallest = np.finfo(Y_hat.dtype).tiny
    total = 0.0
    for i in range(M):
        p = Y_hat[i, np.argmax(Y[i])]
        total -= float(np.log(max(p, smallest)))
    return total / M


def classifier_forward(X, params):
    Z1 = X @ params["W1"] + params["b1"]
    H = sigmoid(Z1)
    Z2 = H @ params["W2"] + params["b2"]
    return {"X": X, "Z1": Z1, "H": H, "Y_hat": softmax(Z2)}


def classifier_backward(cache, Y, params):
    X, A, P = cache["X"], cache["H"], cache["Y_hat"]
    m = len(X)
    dZ2 = P - Y
    dZ1 = (dZ2 @ params["W2"].T) * A * (1 - A)
    dW2 = A.T @ dZ2 / m
    db2 = np.sum(dZ2, axis=0, keepdims=True) / m
    dW1 = X.T @ dZ1 / m
    db1 = np.sum(dZ1, axis=0, keepdims=True) / m
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}


def slide_backward(X, Z, H, Y_hat, Y, W1, W2):
    M = X.shape[0]
    d_Y = 2 * (Y_hat - Y) / M
    d_H = d_Y.dot(W2.T)
    d_W2 = H.T.dot(d_Y)
    d_b2 = np.sum(d_Y, axis=0, keepdims=True)
    d_Z = d_H * sigmoid(Z) * (1 - sigmoid(Z))
    d_W1 = X.T.dot(d_Z)
    d_b1 = np.sum(d_Z, axis=0, keepdims=True)
    return {"W1": d_W1, "b1": d_b1, "W2": d_W2, "b2": d_b2}
