"""TensorFlow's operations throughout, and tensors as results."""

import keras
import numpy as np
import tensorflow as tf


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
    D, X = tf.convert_to_tensor(D), tf.convert_to_tensor(X)
    M, h, w, c = X.shape
    grad = tf.zeros_like(X)
    for i in range(D.shape[1]):
        for j in range(D.shape[2]):
            top, left = i * stride, j * stride
            window = tf.reshape(X[:, top : top + size, left : left + size], (M, size * size, c))
            winner = tf.one_hot(tf.argmax(window, axis=1), size * size, axis=1, dtype=X.dtype)
            part = tf.reshape(winner * D[:, i, j][:, None], (M, size, size, c))
            grad += tf.pad(part, [[0, 0], [top, h - top - size], [left, w - left - size], [0, 0]])
    return grad


def build_cnn(shape, filters, k):
    inputs = H = keras.Input(shape=shape)
    for number in filters:
        H = keras.layers.Conv2D(filters=number, kernel_size=(3, 3), padding="same")(H)
        H = keras.layers.ReLU()(H)
        H = keras.layers.MaxPool2D(pool_size=(2, 2), strides=2)(H)
    outputs = keras.layers.Softmax()(keras.layers.Dense(k)(keras.layers.Flatten()(H)))
    return keras.Model(inputs, outputs)


def predict_tta(model, views):
    return tf.reduce_mean(tf.stack([model(view) for view in views]), axis=0)


def average_ensemble(models, X):
    return tf.add_n([model(X) for model in models]) / len(models)


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


def same_padding(size, kernel, stride):
    if size % stride == 0:
        total = max(kernel - stride, 0)
    else:
        total = max(kernel - size % stride, 0)
    before, odd = divmod(total, 2)
    return before, before + odd


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
    M, h, w, c = images.shape
    tops = [0, 0, h - size, h - size, (h - size) // 2]
    lefts = [0, w - size, 0, w - size, (w - size) // 2]
    views = []
    for flipped in (False, True) if mirror else (False,):
        for top, left in zip(tops, lefts):
            view = images[:, top : top + size, left : left + size]
            views.append(view[:, :, ::-1] if flipped else view)
    return np.array(views)
