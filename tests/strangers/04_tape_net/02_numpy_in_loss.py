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
    squares = np.square((Y_hat - Y).numpy())
    return tf.reduce_mean(tf.reduce_sum(squares, axis=1))


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
    n, h = params["W1"].shape
    k = params["W2"].shape[1]
    model = keras.Sequential()
    model.add(keras.Input(shape=(n,)))
    model.add(keras.layers.Dense(h, activation="sigmoid"))
    model.add(keras.layers.Dense(k))
    model.layers[0].set_weights([params["W1"].numpy(), params["b1"].numpy().ravel()])
    model.layers[1].set_weights([params["W2"].numpy(), params["b2"].numpy().ravel()])
    return model
