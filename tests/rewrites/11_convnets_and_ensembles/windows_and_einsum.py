"""Windows as views of the image, einsum, and gradients that go over the filter's pixels instead of the places."""

import keras
import numpy as np
import tensorflow as tf

from numpy.lib.stride_tricks import sliding_window_view


def _zeros(X, kernel, stride, padding):
    if padding != "same":
        return ((0, 0), (0, 0), (0, 0), (0, 0))
    return ((0, 0), *(same_padding(n, k, stride) for n, k in zip(X.shape[1:3], kernel)), (0, 0))


def conv2d(X, W, b, stride, padding):
    padded = np.pad(X, _zeros(X, W.shape[:2], stride, padding))
    windows = sliding_window_view(padded, W.shape[:2], axis=(1, 2))[:, ::stride, ::stride]
    return np.einsum("mijcpq,pqcf->mijf", windows, W, optimize=True) + b


def conv2d_backward(D, X, W, stride, padding):
    zeros = _zeros(X, W.shape[:2], stride, padding)
    padded = np.pad(X, zeros)
    rows, columns = D.shape[1:3]
    dX, dW = np.zeros(padded.shape), np.empty(W.shape)
    for p in range(W.shape[0]):
        for q in range(W.shape[1]):
            seen = (slice(None), np.arange(rows)[:, None] * stride + p, np.arange(columns) * stride + q)
            dW[p, q] = np.einsum("mijc,mijf->cf", padded[seen], D)
            np.add.at(dX, seen, np.einsum("mijf,cf->mijc", D, W[p, q]))
    _, (top, _), (left, _), _ = zeros
    return dict(X=dX[:, top:, left:][:, : X.shape[1], : X.shape[2]], W=dW, b=np.einsum("mijf->f", D))


def max_pool(X, size, stride):
    return sliding_window_view(X, (size, size), axis=(1, 2))[:, ::stride, ::stride].max(axis=(-1, -2))


def max_pool_backward(D, X, size, stride):
    windows = sliding_window_view(X, (size, size), axis=(1, 2))[:, ::stride, ::stride]
    winners = windows.reshape(*windows.shape[:4], -1).argmax(axis=-1)
    m, i, j, c = np.indices(D.shape)
    grad = np.zeros_like(X)
    np.add.at(grad, (m, i * stride + winners // size, j * stride + winners % size, c), D)
    return grad


def shift_images(images, most, rng):
    M, h, w, _ = images.shape
    padded = np.pad(images, [(0, 0), (most, most), (most, most), (0, 0)])
    top = rng.integers(2 * most + 1, size=M)
    left = rng.integers(2 * most + 1, size=M)
    rows, columns = top[:, None] + np.arange(h), left[:, None] + np.arange(w)
    return padded[np.arange(M)[:, None, None], rows[:, :, None], columns[:, None, :]]


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
    V, M = views.shape[:2]
    P = model.predict(views.reshape(V * M, *views.shape[2:]), verbose=0)
    return P.reshape(V, M, -1).mean(axis=0)


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
