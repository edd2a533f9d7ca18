"""Own training loops, layers one by one, a schedule of Keras, functions last to first."""

import math

import keras
import numpy as np
import tensorflow as tf


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


def average_ensemble(models, X):
    return np.stack([model.predict_on_batch(X) for model in models]).mean(0)


def predict_tta(model, views):
    return sum(np.asarray(model(view, training=False)) for view in views) / views.shape[0]


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


def shift_images(images, most, rng):
    moved = []
    for image in images:
        down, right = rng.choice(np.arange(-most, most + 1), size=2)
        image = np.roll(image, (down, right), axis=(0, 1))
        if down > 0:
            image[:down] = 0
        elif down < 0:
            image[down:] = 0
        if right > 0:
            image[:, :right] = 0
        elif right < 0:
            image[:, right:] = 0
        moved.append(image)
    return np.array(moved)


def build_cnn(shape, filters, k):
    model = keras.models.Sequential()
    model.add(keras.layers.InputLayer(shape=shape))
    for number in filters:
        model.add(keras.layers.Conv2D(number, kernel_size=3, strides=1, padding="same"))
        model.add(keras.layers.MaxPooling2D(pool_size=2, strides=2))
        model.add(keras.layers.Activation("relu"))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(k))
    model.add(keras.layers.Activation(tf.nn.softmax))
    return model


def layer_counts(shape, kernel, filters, stride, padding):
    layer = keras.layers.Conv2D(filters, kernel, strides=stride, padding=padding)
    layer.build((None, *shape))
    _, height, width, depth = layer.compute_output_shape((None, *shape))
    weights = layer.count_params()
    return {
        "depth": depth,
        "height": height,
        "width": width,
        "parameters": weights,
        "products": (weights - filters) // filters,
    }


def output_size(size, kernel, stride, padding):
    if padding == "same":
        return (size + stride - 1) // stride
    return int(np.floor((size - kernel) / stride + 1))


def same_padding(size, kernel, stride):
    if size % stride == 0:
        total = max(kernel - stride, 0)
    else:
        total = max(kernel - size % stride, 0)
    before, odd = divmod(total, 2)
    return before, before + odd


def conv2d(X, W, b, stride, padding):
    X, W, b = tf.convert_to_tensor(X), tf.convert_to_tensor(W), tf.convert_to_tensor(b)
    kh, kw = W.shape[0], W.shape[1]
    if padding == "same":
        rows, columns = same_padding(X.shape[1], kh, stride), same_padding(X.shape[2], kw, stride)
        X = tf.pad(X, [[0, 0], list(rows), list(columns), [0, 0]])
    lines = []
    for i in range(0, X.shape[1] - kh + 1, stride):
        line = [
            tf.tensordot(X[:, i : i + kh, j : j + kw], W, axes=3) + b for j in range(0, X.shape[2] - kw + 1, stride)
        ]
        lines.append(tf.stack(line, axis=1))
    return tf.stack(lines, axis=1)


def conv2d_backward(D, X, W, stride, padding):
    D, X, W = tf.convert_to_tensor(D), tf.convert_to_tensor(X), tf.convert_to_tensor(W)
    kh, kw = W.shape[0], W.shape[1]
    rows = columns = (0, 0)
    if padding == "same":
        rows, columns = same_padding(X.shape[1], kh, stride), same_padding(X.shape[2], kw, stride)
    padded = tf.pad(X, [[0, 0], list(rows), list(columns), [0, 0]])
    height, width = padded.shape[1], padded.shape[2]
    d_X, d_W = tf.zeros_like(padded), tf.zeros_like(W)
    for i in range(D.shape[1]):
        for j in range(D.shape[2]):
            top, left = i * stride, j * stride
            d_W += tf.einsum("mpqc,mf->pqcf", padded[:, top : top + kh, left : left + kw], D[:, i, j])
            part = tf.einsum("mf,pqcf->mpqc", D[:, i, j], W)
            d_X += tf.pad(part, [[0, 0], [top, height - top - kh], [left, width - left - kw], [0, 0]])
    cut = d_X[:, rows[0] : rows[0] + X.shape[1], columns[0] : columns[0] + X.shape[2]]
    return {"X": cut, "W": d_W, "b": tf.reduce_sum(D, axis=[0, 1, 2])}


def max_pool(X, size, stride):
    X = tf.convert_to_tensor(X)
    rows = range(0, X.shape[1] - size + 1, stride)
    columns = range(0, X.shape[2] - size + 1, stride)
    return tf.stack(
        [tf.stack([tf.reduce_max(X[:, i : i + size, j : j + size], axis=[1, 2]) for j in columns], 1) for i in rows], 1
    )


def max_pool_backward(D, X, size, stride):
    grad = np.zeros(X.shape)
    for m, i, j, d in np.ndindex(*D.shape):
        best, place = -math.inf, None
        for p in range(size):
            for q in range(size):
                pixel = X[m, i * stride + p, j * stride + q, d]
                if pixel > best:
                    best, place = pixel, (i * stride + p, j * stride + q)
        grad[m, place[0], place[1], d] += D[m, i, j, d]
    return grad


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
