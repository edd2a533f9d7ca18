import keras
import numpy as np
import tensorflow as tf


def init_params(n, h, k, seed):
    gen = tf.random.Generator.from_seed(seed)
    W1 = tf.Variable(gen.uniform((n, h)))
    W2 = tf.Variable(gen.uniform((h, k)))
    b1 = tf.Variable(tf.zeros((1, h)))
    b2 = tf.Variable(tf.zeros((1, k)))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


def dense(A, W, b):
    return tf.matmul(A, W) + b


def forward(X, params):
    """Sigmoid hidden layer, linear output layer."""
    hidden = tf.sigmoid(dense(X, params["W1"], params["b1"]))
    return dense(hidden, params["W2"], params["b2"])


def mse_loss(Y_hat, Y):
    squares = tf.square(Y_hat - Y)
    return tf.reduce_mean(tf.reduce_sum(squares, axis=1))


def gradients(X, Y, params):
    with tf.GradientTape() as tape:
        Y_hat = forward(X, params)
        loss = mse_loss(Y_hat, Y)
    return tape.gradient(loss, params)


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
    epoch_losses = []
    total, seen = 0.0, 0
    for ep in range(epochs):
        for x, y in dataset:
            batch_loss = train_step(x, y, params, optimizer)
            total += float(batch_loss) * int(x.shape[0])
            seen += int(x.shape[0])
        epoch_losses.append(total / seen)
    return epoch_losses


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
