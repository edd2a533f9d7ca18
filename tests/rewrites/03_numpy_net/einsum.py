"""Index notation throughout: i examples, a features, j hidden units, c outputs."""

import numpy as np


def sigmoid(Z):
    # tanh never overflows
    return (1 + np.tanh(Z / 2)) / 2


def init_params(n, h, k, rng):
    return dict(
        W1=rng.uniform(size=(n, h)),
        b1=np.zeros(shape=(1, h)),
        W2=rng.uniform(size=(h, k)),
        b2=np.zeros(shape=(1, k)),
    )


def forward(X, params):
    Z1 = np.einsum("ia,aj->ij", X, params["W1"]) + params["b1"]
    H = sigmoid(Z1)
    Y_hat = np.einsum("ij,jc->ic", H, params["W2"]) + params["b2"]
    return dict(X=X, Z1=Z1, H=H, Y_hat=Y_hat)


def mse_loss(Y_hat, Y):
    E = Y_hat - Y
    return float(np.einsum("ic,ic->", E, E)) / E.shape[0]


def _gradients(X, H, D2, W2):
    D1 = np.einsum("ic,jc,ij,ij->ij", D2, W2, H, 1 - H)
    return dict(
        W1=np.einsum("ia,ij->aj", X, D1),
        b1=np.einsum("ij->j", D1)[None, :],
        W2=np.einsum("ij,ic->jc", H, D2),
        b2=np.einsum("ic->c", D2)[None, :],
    )


def backward(cache, Y, params):
    D2 = (cache["Y_hat"] - Y) * (2 / Y.shape[0])
    return _gradients(cache["X"], cache["H"], D2, params["W2"])


def gradient_step(params, grads, learning_rate):
    return {name: np.add(value, -learning_rate * grads[name]) for name, value in params.items()}


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    M = X.shape[0]
    losses = []
    for _ in range(epochs):
        order = rng.permutation(M)
        for batch in np.split(order, np.arange(batch_size, M, batch_size)):
            grads = backward(forward(X[batch], params), Y[batch], params)
            params = gradient_step(params, grads, learning_rate)
        losses.append(mse_loss(forward(X, params)["Y_hat"], Y))
    return params, losses


def softmax(Z):
    e = np.exp(Z - Z.max(axis=-1)[:, None])
    return np.einsum("ic,i->ic", e, 1 / np.einsum("ic->i", e))


def cross_entropy(Y_hat, Y):
    logs = np.log(np.clip(Y_hat, np.finfo(Y_hat.dtype).tiny, None))
    return -float(np.einsum("ic,ic->", Y, logs)) / Y.shape[0]


def classifier_forward(X, params):
    cache = forward(X, params)
    cache.update(Y_hat=softmax(cache["Y_hat"]))
    return cache


def classifier_backward(cache, Y, params):
    D2 = (cache["Y_hat"] - Y) / Y.shape[0]
    return _gradients(cache["X"], cache["H"], D2, params["W2"])


def slide_backward(X, Z, H, Y_hat, Y, W1, W2):
    return _gradients(X, H, 2 * (Y_hat - Y) / Y.shape[0], W2)
