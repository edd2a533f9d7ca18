"""One class holds the geometry, and all functions ask it."""

import keras
import numpy as np
import tensorflow as tf

from dataclasses import dataclass


@dataclass
class Sliding:
    """Windows of an axis."""

    size: int
    kernel: int
    stride: int
    padding: str

    @property
    def places(self):
        return -(-self.size // self.stride) if self.padding == "same" else 1 + (self.size - self.kernel) // self.stride

    @property
    def zeros(self):
        if self.padding == "valid":
            return 0, 0
        total = max(0, self.kernel + self.stride * (self.places - 1) - self.size)
        return total // 2, (total + 1) // 2

    def __iter__(self):
        return iter(slice(i * self.stride, i * self.stride + self.kernel) for i in range(self.places))

    def cut(self):
        return slice(self.zeros[0], self.zeros[0] + self.size)


def output_size(size, kernel, stride, padding):
    return Sliding(size, kernel, stride, padding).places


def same_padding(size, kernel, stride):
    return Sliding(size, kernel, stride, "same").zeros


def layer_counts(shape, kernel, filters, stride, padding):
    h, w = (Sliding(n, kernel, stride, padding).places for n in shape[:2])
    products = int(np.prod([kernel, kernel, shape[2]]))
    weights = products * filters
    return {"height": h, "width": w, "depth": filters, "products": products, "parameters": weights + filters}


def _axes(X, W, stride, padding):
    return [Sliding(n, k, stride, padding) for n, k in zip(X.shape[1:3], W.shape[:2], strict=True)]


def _padded(X, axes):
    return np.pad(X, [(0, 0), axes[0].zeros, axes[1].zeros, (0, 0)])


def conv2d(X, W, b, stride, padding):
    axes = _axes(X, W, stride, padding)
    padded = _padded(X, axes)
    maps = [[np.einsum("mpqc,pqcf->mf", padded[:, i, j], W) for j in axes[1]] for i in axes[0]]
    return np.array(maps).transpose(2, 0, 1, 3) + b


def conv2d_backward(D, X, W, stride, padding):
    axes = _axes(X, W, stride, padding)
    padded = _padded(X, axes)
    d_X, d_W = np.zeros(padded.shape), np.zeros(W.shape)
    for down, i in enumerate(axes[0]):
        for across, j in enumerate(axes[1]):
            delta = D[:, down, across]
            d_W += np.einsum("mpqc,mf->pqcf", padded[:, i, j], delta)
            d_X[:, i, j] += np.einsum("mf,pqcf->mpqc", delta, W)
    return {"X": d_X[:, axes[0].cut(), axes[1].cut()], "W": d_W, "b": D.sum(0).sum(0).sum(0)}


def max_pool(X, size, stride):
    rows, columns = (Sliding(n, size, stride, "valid") for n in X.shape[1:3])
    return np.array([[X[:, i, j].max((1, 2)) for j in columns] for i in rows]).transpose(2, 0, 1, 3)


def max_pool_backward(D, X, size, stride):
    rows, columns = (Sliding(n, size, stride, "valid") for n in X.shape[1:3])
    grad = np.zeros_like(X)
    for down, i in enumerate(rows):
        for across, j in enumerate(columns):
            window = X[:, i, j]
            taken = np.zeros((len(X), X.shape[3]), bool)
            best = window.max(axis=(1, 2))
            for p in range(size):
                for q in range(size):
                    wins = (window[:, p, q] == best) & ~taken
                    taken |= wins
                    grad[:, i, j][:, p, q] += np.where(wins, D[:, down, across], 0)
    return grad


def build_cnn(shape, filters, k):
    inputs = H = keras.Input(shape=shape)
    for number in filters:
        H = keras.layers.Conv2D(filters=number, kernel_size=(3, 3), padding="same")(H)
        H = keras.layers.ReLU()(H)
        H = keras.layers.MaxPool2D(pool_size=(2, 2), strides=2)(H)
    outputs = keras.layers.Softmax()(keras.layers.Dense(k)(keras.layers.Flatten()(H)))
    return keras.Model(inputs, outputs)


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
    V, M = views.shape[:2]
    P = model.predict(views.reshape(V * M, *views.shape[2:]), verbose=0)
    return P.reshape(V, M, -1).mean(axis=0)


def average_ensemble(models, X):
    return tf.add_n([model(X) for model in models]) / len(models)


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
