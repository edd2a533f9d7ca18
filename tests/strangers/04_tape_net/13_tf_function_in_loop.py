"""04 tape net."""
import numpy as np
import tensorflow as tf
import keras


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
    Z1 = X @ params["W1"] + params["b1"]
    H = tf.math.sigmoid(Z1)
    return H @ params["W2"] + params["b2"]


def mse_loss(Y_hat, Y):
    squares = tf.square(Y_hat - Y)
    return tf.reduce_mean(tf.reduce_sum(squares, axis=1))


def gradients(X, Y, params):
    with tf.GradientTape() as tape:
        Y_hat = forward(X, params)
        loss = mse_loss(Y_hat, Y)
    return tape.gradient(loss, params)


def train_step(X, Y, params, optimizer):
    with tf.GradientTape() as tape:
        loss = mse_loss(forward(X, params), Y)
    grads = tape.gradient(loss, params)
    optimizer.apply_gradients([(grads[name], params[name]) for name in params])
    return loss


def make_dataset(X, Y, batch_size, seed):
    inputs = tf.data.Dataset.from_tensor_slices(X)
    targets = tf.data.Dataset.from_tensor_slices(Y)
    pairs = tf.data.Dataset.zip((inputs, targets))
    return pairs.shuffle(buffer_size=len(X), seed=seed).batch(batch_size, drop_remainder=False)


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
    history = []
    for _ in range(epochs):
        total, rows = 0.0, 0
        for X, Y in dataset:
            step = tf.function(lambda X, Y: train_step(X, Y, params, optimizer), reduce_retracing=True)
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
