"""Loops over everything, as the formulas stand on paper."""

import math

import keras
import numpy as np
import tensorflow as tf


def output_size(size, kernel, stride, padding):
    if padding == "valid":
        places = 0
        start = 0
        while start + kernel <= size:
            places += 1
            start += stride
        return places
    return -(-size // stride)


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


def conv2d(X, W, b, stride, padding):
    M, h, w, c = X.shape
    kh, kw, _, f = W.shape
    top = left = 0
    if padding == "same":
        top, left = same_padding(h, kh, stride)[0], same_padding(w, kw, stride)[0]
    height, width = output_size(h, kh, stride, padding), output_size(w, kw, stride, padding)
    Y = np.zeros((M, height, width, f))
    for m in range(M):
        for i in range(height):
            for j in range(width):
                for n in range(f):
                    total = b[n]
                    for p in range(kh):
                        for q in range(kw):
                            row, column = i * stride + p - top, j * stride + q - left
                            if 0 <= row < h and 0 <= column < w:
                                for d in range(c):
                                    total += X[m, row, column, d] * W[p, q, d, n]
                    Y[m, i, j, n] = total
    return Y


def conv2d_backward(D, X, W, stride, padding):
    M, h, w, c = X.shape
    kh, kw, _, f = W.shape
    top = left = 0
    if padding == "same":
        top, left = same_padding(h, kh, stride)[0], same_padding(w, kw, stride)[0]
    grads = {"X": np.zeros(X.shape), "W": np.zeros(W.shape), "b": np.zeros(f)}
    for m, i, j, n in np.ndindex(*D.shape):
        grads["b"][n] += D[m, i, j, n]
        for p in range(kh):
            for q in range(kw):
                row, column = i * stride + p - top, j * stride + q - left
                if 0 <= row < h and 0 <= column < w:
                    grads["W"][p, q, :, n] += X[m, row, column] * D[m, i, j, n]
                    grads["X"][m, row, column] += W[p, q, :, n] * D[m, i, j, n]
    return grads


def max_pool(X, size, stride):
    M, h, w, c = X.shape
    height, width = (h - size) // stride + 1, (w - size) // stride + 1
    Y = np.full((M, height, width, c), -np.inf)
    for m, i, j, d in np.ndindex(*Y.shape):
        for p in range(size):
            for q in range(size):
                Y[m, i, j, d] = max(Y[m, i, j, d], X[m, i * stride + p, j * stride + q, d])
    return Y


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


def shift_images(images, most, rng):
    M, h, w, c = images.shape
    result = np.zeros_like(images)
    for m in range(M):
        down, right = rng.integers(-most, most, endpoint=True), rng.integers(-most, most, endpoint=True)
        for i in range(h):
            for j in range(w):
                if 0 <= i - down < h and 0 <= j - right < w:
                    result[m, i, j] = images[m, i - down, j - right]
    return result


def ten_crop(images, size, mirror):
    M, h, w, c = images.shape
    tops = [0, 0, h - size, h - size, (h - size) // 2]
    lefts = [0, w - size, 0, w - size, (w - size) // 2]
    views = []
    for flipped in (False, True) if mirror else (False,):
        for top, left in zip(tops, lefts):
            view = images[:, top : top + size, left : left + size]
            views.append(view[:, :, ::-1] if flipped else view)
    return np.array(views)


def predict_tta(model, views):
    total = 0.0
    for view in views:
        total = total + model.predict(view, verbose=0)
    return total / len(views)


def average_ensemble(models, X):
    total = 0.0
    for model in models:
        total = total + model(X)
    return total / len(models)


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


def snapshot_ensemble(model, X, Y, cycles, epochs, learning_rate, batch_size):
    class Pace(keras.callbacks.Callback):
        def __init__(self, steps):
            super().__init__()
            self.steps, self.step, self.kept = steps, 0, []

        def on_train_batch_begin(self, batch, logs=None):
            part = (self.step % self.steps) / self.steps
            self.model.optimizer.learning_rate.assign(learning_rate * 0.5 * (1 + np.cos(np.pi * part)))

        def on_train_batch_end(self, batch, logs=None):
            self.step += 1
            if self.step % self.steps == 0:
                self.kept.append([np.array(weight) for weight in self.model.get_weights()])

    pace = Pace(epochs * int(np.ceil(X.shape[0] / batch_size)))
    model.fit(X, Y, batch_size=batch_size, epochs=epochs * cycles, verbose=0, callbacks=[pace])
    return pace.kept
