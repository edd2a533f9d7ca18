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
    pre = tf.add(tf.matmul(X, params["W1"]), params["b1"])
    hidden = tf.nn.sigmoid(pre)
    out = tf.add(tf.matmul(hidden, params["W2"]), params["b2"])
    return out


def mse_loss(Y_hat, Y):
    squares = tf.square(Y_hat - Y)
    return tf.reduce_mean(tf.reduce_sum(squares, axis=1))


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
    optimizer.apply_gradients(zip(grads, variables))
    return loss


def make_dataset(X, Y, batch_size, seed):
    ds = tf.data.Dataset.from_tensor_slices((X, Y))
    ds = ds.shuffle(X.shape[0], seed=seed, reshuffle_each_iteration=True)
    ds = ds.batch(batch_size)
    return ds


def train(dataset, params, optimizer, epochs):
    epoch_losses = []
    for ep in range(epochs + 1):
        total, seen = 0.0, 0
        for x, y in dataset:
            batch_loss = train_step(x, y, params, optimizer)
            total += float(batch_loss) * int(x.shape[0])
            seen += int(x.shape[0])
        epoch_losses.append(total / seen)
    return epoch_losses


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
            loss_sum += float(fast_step(xb, yb))
            n_seen += 1
        losses.append(loss_sum / n_seen)
    return losses


def sequential_twin(params):
    W1, b1, W2, b2 = [params[key].numpy() for key in ("W1", "b1", "W2", "b2")]
    hidden = keras.layers.Dense(W1.shape[1], activation=keras.activations.sigmoid, dtype=W1.dtype.name)
    output = keras.layers.Dense(W2.shape[1], activation=None, dtype=W2.dtype.name)
    net = keras.Sequential([keras.Input((W1.shape[0],), dtype=W1.dtype.name), hidden, output])
    net.set_weights([W1, b1.reshape(-1), W2, b2.reshape(-1)])
    return net
