"""Defensive style: shapes checked at the door, one helper for both loops, Variables handled by name."""

from __future__ import annotations

import tensorflow as tf
import keras


def _check(X, Y, params):
    if X.shape[1] != params["W1"].shape[0]:
        raise ValueError(f"X has {X.shape[1]} features, W1 expects {params['W1'].shape[0]}")
    if Y is not None and Y.shape[1] != params["W2"].shape[1]:
        raise ValueError(f"Y has {Y.shape[1]} outputs, W2 gives {params['W2'].shape[1]}")


def init_params(n: int, h: int, k: int, seed: int) -> dict:
    if min(n, h, k) < 1:
        raise ValueError("all sizes must be positive")
    generator = tf.random.Generator.from_seed(seed, alg="philox")
    params = {}
    for layer, (rows, columns) in enumerate([(n, h), (h, k)], start=1):
        params[f"W{layer}"] = tf.Variable(
            generator.uniform([rows, columns], minval=0.0, maxval=1.0, dtype=tf.float32), name=f"W{layer}"
        )
        params[f"b{layer}"] = tf.Variable(tf.zeros([1, columns], tf.float32), name=f"b{layer}")
    return params


def forward(X, params):
    _check(X, None, params)
    Z1 = tf.add(tf.matmul(X, params["W1"]), params["b1"])
    # the definition of the sigmoid, in a form that cannot overflow
    H = 0.5 * (1.0 + tf.tanh(0.5 * Z1))
    return tf.add(tf.matmul(H, params["W2"]), params["b2"])


def mse_loss(Y_hat, Y):
    if Y_hat.shape[1] != Y.shape[1]:
        raise ValueError(f"shapes differ: {Y_hat.shape} and {Y.shape}")
    loss = tf.keras.losses.MeanSquaredError(reduction="sum", dtype=Y_hat.dtype.name)
    # Keras: mean over outputs, sum over examples
    k = Y.shape[1]
    return loss(Y, Y_hat) * k / tf.cast(tf.shape(Y)[0], Y_hat.dtype)


def gradients(X, Y, params):
    _check(X, Y, params)
    names = ["b1", "b2", "W1", "W2"]
    with tf.GradientTape() as tape:
        loss = mse_loss(forward(X, params), Y)
    grads = tape.gradient(loss, [params[name] for name in names])
    if any(grad is None for grad in grads):
        raise RuntimeError("a parameter is not connected to the loss")
    return {name: grad for name, grad in zip(names, grads)}


def train_step(X, Y, params, optimizer):
    loss = mse_loss(forward(X, params), Y)
    grads = gradients(X, Y, params)
    optimizer.apply_gradients([(grads[name], params[name]) for name in ("W1", "b1", "W2", "b2")])
    return tf.identity(loss)


def make_dataset(X, Y, batch_size, seed):
    if X.shape[0] != Y.shape[0]:
        raise ValueError("X and Y have different numbers of rows")
    dataset = tf.data.Dataset.from_tensor_slices((X, Y))
    return dataset.shuffle(dataset.cardinality().numpy(), seed=seed).batch(batch_size)


def _epochs(dataset, step, epochs):
    for _ in range(epochs):
        seen, mean = 0, 0.0
        for X, Y in dataset:
            rows = int(X.shape[0])
            loss = float(step(X, Y))
            seen += rows
            mean += (loss - mean) * rows / seen  # running mean over examples
        yield mean


def train(dataset, params, optimizer, epochs):
    return list(_epochs(dataset, lambda X, Y: train_step(X, Y, params, optimizer), epochs))


def train_compiled(dataset, params, optimizer, epochs):
    optimizer.build([params[name] for name in ("W1", "b1", "W2", "b2")])
    step = tf.function(
        lambda X, Y: train_step(X, Y, params, optimizer),
        input_signature=[tf.TensorSpec([None, spec.shape[1]], spec.dtype) for spec in dataset.element_spec],
    )
    return list(_epochs(dataset, step, epochs))


def sequential_twin(params):
    n, h = params["W1"].shape
    inputs = keras.layers.InputLayer(shape=(n,))
    model = keras.models.Sequential()
    model.add(inputs)
    model.add(keras.layers.Dense(units=h, activation="sigmoid", name="hidden"))
    model.add(keras.layers.Dense(units=params["W2"].shape[1], activation=None, name="output"))
    for layer, name in (("hidden", "1"), ("output", "2")):
        dense = model.get_layer(layer)
        dense.kernel.assign(params["W" + name])
        dense.bias.assign(tf.reshape(params["b" + name], (-1,)))
    return model
