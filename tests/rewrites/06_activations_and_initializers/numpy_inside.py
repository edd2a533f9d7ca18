"""NumPy for everything that may be NumPy."""
import numpy as np
import tensorflow as tf


def back(*arrays, like):
    return tuple(tf.constant(array, dtype=like.dtype) for array in arrays)


def sigmoid(Z):
    z = Z.numpy().astype(np.float64)
    H = 0.5 * (1 + np.tanh(0.5 * z))
    return back(H, H * (1 - H), like=Z)


def tanh(Z):
    z = np.clip(Z.numpy().astype(np.float64), -300, 300)
    return back(np.tanh(z), 1 / np.cosh(z) ** 2, like=Z)


def relu(Z):
    z = Z.numpy()
    return back(np.where(z > 0, z, 0), np.where(z > 0, 1, 0), like=Z)


def leaky_relu(Z, alpha):
    z = Z.numpy()
    return back(np.maximum(z, 0) + alpha * np.minimum(z, 0), np.where(z > 0, 1.0, alpha), like=Z)


def elu(Z, alpha):
    z = Z.numpy()
    low = np.minimum(z, 0)
    return back(np.where(z > 0, z, alpha * np.expm1(low)), np.where(z > 0, 1.0, alpha * np.exp(low)), like=Z)


def maxout(Z):
    z = Z.numpy()
    slope = np.zeros_like(z)
    winner = z.argmax(axis=-1)
    np.put_along_axis(slope, winner[..., None], 1, axis=-1)
    return back(z.max(axis=-1), slope, like=Z)


def softmax(Z):
    z = Z.numpy().astype(np.float64)
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    J = np.stack([np.diag(row) - np.outer(row, row) for row in p])
    return back(p, J, like=Z)


def weight_scales(n, m):
    return {
        "he_normal": np.sqrt(2 / n),
        "glorot_normal": np.sqrt(2 / (n + m)),
        "glorot_uniform": np.sqrt(6) / np.sqrt(n + m),
    }


def glorot_uniform(n, m, seed):
    limit = weight_scales(n, m)["glorot_uniform"]
    return tf.constant(np.random.default_rng(seed).uniform(-limit, limit, size=(n, m)), tf.float32)


def glorot_normal(n, m, seed):
    rng = np.random.default_rng(seed)
    return tf.constant(rng.normal(0, weight_scales(n, m)["glorot_normal"], (n, m)).astype(np.float32))


def he_normal(n, m, seed):
    rng = np.random.RandomState(seed)
    return tf.Variable(rng.randn(n, m) * np.sqrt(2 / n), dtype=tf.float32)


def orthogonal(n, m, seed, gain=1.0):
    U, _, Vt = np.linalg.svd(np.random.default_rng(seed).normal(size=(n, m)), full_matrices=False)
    return tf.constant(gain * (U @ Vt), tf.float32)


def activation_statistics(model, X):
    outputs = [np.asarray(X)]
    for layer in model.layers:
        outputs.append(layer(tf.constant(outputs[-1])).numpy())
    return {
        "mean": [float(np.mean(H, dtype=np.float64)) for H in outputs],
        "std": [float(np.std(H, dtype=np.float64)) for H in outputs],
    }


def lsuv(model, batch):
    H, found = np.asarray(batch), []
    for layer in model.layers:
        W, b = layer.get_weights()
        s = (H @ W).std()
        layer.set_weights([W / s, np.zeros_like(b)])
        found.append(s.item())
        H = layer(tf.constant(H)).numpy()
    return found


def kernel_gradients(model, X, Y):
    with tf.GradientTape() as tape:
        error = model(X) - Y
        loss = tf.reduce_sum(error * error) / X.shape[0]
    return tape.gradient(loss, [layer.kernel for layer in model.layers])


def different_units(W):
    columns = list(np.asarray(W, dtype=np.float64).T)
    border = 1e-5 * max(np.abs(c).max() for c in columns)
    count = 0
    while columns:
        one = columns[0]
        columns = [c for c in columns if np.abs(c - one).max() > border]
        count += 1
    return count
