"""04 tape net."""
import numpy as np
import tensorflow as tf
import keras


def init_params(n, h, k, seed):
    rng = np.random.default_rng(seed)
    params = {}
    params["W1"] = tf.Variable(rng.random((n, h), dtype=np.float32))
    params["b1"] = tf.Variable(np.zeros((1, h), dtype=np.float32))
    params["W2"] = tf.Variable(rng.standard_normal((h, k), dtype=np.float32))
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
    with tf.GradientTape() as tape:
        loss = mse_loss(forward(X, params), Y)
    grads = tape.gradient(loss, params)
    for name in params:
        optimizer.apply_gradients([(grads[name], params[name])])
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
    net.set_weights([W1, b1.reshape(-1), W2, b2.reshape(-1)])
    return net
