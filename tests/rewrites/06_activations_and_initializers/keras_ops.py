"""The operations of Keras, and its activations for the values."""
import keras
from keras import ops
import tensorflow as tf


def sigmoid(Z):
    return ops.sigmoid(Z), ops.sigmoid(Z) * ops.sigmoid(-Z)


def tanh(Z):
    return keras.activations.tanh(Z), 1 - ops.square(ops.tanh(Z))


def relu(Z):
    return keras.activations.relu(Z), ops.cast(ops.greater(Z, 0), Z.dtype)


def leaky_relu(Z, alpha):
    return keras.activations.leaky_relu(Z, negative_slope=alpha), ops.where(Z > 0, ops.ones_like(Z), ops.full_like(Z, alpha))


def elu(Z, alpha):
    H = keras.activations.elu(Z, alpha=alpha)
    return H, ops.where(Z > 0, ops.ones_like(Z), H + alpha)


def maxout(Z):
    return ops.max(Z, axis=-1), ops.one_hot(ops.argmax(Z, axis=-1), Z.shape[-1], dtype=Z.dtype)


def softmax(Z):
    P = ops.softmax(Z, axis=-1)
    k = Z.shape[1]
    return P, ops.expand_dims(P, 2) * ops.eye(k, dtype=Z.dtype) - ops.expand_dims(P, 2) * ops.expand_dims(P, 1)


def weight_scales(n, m):
    return {
        "glorot_uniform": float(ops.sqrt(6 / (n + m))),
        "glorot_normal": (2 / (n + m)) ** 0.5,
        "he_normal": (2 / n) ** 0.5,
    }


def glorot_uniform(n, m, seed):
    limit = weight_scales(n, m)["glorot_uniform"]
    return keras.random.uniform((n, m), -limit, limit, seed=seed)


def glorot_normal(n, m, seed):
    return keras.random.normal((n, m), stddev=weight_scales(n, m)["glorot_normal"], seed=seed)


def he_normal(n, m, seed):
    return keras.initializers.RandomNormal(mean=0.0, stddev=(2 / n) ** 0.5, seed=seed)((n, m))


def orthogonal(n, m, seed, gain=1.0):
    A = keras.random.normal((max(n, m), min(n, m)), seed=seed)
    Q, R = ops.qr(A)
    if n < m:
        Q = ops.transpose(Q)
    return Q * gain


def activation_statistics(model, X):
    reader = keras.Model(model.inputs, [layer.output for layer in model.layers])
    outputs = reader(X)
    outputs = outputs if isinstance(outputs, (list, tuple)) else [outputs]
    outputs = [X, *outputs]
    return {"mean": [float(ops.mean(H)) for H in outputs], "std": [float(ops.std(H)) for H in outputs]}


def lsuv(model, batch):
    found = []
    for index, layer in enumerate(model.layers):
        layer.bias.assign(ops.zeros_like(layer.bias))
        activation, layer.activation = layer.activation, None
        H = batch
        for one in model.layers[: index + 1]:
            H = one(H)
        layer.activation = activation
        s = ops.std(H)
        layer.kernel.assign(ops.divide(layer.kernel, s))
        found.append(float(s))
    return found


def kernel_gradients(model, X, Y):
    with tf.GradientTape(persistent=True) as tape:
        loss = ops.mean(ops.sum(ops.square(ops.subtract(model(X), Y)), axis=1))
    return [tape.gradient(loss, layer.kernel.value) for layer in model.layers]


def different_units(W):
    W = ops.convert_to_numpy(W)
    size = abs(W).max() or 1.0
    rounded = {tuple((W[:, j] / size).round(4).tolist()) for j in range(W.shape[1])}
    return len(rounded)
