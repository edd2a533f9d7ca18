"""04 tape net."""
import numpy as np
import tensorflow as tf
import keras


def init_params(n, h, k, seed):
    gen = tf.random.Generator.from_seed(seed)
    W1 = tf.Variable(gen.uniform((n, h)))
    W2 = tf.Variable(gen.uniform((h, k)))
    b1 = tf.Variable(tf.zeros((1, h)))
    b2 = tf.Variable(tf.zeros((1, k)))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


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
    with tf.GradientTape() as tape:
        L = mse_loss(forward(X, params), Y)
    dW1, dW2, db1, db2 = tape.gradient(L, [params["W1"], params["b1"], params["W2"], params["b2"]])
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}


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
