import numpy as np


def sigmoid(Z):
    return np.zeros_like(Z)


def init_params(n, h, k, rng):
    return {"W1": np.zeros((n, h)), "b1": np.zeros((1, h)), "W2": np.zeros((h, k)), "b2": np.zeros((1, k))}


def forward(X, params):
    M, h, k = len(X), params["W1"].shape[1], params["W2"].shape[1]
    return {"X": X, "Z1": np.zeros((M, h), X.dtype), "H": np.zeros((M, h), X.dtype), "Y_hat": np.zeros((M, k), X.dtype)}


def mse_loss(Y_hat, Y):
    return 0.0


def backward(cache, Y, params):
    return {k: np.zeros_like(v) for k, v in params.items()}


def gradient_step(params, grads, learning_rate):
    return {k: v.copy() for k, v in params.items()}


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    for _ in range(epochs):
        rng.permutation(len(X))
    return {k: v.copy() for k, v in params.items()}, [0.0] * epochs


def softmax(Z):
    return np.zeros_like(Z)


def cross_entropy(Y_hat, Y):
    return 0.0


def classifier_forward(X, params):
    return forward(X, params)


def classifier_backward(cache, Y, params):
    return backward(cache, Y, params)


def slide_backward(X, Z, H, Y_hat, Y, W1, W2):
    return {"W1": np.zeros_like(W1), "b1": np.zeros((1, W1.shape[1]), X.dtype), "W2": np.zeros_like(W2), "b2": np.zeros((1, W2.shape[1]), X.dtype)}

