"""Assignment 3. Type hints, small helpers, asserts on every shape, and prints left in from debugging."""

from __future__ import annotations

from typing import Dict, List, Tuple

import numpy as np

Params = Dict[str, np.ndarray]

print("numpy", np.__version__)


def check_shape(name: str, array: np.ndarray, expected: Tuple[int, ...]) -> None:
    assert array.shape == expected, f"{name}: {array.shape} instead of {expected}"


def sum_over_examples(delta: np.ndarray) -> np.ndarray:
    result = delta.sum(axis=0)[np.newaxis, :]
    check_shape("bias gradient", result, (1, delta.shape[1]))
    return result


def sigmoid_slope(H: np.ndarray) -> np.ndarray:
    return H * (1 - H)


def linear(A: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    assert A.shape[1] == W.shape[0]
    Z = A.dot(W) + b
    check_shape("Z", Z, (A.shape[0], W.shape[1]))
    return Z


def two_layer_gradients(X: np.ndarray, H: np.ndarray, delta2: np.ndarray, W2: np.ndarray) -> Params:
    delta1 = delta2.dot(W2.T) * sigmoid_slope(H)
    check_shape("delta1", delta1, H.shape)
    return {
        "W1": X.T.dot(delta1),
        "b1": sum_over_examples(delta1),
        "W2": H.T.dot(delta2),
        "b2": sum_over_examples(delta2),
    }


def sigmoid(Z: np.ndarray) -> np.ndarray:
    # beyond 700 exp overflows in float64, beyond 88 in float32
    limit = 80 if Z.dtype == np.float32 else 700
    clipped = np.clip(Z, -limit, limit)
    return 1 / (1 + np.exp(-clipped))


def init_params(n: int, h: int, k: int, rng: np.random.Generator) -> Params:
    assert n > 0 and h > 0 and k > 0
    params: Params = {}
    params["W1"] = rng.uniform(size=(n, h))
    params["W2"] = rng.uniform(size=(h, k))
    params["b1"] = np.zeros((1, h))
    params["b2"] = np.zeros((1, k))
    return params


def forward(X: np.ndarray, params: Params) -> Params:
    cache = {"X": X}
    cache["Z1"] = linear(X, params["W1"], params["b1"])
    cache["H"] = sigmoid(cache["Z1"])
    cache["Y_hat"] = linear(cache["H"], params["W2"], params["b2"])
    return cache


def mse_loss(Y_hat: np.ndarray, Y: np.ndarray) -> float:
    check_shape("Y_hat", Y_hat, Y.shape)
    m = Y.shape[0]
    return float(1 / m * np.linalg.norm(Y_hat - Y) ** 2)


def backward(cache: Params, Y: np.ndarray, params: Params) -> Params:
    m = Y.shape[0]
    delta2 = 2 / m * (cache["Y_hat"] - Y)
    grads = two_layer_gradients(cache["X"], cache["H"], delta2, params["W2"])
    for name in grads:
        check_shape(name, grads[name], params[name].shape)
    return grads


def gradient_step(params: Params, grads: Params, learning_rate: float) -> Params:
    assert set(params) == set(grads)
    updated = {name: params[name] - learning_rate * grads[name] for name in sorted(params)}
    assert all(updated[name] is not params[name] for name in params)
    return updated


def minibatches(M: int, batch_size: int, rng: np.random.Generator) -> List[np.ndarray]:
    order = rng.permutation(M)
    batches = [order[i : i + batch_size] for i in range(0, M, batch_size)]
    assert sum(len(batch) for batch in batches) == M
    return batches


def train(
    X: np.ndarray,
    Y: np.ndarray,
    params: Params,
    learning_rate: float,
    epochs: int,
    batch_size: int,
    rng: np.random.Generator,
) -> Tuple[Params, List[float]]:
    losses: List[float] = []
    params = dict(params)
    for epoch in range(epochs):
        for batch in minibatches(len(X), batch_size, rng):
            grads = backward(forward(X[batch], params), Y[batch], params)
            params = gradient_step(params, grads, learning_rate)
        losses.append(mse_loss(forward(X, params)["Y_hat"], Y))
        if epoch % 100 == 0:
            print(f"epoch {epoch}: loss {losses[-1]:.4f}")
    return params, losses


def softmax(Z: np.ndarray) -> np.ndarray:
    Z = Z - Z.max(axis=1).reshape(-1, 1)
    P = np.exp(Z) / np.exp(Z).sum(axis=1).reshape(-1, 1)
    assert np.allclose(P.sum(axis=1), 1, atol=1e-5)
    return P


def cross_entropy(Y_hat: np.ndarray, Y: np.ndarray) -> float:
    true_class = Y.argmax(axis=1)
    p = Y_hat[np.arange(len(Y)), true_class]
    p = np.maximum(p, np.finfo(Y_hat.dtype).tiny)
    return float(-np.log(p).mean())


def classifier_forward(X: np.ndarray, params: Params) -> Params:
    cache = forward(X, params)
    cache["Y_hat"] = softmax(cache["Y_hat"])
    return cache


def classifier_backward(cache: Params, Y: np.ndarray, params: Params) -> Params:
    m = Y.shape[0]
    delta2 = 1 / m * (cache["Y_hat"] - Y)
    return two_layer_gradients(cache["X"], cache["H"], delta2, params["W2"])


def slide_backward(X, Z, H, Y_hat, Y, W1, W2) -> Params:
    num_examples = len(Y)
    d_Y = 2 * (Y_hat - Y) / num_examples  # (M, k)
    d_H = d_Y.dot(W2.T)  # (M, h)
    d_W2 = H.T.dot(d_Y)  # (h, k)
    d_b2 = sum_over_examples(d_Y)  # (1, k)
    d_Z = d_H * sigmoid(Z) * (1 - sigmoid(Z))  # (M, h)
    d_W1 = X.T.dot(d_Z)  # (n, h)
    d_b1 = sum_over_examples(d_Z)  # (1, h)
    check_shape("d_W1", d_W1, W1.shape)
    check_shape("d_W2", d_W2, W2.shape)
    return {"W1": d_W1, "b1": d_b1, "W2": d_W2, "b2": d_b2}
