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
    diff = Y_hat - Y
    M = tf.cast(tf.shape(diff)[0], diff.dtype)
    return tf.reduce_sum(diff ** 2) / M


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
    ds = ds.batch(batch_size)
    ds = ds.shuffle(X.shape[0], seed=seed, reshuffle_each_iteration=True)
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
