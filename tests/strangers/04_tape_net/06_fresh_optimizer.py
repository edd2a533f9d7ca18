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


def dense(A, W, b):
    return tf.matmul(A, W) + b


def forward(X, params):
    """Sigmoid hidden layer, linear output layer."""
    hidden = tf.sigmoid(dense(X, params["W1"], params["b1"]))
    return dense(hidden, params["W2"], params["b2"])


def mse_loss(Y_hat, Y):
    per_example = tf.reduce_sum(tf.math.squared_difference(Y_hat, Y), axis=-1)
    loss = tf.reduce_mean(per_example)
    return loss


def gradients(X, Y, params):
    with tf.GradientTape(persistent=True) as t:
        prediction = forward(X, params)
        L = mse_loss(prediction, Y)
    grads = {}
    for name, variable in params.items():
        grads[name] = t.gradient(L, variable)
    del t
    return grads


def train_step(X, Y, params, optimizer):
    variables = list(params.values())
    with tf.GradientTape() as tape:
        Y_hat = forward(X, params)
        loss = mse_loss(Y_hat, Y)
    grads = tape.gradient(loss, variables)
    optimizer = keras.optimizers.SGD(learning_rate=0.01)
    optimizer.apply_gradients(zip(grads, variables))
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
