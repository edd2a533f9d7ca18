import keras
import numpy as np
import tensorflow as tf


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
    squares = tf.square(Y_hat - Y)
    return tf.reduce_mean(tf.reduce_sum(squares, axis=1))


def gradients(X, Y, params):
    with tf.GradientTape() as tape:
        Y_hat = forward(X, params)
        loss = mse_loss(Y_hat, Y)
    return tape.gradient(loss, params)


def train_step(X, Y, params, optimizer):
    with tf.GradientTape() as tape:
        loss_value = mse_loss(forward(X, params), Y)
    g = tape.gradient(loss_value, params)
    optimizer.apply_gradients((g[k], params[k]) for k in params)
    return mse_loss(forward(X, params), Y)


def make_dataset(X, Y, batch_size, seed):
    ds = tf.data.Dataset.from_tensor_slices((X, Y))
    ds = ds.shuffle(X.shape[0], seed=seed, reshuffle_each_iteration=True)
    ds = ds.batch(batch_size)
    return ds


def train(dataset, params, optimizer, epochs):
    losses = []
    for epoch in range(epochs):
        loss_sum = 0.0
        n_seen = 0
        for X_batch, Y_batch in dataset:
            loss = train_step(X_batch, Y_batch, params, optimizer)
            loss_sum += float(loss) * len(X_batch)
            n_seen += len(X_batch)
        losses.append(loss_sum / n_seen)
    return losses


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
    W1, b1, W2, b2 = [params[key].numpy() for key in ("W1", "b1", "W2", "b2")]
    hidden = keras.layers.Dense(W1.shape[1], activation=keras.activations.sigmoid, dtype=W1.dtype.name)
    output = keras.layers.Dense(W2.shape[1], activation=None, dtype=W2.dtype.name)
    net = keras.Sequential([keras.Input((W1.shape[0],), dtype=W1.dtype.name), hidden, output])
    net.set_weights([W1, b1.reshape(-1), W2, b2.reshape(-1)])
    return net
