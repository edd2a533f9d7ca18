"""Everything in another order: biases first, output layer first, targets first."""

import keras
import tensorflow as tf

ORDER = ("b2", "W2", "b1", "W1")


def init_params(n, h, k, seed):
    initializer_2 = keras.initializers.RandomUniform(0.0, 1.0, seed=2 * seed + 1)
    initializer_1 = keras.initializers.RandomUniform(0.0, 1.0, seed=2 * seed)
    return {
        "b2": tf.Variable(tf.zeros([1, k], tf.float32)),
        "b1": tf.Variable(tf.zeros([1, h], tf.float32)),
        "W2": tf.Variable(initializer_2((h, k), dtype="float32")),
        "W1": tf.Variable(initializer_1((n, h), dtype="float32")),
    }


def sequential_twin(params):
    output = keras.layers.Dense(params["b2"].shape[1])
    hidden = keras.layers.Dense(params["b1"].shape[1], activation="sigmoid")
    output.build((None, params["W2"].shape[0]))
    hidden.build((None, params["W1"].shape[0]))
    output.bias.assign(params["b2"][0])
    hidden.bias.assign(params["b1"][0])
    output.kernel.assign(params["W2"])
    hidden.kernel.assign(params["W1"])
    model = keras.Sequential([hidden, output])
    model.build((None, params["W1"].shape[0]))
    return model


def gradients(X, Y, params):
    b2, W2, b1, W1 = (params[name] for name in ORDER)
    with tf.GradientTape() as tape:
        loss = mse_loss(forward(X, params), Y)
    d_W1, d_b2, d_b1, d_W2 = tape.gradient(loss, [W1, b2, b1, W2])
    return {"b1": d_b1, "b2": d_b2, "W2": d_W2, "W1": d_W1}


def mse_loss(Y_hat, Y):
    difference = Y - Y_hat
    per_output = tf.reduce_mean(difference * difference, axis=0)
    return tf.reduce_sum(per_output)


def forward(X, params):
    H = tf.sigmoid(params["b1"] + tf.matmul(X, params["W1"]))
    return params["b2"] + tf.matmul(H, params["W2"])


def train_step(X, Y, params, optimizer):
    grads = gradients(X, Y, params)
    loss = mse_loss(forward(X, params), Y)  # still before the update
    optimizer.apply([grads[name] for name in ORDER], [params[name] for name in ORDER])
    return loss


def train_compiled(dataset, params, optimizer, epochs):
    optimizer.build([params[name] for name in ORDER])
    return _loop(dataset, tf.function(train_step, reduce_retracing=True), params, optimizer, epochs)


def train(dataset, params, optimizer, epochs):
    return _loop(dataset, train_step, params, optimizer, epochs)


def _loop(dataset, step, params, optimizer, epochs):
    losses = []
    while len(losses) < epochs:
        count, total = 0, 0.0
        for X, Y in dataset:
            count += len(Y)
            total += len(Y) * step(X, Y, params, optimizer).numpy().item()
        losses += [total / count]
    return losses


def make_dataset(X, Y, batch_size, seed):
    Y_rows = tf.data.Dataset.from_tensor_slices(Y)
    X_rows = tf.data.Dataset.from_tensor_slices(X)
    together = tf.data.Dataset.zip((X_rows, Y_rows))
    return together.shuffle(together.cardinality(), seed=seed).batch(batch_size, drop_remainder=False)
