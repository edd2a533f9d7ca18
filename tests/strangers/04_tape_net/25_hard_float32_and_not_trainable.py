"""04 tape net."""
import numpy as np
import tensorflow as tf
import keras


def init_params(n, h, k, seed):
    gen = tf.random.Generator.from_seed(seed)
    W1 = tf.Variable(gen.uniform((n, h)))
    W2 = tf.Variable(gen.uniform((h, k)))
    b1 = tf.Variable(tf.zeros((1, h)), trainable=False)
    b2 = tf.Variable(tf.zeros((1, k)))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


def forward(X, params):
    X = tf.cast(X, tf.float32)
    pre = tf.add(tf.matmul(X, params["W1"]), params["b1"])
    hidden = tf.nn.sigmoid(pre)
    out = tf.add(tf.matmul(hidden, params["W2"]), params["b2"])
    return out


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
    loss = mse_loss(forward(X, params), Y)
    grads = gradients(X, Y, params)
    pairs = []
    for name in params:
        pairs.append((grads[name], params[name]))
    optimizer.apply_gradients(pairs)
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
