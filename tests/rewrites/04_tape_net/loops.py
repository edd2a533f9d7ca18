"""Loops over parameter names, layers and outputs wherever a loop can be written."""

import tensorflow as tf
import keras

NAMES = ["W1", "b1", "W2", "b2"]


def init_params(n, h, k, seed):
    shapes = {"W1": (n, h), "b1": (1, h), "W2": (h, k), "b2": (1, k)}
    params = {}
    for position, name in enumerate(NAMES):
        if name.startswith("W"):
            values = tf.random.stateless_uniform(shapes[name], seed=[seed, position])
        else:
            values = tf.zeros(shapes[name])
        params[name] = tf.Variable(values)
    return params


def forward(X, params):
    activation = X
    for layer in (1, 2):
        activation = activation @ params[f"W{layer}"] + params[f"b{layer}"]
        if layer == 1:
            activation = tf.math.sigmoid(activation)
    return activation


def mse_loss(Y_hat, Y):
    total = 0.0
    for output in range(Y.shape[1]):
        total = total + tf.reduce_mean((Y_hat[:, output] - Y[:, output]) ** 2)
    return total


def gradients(X, Y, params):
    result = {}
    for name in NAMES:
        with tf.GradientTape() as tape:
            loss = mse_loss(forward(X, params), Y)
        result[name] = tape.gradient(loss, params[name])
    return result


def train_step(X, Y, params, optimizer):
    loss = mse_loss(forward(X, params), Y)
    grads = gradients(X, Y, params)
    pairs = []
    for name in NAMES:
        pairs.append((grads[name], params[name]))
    optimizer.apply_gradients(pairs)
    return loss


def make_dataset(X, Y, batch_size, seed):
    dataset = tf.data.Dataset.from_tensor_slices((X, Y))
    dataset = dataset.shuffle(len(X), seed=seed)
    dataset = dataset.batch(batch_size)
    return dataset


def train(dataset, params, optimizer, epochs):
    losses = []
    for epoch in range(epochs):
        weighted, sizes = [], []
        for X_batch, Y_batch in dataset:
            loss = train_step(X_batch, Y_batch, params, optimizer)
            weighted.append(loss.numpy() * len(X_batch))
            sizes.append(len(X_batch))
        losses.append(float(sum(weighted) / sum(sizes)))
    return losses


def train_compiled(dataset, params, optimizer, epochs):
    optimizer.build([params[name] for name in NAMES])
    compiled_step = tf.function(lambda X, Y: train_step(X, Y, params, optimizer), reduce_retracing=True)
    losses = []
    for epoch in range(epochs):
        weighted, sizes = [], []
        for X_batch, Y_batch in dataset:
            loss = compiled_step(X_batch, Y_batch)
            weighted.append(loss.numpy() * len(X_batch))
            sizes.append(len(X_batch))
        losses.append(float(sum(weighted) / sum(sizes)))
    return losses


def sequential_twin(params):
    model = keras.Sequential()
    model.add(keras.layers.Input(shape=(params["W1"].shape[0],)))
    for layer, activation in ((1, "sigmoid"), (2, None)):
        model.add(keras.layers.Dense(params[f"W{layer}"].shape[1], activation=activation))
    for layer in (1, 2):
        kernel = params[f"W{layer}"].numpy()
        bias = params[f"b{layer}"].numpy().flatten()
        model.layers[layer - 1].set_weights([kernel, bias])
    return model
