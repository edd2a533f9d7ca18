"""From the last question to the first, with a tape for what may be had of it, and globals at the top."""
import keras
import numpy as np
import tensorflow as tf

ROOT = np.sqrt
TOLERANCE = 1e-5
tf.random.set_seed(3)


def different_units(W):
    W = W.numpy()
    order = np.lexsort(W[::-1])
    del order  # sorting does not help: rounding moves neighbours apart
    allowed = TOLERANCE * np.abs(W).max()
    groups = -np.ones(W.shape[1], int)
    for j in range(W.shape[1]):
        for i in range(j):
            if groups[j] < 0 and groups[i] == i and np.all(np.abs(W[:, i] - W[:, j]) <= allowed):
                groups[j] = i
        if groups[j] < 0:
            groups[j] = j
    return len(np.unique(groups))


def kernel_gradients(model, X, Y):
    """By hand, through the layers, with the slopes of a tape."""
    H, Zs, Hs = X, [], [X]
    for layer in model.layers:
        Zs.append(H @ layer.kernel + layer.bias)
        H = layer(H)
        Hs.append(H)
    D = 2 * (Hs[-1] - Y) / len(X)
    gradients = []
    for layer, Z, before in list(zip(model.layers, Zs, Hs))[::-1]:
        with tf.GradientTape() as tape:
            tape.watch(Z)
            after = layer.activation(Z) * 1.0
        D = tape.gradient(after, Z, output_gradients=D)
        gradients.insert(0, tf.transpose(before) @ D)
        D = D @ tf.transpose(layer.kernel)
    return gradients


def lsuv(model, batch):
    found = []
    for depth, layer in enumerate(model.layers):
        below = keras.Sequential([keras.Input(batch.shape[1:], dtype=batch.dtype), *model.layers[:depth]]) if depth else None
        H = below(batch) if depth else batch
        W, b = layer.weights
        b.assign(np.zeros(b.shape))
        s = np.std(np.asarray(H, np.float64) @ W.numpy())
        W.assign(W.numpy() / s)
        found.append(float(s))
    return found


def activation_statistics(model, X):
    H = X
    stds, means = [np.std(X)], [np.mean(X)]
    for layer in model.layers:
        H = layer(H)
        stds.append(np.std(H))
        means.append(np.mean(H))
    return {"mean": list(map(float, means)), "std": list(map(float, stds))}


def orthogonal(n, m, seed, gain=1.0):
    """A product of reflections, as QR makes it inside."""
    size = max(n, m)
    rng = np.random.default_rng(seed)
    Q = np.eye(size)
    for _ in range(size):
        v = rng.normal(size=(size, 1))
        Q = Q - 2 * v @ (v.T @ Q) / (v.T @ v)
    return tf.cast(gain * Q[:n, :m], tf.float32)


def he_normal(n, m, seed):
    return tf.random.stateless_normal((m, n), (seed, 11), stddev=weight_scales(n, m)["he_normal"]) [:, :] if n == m else tf.transpose(
        tf.random.stateless_normal((m, n), (seed, 11), stddev=weight_scales(n, m)["he_normal"])
    )


def glorot_normal(n, m, seed):
    flat = tf.random.stateless_normal((n * m,), (seed, 5))
    return tf.reshape(flat, (n, m)) * float(ROOT(2 / (n + m)))


def glorot_uniform(n, m, seed):
    bound = float(ROOT(6 / (n + m)))
    return tf.random.Generator.from_seed(seed + 100, alg="philox").uniform((n, m), -bound, bound)


def weight_scales(n, m):
    inputs, units = np.float64(n), np.float64(m)
    return {
        "glorot_uniform": ROOT(6 / (inputs + units)),
        "glorot_normal": ROOT(2 / (inputs + units)),
        "he_normal": ROOT(2 / inputs),
    }


def softmax(scores):
    shifted = scores - tf.math.reduce_max(scores, -1, True)
    P = tf.exp(shifted - tf.reduce_logsumexp(shifted, -1, True))
    identity = tf.eye(scores.shape[1], batch_shape=[scores.shape[0]], dtype=scores.dtype)
    return [P, identity * P[:, None, :] - tf.einsum("bi,bj->bij", P, P)]


def maxout(Z):
    order = tf.argsort(-Z, axis=-1, stable=True)
    best = order[..., 0]
    return tf.gather(Z, best, batch_dims=2), tf.one_hot(best, depth=tf.shape(Z)[-1], dtype=Z.dtype)


def elu(Z, alpha):
    low = tf.clip_by_value(Z, -1e9, 0)
    H = tf.maximum(Z, 0) + alpha * tf.math.expm1(low)
    slope = tf.exp(low)
    return H, slope * tf.where(Z > 0, tf.ones_like(Z), tf.fill(Z.shape, tf.cast(alpha, Z.dtype)))


def leaky_relu(Z, alpha):
    slope = (1 - alpha) * tf.cast(Z > 0, Z.dtype) + alpha
    return tf.nn.leaky_relu(Z, alpha=alpha), slope


def relu(Z):
    return 0.5 * (Z + tf.abs(Z)), tf.nn.relu(tf.sign(Z))


def tanh(Z):
    H = tf.math.tanh(Z)
    return H, (1 - H) * (1 + H)


def sigmoid(Z):
    return (tf.tanh(Z / 2) + 1) / 2, (1 - tf.tanh(Z / 2) ** 2) / 4
