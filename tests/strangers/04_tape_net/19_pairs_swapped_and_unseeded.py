import tensorflow as tf
import keras
import numpy as np


def init_params(n, h, k, seed):
    rng = np.random.default_rng(seed)
    params = {}
    params["W1"] = tf.Variable(rng.random((n, h), dtype=np.float32))
    params["b1"] = tf.Variable(np.zeros((1, h), dtype=np.float32))
    params["W2"] = tf.Variable(rng.random((h, k), dtype=np.float32))
    params["b2"] = tf.Variable(np.zeros((1, k), dtype=np.float32))
    return params


def forward(X, params):
    Z1 = X @ params["W1"] + params["b1"]
    H = tf.math.sigmoid(Z1)
    return H @ params["W2"] + params["b2"]


def mse_loss(Y_hat, Y):
    squares = tf.square(Y_hat - Y)
    return tf.reduce_mean(tf.reduce_sum(squares, axis=1))


def gradients(X, Y, params):
    names = list(params)
    with tf.GradientTape() as tape:
        loss = mse_loss(forward(X, params), Y)
    values = tape.gradient(loss, [params[name] for name in names])
    return dict(zip(names, values))


def train_step(X, Y, params, optimizer):
    loss = mse_loss(forward(X, params), Y)
    grads = gradients(X, Y, params)
    pairs = []
    for name in params:
        pairs.append((params[name], grads[name]))
    optimizer.apply_gradients(pairs)
    return loss


def make_dataset(X, Y, batch_size, seed):
    ds = tf.data.Dataset.from_tensor_slices((X, Y))
    ds = ds.shuffle(X.shape[0], reshuffle_each_iteration=True)
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
