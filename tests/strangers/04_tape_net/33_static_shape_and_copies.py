import tensorflow as tf
import keras
import numpy as np


def init_params(n, h, k, seed):
    gen = tf.random.Generator.from_seed(seed)
    W1 = tf.Variable(gen.uniform((n, h)))
    W2 = tf.Variable(gen.uniform((h, k)))
    b1 = tf.Variable(tf.zeros((1, h)))
    b2 = tf.Variable(tf.zeros((1, k)))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


def forward(X, params):
    Z1 = X @ params["W1"] + params["b1"]
    H = tf.math.sigmoid(Z1)
    return H @ params["W2"] + params["b2"]


def mse_loss(Y_hat, Y):
    diff = Y_hat - Y
    M = tf.cast(diff.shape[1], diff.dtype)
    return tf.reduce_sum(diff ** 2) / M


def gradients(X, Y, params):
    with tf.GradientTape() as tape:
        Y_hat = forward(X, params)
        loss = mse_loss(Y_hat, Y)
    return tape.gradient(loss, params)


def train_step(X, Y, params, optimizer):
    variables = list(params.values())
    with tf.GradientTape() as tape:
        Y_hat = forward(X, params)
        loss = mse_loss(Y_hat, Y)
    grads = tape.gradient(loss, variables)
    copies = [tf.Variable(w) for w in variables]
    optimizer.apply_gradients(zip(grads, copies))
    return loss


def make_dataset(X, Y, batch_size, seed):
    ds = tf.data.Dataset.from_tensor_slices((X, Y))
    ds = ds.shuffle(X.shape[0], seed=seed, reshuffle_each_iteration=True)
    ds = ds.batch(batch_size)
    return ds


def train(dataset, params, optimizer, epochs):
    history = []
    for _ in range(epochs):
        batch_losses, sizes = [], []
        for xb, yb in dataset:
            batch_losses.append(float(train_step(xb, yb, params, optimizer)))
            sizes.append(int(xb.shape[0]))
        history.append(float(np.average(batch_losses, weights=sizes)))
    return history


def train_compiled(dataset, params, optimizer, epochs):
    optimizer.build(list(params.values()))

    @tf.function(reduce_retracing=True)
    def fast_step(xb, yb):
        return train_step(xb, yb, params, optimizer)

    losses = []
    for epoch in range(epochs):
        loss_sum = 0.0
        n_seen = 0
        for xb, yb in dataset:
            loss_sum += float(fast_step(xb, yb)) * len(xb)
            n_seen += len(xb)
        losses.append(loss_sum / n_seen)
    return losses


def sequential_twin(params):
    W1, b1, W2, b2 = [params[key].numpy() for key in ("W1", "b1", "W2", "b2")]
    hidden = keras.layers.Dense(W1.shape[1], activation=keras.activations.sigmoid, dtype=W1.dtype.name)
    output = keras.layers.Dense(W2.shape[1], activation=None, dtype=W2.dtype.name)
    net = keras.Sequential([keras.Input((W1.shape[0],), dtype=W1.dtype.name), hidden, output])
    return net
