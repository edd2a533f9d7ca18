"""Images as columns of one matrix: a convolution is a product, and its way back is two."""

import math

import keras
import numpy as np


def _geometry(X, kh, kw, stride, padding):
    h, w = X.shape[1:3]
    rows = columns = (0, 0)
    if padding == "same":
        rows, columns = same_padding(h, kh, stride), same_padding(w, kw, stride)
    height = (h + sum(rows) - kh) // stride + 1
    width = (w + sum(columns) - kw) // stride + 1
    return rows, columns, height, width


def _im2col(X, kh, kw, stride, padding):
    rows, columns, height, width = _geometry(X, kh, kw, stride, padding)
    padded = np.pad(X, ((0, 0), rows, columns, (0, 0)))
    parts = [
        padded[:, i * stride : i * stride + kh, j * stride : j * stride + kw].reshape(len(X), -1)
        for i in range(height)
        for j in range(width)
    ]
    return np.stack(parts, axis=1).reshape(len(X) * height * width, -1), height, width


def conv2d(X, W, b, stride, padding):
    kh, kw, c, f = W.shape
    matrix, height, width = _im2col(X, kh, kw, stride, padding)
    return (matrix @ W.reshape(-1, f) + b.reshape(1, -1)).reshape(len(X), height, width, f)


def conv2d_backward(D, X, W, stride, padding):
    kh, kw, c, f = W.shape
    matrix, height, width = _im2col(X, kh, kw, stride, padding)
    flat = D.reshape(-1, f)
    dW = (matrix.T @ flat).reshape(W.shape)
    windows = (flat @ W.reshape(-1, f).T).reshape(len(X), height, width, kh, kw, c)
    rows, columns, _, _ = _geometry(X, kh, kw, stride, padding)
    dX = np.zeros((len(X), X.shape[1] + sum(rows), X.shape[2] + sum(columns), c))
    for i in range(height):
        for j in range(width):
            dX[:, i * stride : i * stride + kh, j * stride : j * stride + kw] += windows[:, i, j]
    dX = dX[:, rows[0] : dX.shape[1] - rows[1], columns[0] : dX.shape[2] - columns[1]]
    return {"b": flat.sum(0), "W": dW, "X": dX}


def max_pool(X, size, stride):
    M, h, w, c = X.shape
    matrix, height, width = _im2col(X, size, size, stride, "valid")
    return matrix.reshape(M, height, width, size * size, c).max(axis=3)


def max_pool_backward(D, X, size, stride):
    grad = np.zeros(X.shape)
    for channel in range(X.shape[3]):
        for image in range(len(X)):
            for i in range(D.shape[1]):
                for j in range(D.shape[2]):
                    window = X[image, i * stride : i * stride + size, j * stride : j * stride + size, channel]
                    p, q = np.unravel_index(np.argmax(window), window.shape)
                    grad[image, i * stride + p, j * stride + q, channel] += D[image, i, j, channel]
    return grad


def output_size(size, kernel, stride, padding):
    if padding == "same":
        return (size + stride - 1) // stride
    return int(np.floor((size - kernel) / stride + 1))


def layer_counts(shape, kernel, filters, stride, padding):
    h, w, c = shape
    weights = 0
    for _ in range(filters):
        weights += kernel**2 * c + 1
    return dict(
        height=output_size(h, kernel, stride, padding),
        width=output_size(w, kernel, stride, padding),
        depth=filters,
        products=kernel**2 * c,
        parameters=weights,
    )


def same_padding(size, kernel, stride):
    missing = (output_size(size, kernel, stride, "same") - 1) * stride + kernel - size
    if missing < 0:
        missing = 0
    before = math.floor(missing / 2)
    return before, missing - before


def build_cnn(shape, filters, k):
    inputs = H = keras.Input(shape=shape)
    for number in filters:
        H = keras.layers.Conv2D(filters=number, kernel_size=(3, 3), padding="same")(H)
        H = keras.layers.ReLU()(H)
        H = keras.layers.MaxPool2D(pool_size=(2, 2), strides=2)(H)
    outputs = keras.layers.Softmax()(keras.layers.Dense(k)(keras.layers.Flatten()(H)))
    return keras.Model(inputs, outputs)


def shift_images(images, most, rng):
    M, h, w, _ = images.shape
    padded = np.pad(images, [(0, 0), (most, most), (most, most), (0, 0)])
    top = rng.integers(2 * most + 1, size=M)
    left = rng.integers(2 * most + 1, size=M)
    rows, columns = top[:, None] + np.arange(h), left[:, None] + np.arange(w)
    return padded[np.arange(M)[:, None, None], rows[:, :, None], columns[:, None, :]]


def train_cnn(images, labels, filters, epochs, most, seed):
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng([seed, 11])
    model = build_cnn(tuple(images.shape[1:]), list(filters), 10)
    optimizer = keras.optimizers.Adam(learning_rate=1e-2)
    model.compile(optimizer=optimizer, loss=keras.losses.SparseCategoricalCrossentropy(), metrics=["accuracy"])
    for _ in range(epochs):
        shifted = shift_images(images.copy(), most, rng)
        order = rng.permutation(len(images))
        for start in range(0, len(images), 32):
            rows = order[start : start + 32]
            model.train_on_batch(shifted[rows], labels[rows])
    return model


def ten_crop(images, size, mirror):
    h, w = images.shape[1:3]
    middle = (h - size) // 2, (w - size) // 2
    five = np.array(
        [
            images[:, :size, :size],
            images[:, :size, w - size :],
            images[:, h - size :, :size],
            images[:, h - size :, w - size :],
            images[:, middle[0] : middle[0] + size, middle[1] : middle[1] + size],
        ]
    )
    return np.vstack([five, np.flip(five, axis=3)]) if mirror else five


def predict_tta(model, views):
    return sum(np.asarray(model(view, training=False)) for view in views) / views.shape[0]


def average_ensemble(models, X):
    return np.stack([model.predict_on_batch(X) for model in models]).mean(0)


def snapshot_ensemble(model, X, Y, cycles, epochs, learning_rate, batch_size):
    M = len(X)
    steps = epochs * len(range(0, M, batch_size))
    schedule = keras.optimizers.schedules.CosineDecayRestarts(learning_rate, steps, t_mul=1.0, m_mul=1.0)
    snapshots, step = [], 0
    for _ in range(cycles):
        for _ in range(epochs):
            order = np.random.permutation(M)
            for start in range(0, M, batch_size):
                rows = order[start : start + batch_size]
                model.optimizer.learning_rate = float(schedule(step))
                model.train_on_batch(X[rows], Y[rows])
                step += 1
        snapshots.append([weight.numpy().copy() for weight in model.weights])
    return snapshots
