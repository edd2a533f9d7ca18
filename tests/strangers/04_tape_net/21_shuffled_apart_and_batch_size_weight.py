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
    Z1 = X @ params["W1"] + params["b1"]
    H = tf.math.sigmoid(Z1)
    return H @ params["W2"] + params["b2"]


def mse_loss(Y_hat, Y):
    diff = Y_hat - Y
    M = tf.cast(tf.shape(diff)[0], diff.dtype)
    return tf.reduce_sum(diff ** 2) / M


def gradients(X, Y, params):
    names = list(params)
    with tf.GradientTape() as tape:
        loss = mse_loss(forward(X, params), Y)
    values = tape.gradient(loss, [params[name] for name in names])
    return dict(zip(names, values))


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
    inputs = inputs.shuffle(len(X), seed=seed)
    targets = targets.shuffle(len(X), seed=seed + 1)
    return tf.data.Dataset.zip((inputs, targets)).batch(batch_size)


def train(dataset, params, optimizer, epochs):
    losses = []
    for epoch in range(epochs):
        loss_sum = 0.0
        n_seen = 0
        for X_batch, Y_batch in dataset:
            loss = train_step(X_batch, Y_batch, params, optimizer)
            loss_sum += float(loss)
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
    n, h = params["W1"].shape
    k = params["W2"].shape[1]
    model = keras.Sequential()
    model.add(keras.Input(shape=(n,)))
    model.add(keras.layers.Dense(h, activation="sigmoid"))
    model.add(keras.layers.Dense(k))
    model.layers[0].set_weights([params["W1"].numpy(), params["b1"].numpy().ravel()])
    model.layers[1].set_weights([params["W2"].numpy(), params["b2"].numpy().ravel()])
    return model
