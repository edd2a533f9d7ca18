import numpy as np


def sigmoid(Z):
    e = np.exp(-np.abs(Z))
    return np.where(Z >= 0, 1 / (1 + e), e / (1 + e)).astype(Z.dtype)


def init_params(n, h, k, rng):
    W1 = rng.uniform(size=(n, h))
    W2 = rng.uniform(size=(h, k))
    return dict(W1=W1, b1=np.zeros((1, h)), W2=W2, b2=np.zeros((1, k)))


def forward(X, params):
    Z1 = X @ params["W1"] + params["b1"]
    H = sigmoid(Z1)
    Y_hat = H @ params["W2"] + params["b2"]
    return {"X": X, "Z1": Z1, "H": H, "Y_hat": Y_hat}


def mse_loss(Y_hat, Y):
    return float(np.sum((Y_hat - Y) ** 2) / Y.shape[0])


def backward(cache, Y, params):
    X, H, Y_hat = cache["X"], cache["H"], cache["Y_hat"]
    delta2 = 2 * (Y_hat - Y)
    delta1 = np.multiply(delta2.dot(params["W2"].T), H - H**2)
    ones = np.ones((1, len(X)), dtype=X.dtype)
    return dict(W1=X.T.dot(delta1), b1=ones.dot(delta1), W2=H.T.dot(delta2), b2=ones.dot(delta2))


def gradient_step(params, grads, learning_rate):
    return {name: params[name] - learning_rate * grads[name] for name in params}


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    M = X.shape[0]
    losses = []
    for epoch in range(epochs):
        order = rng.permutation(M)
        for start in range(0, M, batch_size):
            batch = order[start : start + batch_size]
            cache = forward(X[batch], params)
            grads = backward(cache, Y[batch], params)
            params = gradient_step(params, grads, learning_rate)
        losses.append(mse_loss(forward(X, params)["Y_hat"], Y))
    return params, losses


def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def cross_entropy(Y_hat, Y):
    tiny = np.finfo(Y_hat.dtype).tiny
    return float(-np.sum(Y * np.log(np.maximum(Y_hat, tiny))) / len(Y))


def classifier_forward(X, params):
    cache = dict(forward(X, params))
    cache["Y_hat"] = softmax(cache["Y_hat"])
    return cache


def classifier_backward(cache, Y, params):
    # same as the regression, but without the 2
    g = backward(cache, Y, params)
    return {k: v / 2 for k, v in g.items()}


def slide_backward(X, Z, H, Y_hat, Y, W1, W2):
    # I have this already
    return backward({"X": X, "Z1": Z, "H": H, "Y_hat": Y_hat}, Y, {"W1": W1, "W2": W2})

