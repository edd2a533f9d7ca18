"""One tf.function holds the loop over all batches of an epoch."""

import keras
import tensorflow as tf


def init_params(n, h, k, seed):
    layer_seeds = tf.random.experimental.stateless_split([seed, 17], 2)
    return {
        "W1": tf.Variable(tf.random.stateless_uniform((n, h), layer_seeds[0])),
        "b1": tf.Variable(tf.zeros((1, h))),
        "W2": tf.Variable(tf.random.stateless_uniform((h, k), layer_seeds[1])),
        "b2": tf.Variable(tf.zeros((1, k))),
    }


def forward(X, params):
    """One product a layer: the biases are rows under the weights, beside a column of ones."""
    ones = tf.ones_like(X[:, :1])
    H = tf.sigmoid(tf.concat([X, ones], 1) @ tf.concat([params["W1"], params["b1"]], 0))
    return tf.concat([H, ones], 1) @ tf.concat([params["W2"], params["b2"]], 0)


def mse_loss(Y_hat, Y):
    # l2_loss is half the sum of squares
    return 2 * tf.nn.l2_loss(Y_hat - Y) / tf.cast(tf.shape(Y)[0], Y.dtype)


def loss_and_gradients(X, Y, params):
    with tf.GradientTape() as tape:
        loss = mse_loss(forward(X, params), Y)
    return loss, tape.gradient(loss, params)


def gradients(X, Y, params):
    return loss_and_gradients(X, Y, params)[1]


def train_step(X, Y, params, optimizer):
    loss, grads = loss_and_gradients(X, Y, params)
    optimizer.apply_gradients([(grads[name], params[name]) for name in grads])
    return loss


def make_dataset(X, Y, batch_size, seed):
    dataset = tf.data.Dataset.from_tensor_slices((X, Y)).cache()
    return dataset.shuffle(X.shape[0], seed=seed).batch(batch_size).prefetch(tf.data.AUTOTUNE)


def train(dataset, params, optimizer, epochs):
    losses = []
    for _ in range(epochs):
        total, count = 0.0, 0
        iterator = iter(dataset)
        while (batch := next(iterator, None)) is not None:
            total += batch[0].shape[0] * float(train_step(*batch, params, optimizer))
            count += batch[0].shape[0]
        losses.append(total / count)
    return losses


def train_compiled(dataset, params, optimizer, epochs):
    optimizer.build(list(params.values()))
    dtype = params["W1"].dtype

    @tf.function
    def epoch():
        total = tf.zeros((), dtype)
        count = tf.zeros((), dtype)
        for X, Y in dataset:
            rows = tf.cast(tf.shape(X)[0], dtype)
            total += rows * train_step(X, Y, params, optimizer)
            count += rows
        return total / count

    return [float(epoch()) for _ in range(epochs)]


def sequential_twin(params):
    n, h = params["W1"].shape
    model = keras.Sequential([keras.layers.Dense(h, "sigmoid"), keras.layers.Dense(params["W2"].shape[1])])
    model.build((None, n))
    first, second = model.layers
    first.set_weights([params["W1"].numpy(), params["b1"].numpy().reshape(-1)])
    second.set_weights([params["W2"].numpy(), params["b2"].numpy().reshape(-1)])
    return model
