"""Own training loops, layers one by one, a schedule of Keras, functions last to first."""

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
