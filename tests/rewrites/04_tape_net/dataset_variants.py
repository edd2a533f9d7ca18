"""A generator draws a permutation for each epoch; the losses are averaged with NumPy."""

import keras
import numpy as np
import tensorflow as tf


def init_params(n, h, k, seed):
    a, b = np.random.SeedSequence(seed).spawn(2)
    W1 = np.random.default_rng(a).uniform(0, 1, size=(n, h))
    W2 = np.random.default_rng(b).uniform(0, 1, size=(h, k))
    clip = lambda W: np.minimum(W.astype(np.float32), np.nextafter(np.float32(1), np.float32(0)))
    return {
        "W1": tf.Variable(clip(W1)),
        "b1": tf.Variable(np.zeros((1, h), np.float32)),
        "W2": tf.Variable(clip(W2)),
        "b2": tf.Variable(np.zeros((1, k), np.float32)),
    }


def forward(X, params):
    return tf.matmul(tf.sigmoid(tf.matmul(X, params["W1"]) + params["b1"]), params["W2"]) + params["b2"]


def mse_loss(Y_hat, Y):
    columns = tf.unstack(tf.square(Y_hat - Y), axis=1)
    return tf.add_n([tf.reduce_mean(column) for column in columns])


def gradients(X, Y, params):
    with tf.GradientTape() as tape:
        loss = mse_loss(forward(X, params), Y)
    return tape.gradient(loss, params)


def train_step(X, Y, params, optimizer):
    names = list(params)
    with tf.GradientTape() as tape:
        loss = mse_loss(forward(X, params), Y)
    grads = tape.gradient(loss, [params[name] for name in names])
    optimizer.apply_gradients(list(zip(grads, [params[name] for name in names])))
    return loss


def make_dataset(X, Y, batch_size, seed):
    X, Y = np.asarray(X), np.asarray(Y)
    rng = np.random.default_rng(seed)

    def one_epoch():
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            yield X[rows], Y[rows]

    signature = (
        tf.TensorSpec((None, X.shape[1]), X.dtype),
        tf.TensorSpec((None, Y.shape[1]), Y.dtype),
    )
    return tf.data.Dataset.from_generator(one_epoch, output_signature=signature)


def run(dataset, step, epochs):
    losses = []
    for _ in range(epochs):
        record = np.array([(step(X, Y).numpy(), X.shape[0]) for X, Y in dataset])
        losses.append(float(np.average(record[:, 0], weights=record[:, 1])))
    return losses


def train(dataset, params, optimizer, epochs):
    return run(dataset, lambda X, Y: train_step(X, Y, params, optimizer), epochs)


def train_compiled(dataset, params, optimizer, epochs):
    optimizer.build(list(params.values()))

    @tf.function(reduce_retracing=True)
    def step(X, Y):
        return train_step(X, Y, params, optimizer)

    return run(dataset, step, epochs)


def sequential_twin(params):
    model = keras.Sequential(name="twin")
    model.add(keras.Input((params["W1"].shape[0],)))
    model.add(keras.layers.Dense(params["W1"].shape[1], use_bias=True))
    model.add(keras.layers.Activation("sigmoid"))
    model.add(keras.layers.Dense(params["W2"].shape[1], use_bias=True))
    weights = [params["W1"], params["b1"], params["W2"], params["b2"]]
    for variable, value in zip(model.weights, weights):
        variable.assign(tf.reshape(value, variable.shape))
    return model
