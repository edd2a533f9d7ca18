import tensorflow as tf
import keras
import numpy as np


def init_params(n, h, k, seed):
    first = tf.random.stateless_uniform((n, h), seed=(seed, 1))
    second = tf.random.stateless_uniform((h, k), seed=(seed, 2))
    return {
        "W1": tf.Variable(first),
        "b1": tf.Variable(tf.zeros([1, h])),
        "W2": tf.Variable(second),
        "b2": tf.Variable(tf.zeros([1, k])),
    }


def forward(X, params):
    Z1 = X @ params["W1"] + params["b1"]
    H = tf.math.sigmoid(Z1)
    return H @ params["W2"] + params["b2"]


def mse_loss(Y_hat, Y):
    diff = Y_hat - Y
    M = tf.cast(tf.shape(diff)[0], diff.dtype)
    return tf.reduce_mean(diff ** 2)


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
    loss = mse_loss(forward(X, params), Y)
    grads = gradients(X, Y, params)
    pairs = []
    for name in params:
        pairs.append((grads[name], params[name]))
    optimizer.apply_gradients(pairs)
    return loss


def make_dataset(X, Y, batch_size, seed):
    ds = tf.data.Dataset.from_tensor_slices((X, Y))
    ds = ds.shuffle(X.shape[0], seed=seed, reshuffle_each_iteration=True)
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
    optimizer.build(list(params.values()))
    x_spec, y_spec = dataset.element_spec
    signature = [
        tf.TensorSpec((None, x_spec.shape[1]), x_spec.dtype),
        tf.TensorSpec((None, y_spec.shape[1]), y_spec.dtype),
    ]

    @tf.function(input_signature=signature)
    def compiled(X, Y):
        return train_step(X, Y, params, optimizer)

    out = []
    for _ in range(epochs):
        weighted, count = [], 0
        for X, Y in dataset:
            weighted.append(float(compiled(X, Y)) * X.shape[0])
            count += X.shape[0]
        out.append(sum(weighted) / count)
    return out


def sequential_twin(params):
    W1, b1, W2, b2 = [params[key].numpy() for key in ("W1", "b1", "W2", "b2")]
    hidden = keras.layers.Dense(W1.shape[1], activation=keras.activations.sigmoid, dtype=W1.dtype.name)
    output = keras.layers.Dense(W2.shape[1], activation=None, dtype=W2.dtype.name)
    net = keras.Sequential([keras.Input((W1.shape[0],), dtype=W1.dtype.name), hidden, output])
    net.set_weights([W1, b1.reshape(-1), W2, b2.reshape(-1)])
    return net
