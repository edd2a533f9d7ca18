import keras
import numpy as np
import tensorflow as tf


def init_params(n, h, k, seed):
    first = tf.random.stateless_uniform((n, h), seed=(seed, 1))
    second = tf.random.stateless_uniform((h, k), seed=(seed, 2))
    return {
        "W1": tf.Variable(first),
        "b1": tf.Variable(tf.zeros([1, h])),
        "W2": tf.Variable(second),
        "b2": tf.Variable(tf.zeros([1, k])),
    }


def forward(X, params):
    pre = tf.add(tf.matmul(X, params["W1"]), params["b1"])
    hidden = tf.nn.sigmoid(pre)
    out = tf.add(tf.matmul(hidden, params["W2"]), params["b2"])
    return out


def mse_loss(Y_hat, Y):
    diff = Y_hat - Y
    M = tf.cast(tf.shape(diff)[0], diff.dtype)
    return tf.reduce_sum(diff ** 2) / M


def gradients(X, Y, params):
    Y_hat = forward(X, params)
    with tf.GradientTape() as tape:
        loss = mse_loss(Y_hat, Y)
    return tape.gradient(loss, params)


def train_step(X, Y, params, optimizer):
    variables = list(params.values())
    with tf.GradientTape() as tape:
        Y_hat = forward(X, params)
        loss = mse_loss(Y_hat, Y)
    grads = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(grads, variables))
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
    optimizer.build([params[name] for name in params])
    step = tf.function(lambda X, Y: train_step(X, Y, params, optimizer), reduce_retracing=True)
    history = []
    for _ in range(epochs):
        total, rows = 0.0, 0
        for X, Y in dataset:
            b = X.shape[0]
            total = total + b * float(step(X, Y))
            rows = rows + b
        history.append(total / rows)
    return history


def sequential_twin(params):
    n, h = params["W1"].shape
    k = params["W2"].shape[1]
    model = keras.Sequential()
    model.add(keras.Input(shape=(n,)))
    model.add(keras.layers.Dense(h, activation="sigmoid"))
    model.add(keras.layers.Dense(k))
    model.layers[0].set_weights([params["W1"].numpy(), params["b1"].numpy().ravel()])
    model.layers[1].set_weights([params["W2"].numpy(), params["b2"].numpy().ravel()])
    return model
