"""One entry at a time, in plain Python; slow, and right."""
import math

import tensorflow as tf


def each(Z, function):
    """Applies a function of a number to every entry."""
    flat = [function(float(z)) for z in tf.reshape(Z, [-1])]
    values = tf.reshape(tf.constant([one[0] for one in flat], Z.dtype), Z.shape)
    slopes = tf.reshape(tf.constant([one[1] for one in flat], Z.dtype), Z.shape)
    return values, slopes


def logistic(z):
    return 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))


def sigmoid(Z):
    return each(Z, lambda z: (logistic(z), logistic(z) * logistic(-z)))


def tanh(Z):
    return each(Z, lambda z: (math.tanh(z), 1 - math.tanh(z) ** 2))


def relu(Z):
    return each(Z, lambda z: (z, 1) if z > 0 else (0, 0))


def leaky_relu(Z, alpha):
    return each(Z, lambda z: (z, 1) if z > 0 else (alpha * z, alpha))


def elu(Z, alpha):
    return each(Z, lambda z: (z, 1) if z > 0 else (alpha * math.expm1(z), alpha * math.exp(z)))


def maxout(Z):
    H, slopes = [], []
    for example in Z.numpy().tolist():
        H.append([max(unit) for unit in example])
        slopes.append([[1.0 if q == unit.index(max(unit)) else 0.0 for q in range(len(unit))] for unit in example])
    return tf.constant(H, Z.dtype), tf.constant(slopes, Z.dtype)


def softmax(Z):
    P, J = [], []
    for row in Z.numpy().tolist():
        top = max(row)
        powers = [math.exp(z - top) for z in row]
        p = [power / sum(powers) for power in powers]
        P.append(p)
        J.append([[p[c] * ((c == d) - p[d]) for d in range(len(p))] for c in range(len(p))])
    return tf.constant(P, Z.dtype), tf.constant(J, Z.dtype)


def weight_scales(n, m):
    scales = {}
    for name, variance in (("glorot_uniform", 6 / (n + m)), ("glorot_normal", 2 / (n + m)), ("he_normal", 2 / n)):
        scales[name] = variance**0.5
    return scales


def generator(seed):
    return tf.random.Generator.from_seed(seed)


def glorot_uniform(n, m, seed):
    limit = weight_scales(n, m)["glorot_uniform"]
    return generator(seed).uniform((n, m), -limit, limit)


def glorot_normal(n, m, seed):
    return generator(seed).normal((n, m), 0.0, weight_scales(n, m)["glorot_normal"])


def he_normal(n, m, seed):
    return generator(seed).normal((n, m)) * weight_scales(n, m)["he_normal"]


def orthogonal(n, m, seed, gain=1.0):
    if n < m:
        return tf.transpose(orthogonal(m, n, seed, gain))
    Q, _ = tf.linalg.qr(generator(seed).normal((n, m)))
    return gain * Q


def activation_statistics(model, X):
    def of(H):
        numbers = [float(number) for number in tf.reshape(H, [-1])]
        mean = math.fsum(numbers) / len(numbers)
        return mean, math.sqrt(math.fsum((number - mean) ** 2 for number in numbers) / len(numbers))

    pairs, H = [of(X)], X
    for layer in model.layers:
        H = layer(H)
        pairs.append(of(H))
    return {"mean": [mean for mean, _ in pairs], "std": [std for _, std in pairs]}


def lsuv(model, batch):
    H = batch
    found = []
    for i in range(len(model.layers)):
        layer = model.layers[i]
        layer.bias.assign([0.0] * layer.units)
        Z = H @ layer.kernel
        s = float(tf.math.reduce_std(Z))
        layer.kernel.assign(layer.kernel / s)
        found += [s]
        H = layer.activation(Z / s)
    return found


def kernel_gradients(model, X, Y):
    total = None
    for i in range(len(X)):
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum((model(X[i : i + 1]) - Y[i : i + 1]) ** 2)
        gradients = tape.gradient(loss, [layer.kernel.value for layer in model.layers])
        total = gradients if total is None else [a + b for a, b in zip(total, gradients)]
    return [gradient / len(X) for gradient in total]


def different_units(W):
    rows = W.numpy().tolist()
    largest = max(abs(w) for row in rows for w in row)
    columns = list(zip(*rows))
    different = []
    for column in columns:
        for other in different:
            if max(abs(a - b) for a, b in zip(column, other)) <= 1e-5 * largest:
                break
        else:
            different.append(column)
    return len(different)
