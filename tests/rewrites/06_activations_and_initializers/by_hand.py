"""Everything from exp and comparisons; nothing of tf.nn."""
import math

import keras
import tensorflow as tf


def sigmoid(Z):
    small = tf.exp(-tf.abs(Z))
    H = tf.where(Z >= 0, tf.ones_like(Z), small) / (1 + small)
    return H, small / (1 + small) ** 2


def tanh(Z):
    small = tf.exp(-2 * tf.abs(Z))
    H = tf.sign(Z) * (1 - small) / (1 + small)
    return H, 4 * small / (1 + small) ** 2


def relu(Z):
    mask = tf.cast(Z > 0, Z.dtype)
    return mask * Z, mask


def leaky_relu(Z, alpha):
    mask = tf.cast(Z > 0, Z.dtype)
    slope = mask + alpha * (1 - mask)
    return slope * Z, slope


def elu(Z, alpha):
    # exp(1000) in the branch that is not taken does no harm in where
    H = tf.where(Z > 0, Z, alpha * (tf.exp(Z) - 1))
    slope = tf.where(Z > 0, 1 + 0 * Z, alpha * tf.exp(Z))
    return H, slope


def maxout(Z):
    H = tf.reduce_max(Z, axis=2)
    best = tf.cast(tf.equal(Z, H[:, :, None]), Z.dtype)
    earlier = tf.cumsum(best, axis=2, exclusive=True)
    return H, best * tf.cast(earlier < 0.5, Z.dtype)


def softmax(Z):
    E = tf.exp(Z - tf.reduce_max(Z, axis=1, keepdims=True))
    P = E / tf.reduce_sum(E, axis=1, keepdims=True)
    return P, tf.linalg.diag(P) - tf.einsum("ic,id->icd", P, P)


def weight_scales(n, m):
    glorot, he = 2.0 / (n + m), 2.0 / n
    return {"glorot_uniform": math.sqrt(3 * glorot), "glorot_normal": math.sqrt(glorot), "he_normal": math.sqrt(he)}


def glorot_uniform(n, m, seed):
    a = weight_scales(n, m)["glorot_uniform"]
    return a * (2 * tf.random.stateless_uniform((n, m), seed=(7, seed)) - 1)


def glorot_normal(n, m, seed):
    s = weight_scales(n, m)["glorot_normal"]
    return tf.random.stateless_normal([n, m], seed=tf.constant([seed, 42]), stddev=s)


def he_normal(n, m, seed):
    # cut at two deviations and corrected, as Keras does
    s = weight_scales(n, m)["he_normal"] / 0.87962566103423978
    return tf.random.stateless_truncated_normal([n, m], seed=[seed, 1], stddev=s)


def orthogonal(n, m, seed, gain=1.0):
    """Gram and Schmidt, twice for good measure, in float64."""
    rows, columns = max(n, m), min(n, m)
    A = tf.random.stateless_normal((rows, columns), (seed, 3), dtype=tf.float64)
    done = []
    for j in range(columns):
        v = A[:, j]
        for _ in range(2):
            for q in done:
                v = v - tf.reduce_sum(q * v) * q
        done.append(v / tf.norm(v))
    Q = tf.stack(done, axis=1)
    Q = tf.cast(gain * Q, tf.float32)
    return Q if n >= m else tf.transpose(Q)


def activation_statistics(model, X):
    result = {"mean": [], "std": []}
    H = X
    for layer in [None] + list(model.layers):
        if layer is not None:
            H = layer(H)
        mean = tf.reduce_sum(H) / tf.size(H, out_type=tf.int64).numpy()
        result["mean"].append(float(mean))
        result["std"].append(float(tf.sqrt(tf.reduce_mean((H - mean) ** 2))))
    return result


def lsuv(model, batch):
    deviations = []
    for number, layer in enumerate(model.layers):
        H = batch
        for earlier in model.layers[:number]:
            H = earlier(H)
        kernel, bias = layer.get_weights()
        s = float(tf.math.reduce_std(tf.matmul(H, kernel)))
        layer.set_weights([kernel / s, 0 * bias])
        deviations.append(s)
    return deviations


def kernel_gradients(model, X, Y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.reduce_sum(tf.square(Y - model(X)), axis=-1))
    gradients = tape.gradient(loss, model.trainable_variables)
    return gradients[::2]


def different_units(W):
    W = tf.convert_to_tensor(W)
    differences = tf.reduce_max(tf.abs(W[:, :, None] - W[:, None, :]), axis=0)
    same = differences <= 1e-5 * tf.reduce_max(tf.abs(W))
    first = tf.argmax(tf.cast(same, tf.int32), axis=1)
    return len(set(first.numpy().tolist()))
