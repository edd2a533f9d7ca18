"""Every product and every sum is an einsum; batches are gathered from shuffled row numbers."""

import keras
import numpy as np
import tensorflow as tf


def init_params(n, h, k, seed):
    rng = np.random.default_rng(seed)
    return {
        "W1": tf.Variable(rng.random((n, h), dtype=np.float32)),
        "b1": tf.Variable(np.zeros((1, h), dtype=np.float32)),
        "W2": tf.Variable(rng.random((h, k), dtype=np.float32)),
        "b2": tf.Variable(np.zeros((1, k), dtype=np.float32)),
    }


def forward(X, params):
    Z1 = tf.einsum("mn,nh->mh", X, params["W1"]) + params["b1"]
    return tf.einsum("mh,hk->mk", tf.nn.sigmoid(Z1), params["W2"]) + params["b2"]


def mse_loss(Y_hat, Y):
    E = Y_hat - Y
    M = tf.cast(tf.shape(Y)[0], E.dtype)
    return tf.einsum("mk,mk->", E, E) / M


def gradients(X, Y, params):
    names = tuple(params)
    with tf.GradientTape() as tape:
        E = forward(X, params) - Y
        loss = tf.einsum("mk,mk->", E, E) / tf.cast(tf.shape(Y)[0], E.dtype)
    return dict(zip(names, tape.gradient(loss, tuple(params[name] for name in names))))


def train_step(X, Y, params, optimizer):
    before = mse_loss(forward(X, params), Y)
    g = gradients(X, Y, params)
    optimizer.apply_gradients((g[name], variable) for name, variable in params.items())
    return before


def make_dataset(X, Y, batch_size, seed):
    rows = tf.data.Dataset.range(X.shape[0]).shuffle(10 * X.shape[0], seed=seed).batch(batch_size)
    return rows.map(lambda index: (tf.gather(X, index), tf.gather(Y, index)))


def train(dataset, params, optimizer, epochs):
    losses = []
    for _ in range(epochs):
        L, B = [], []
        for X, Y in dataset:
            L.append(float(train_step(X, Y, params, optimizer)))
            B.append(X.shape[0])
        losses.append(float(np.einsum("i,i->", L, B) / np.sum(B)))
    return losses


def train_compiled(dataset, params, optimizer, epochs):
    optimizer.build(list(params.values()))
    X_spec, Y_spec = dataset.element_spec

    @tf.function(
        input_signature=[
            tf.TensorSpec((None, X_spec.shape[1]), X_spec.dtype),
            tf.TensorSpec((None, Y_spec.shape[1]), Y_spec.dtype),
        ]
    )
    def step(X, Y):
        return train_step(X, Y, params, optimizer)

    losses = []
    for _ in range(epochs):
        L, B = [], []
        for X, Y in dataset:
            L.append(float(step(X, Y)))
            B.append(X.shape[0])
        losses.append(float(np.average(L, weights=B)))
    return losses


def sequential_twin(params):
    n, h = params["W1"].shape
    hidden = keras.layers.EinsumDense("mn,nh->mh", output_shape=h, bias_axes="h", activation="sigmoid")
    output = keras.layers.EinsumDense("mh,hk->mk", output_shape=params["W2"].shape[1], bias_axes="k")
    model = keras.Sequential([keras.Input((n,)), hidden, output])
    hidden.kernel.assign(params["W1"])
    hidden.bias.assign(tf.squeeze(params["b1"], 0))
    output.kernel.assign(params["W2"])
    output.bias.assign(tf.squeeze(params["b2"], 0))
    return model
