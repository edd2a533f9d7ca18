"""Written with keras.ops, keras.random and keras.losses instead of tf functions."""

import keras
import tensorflow as tf
from keras import ops


def init_params(n, h, k, seed):
    stream = keras.random.SeedGenerator(seed)
    W1 = keras.random.uniform((n, h), seed=stream)
    W2 = keras.random.uniform((h, k), seed=stream)
    return {
        "W1": tf.Variable(W1),
        "b1": tf.Variable(ops.zeros((1, h))),
        "W2": tf.Variable(W2),
        "b2": tf.Variable(ops.zeros((1, k))),
    }


def forward(X, params):
    H = ops.sigmoid(ops.add(ops.matmul(X, params["W1"]), params["b1"]))
    return ops.add(ops.matmul(H, params["W2"]), params["b2"])


def mse_loss(Y_hat, Y):
    # Keras takes the mean over the k outputs: multiply to get the sum back.
    per_example = keras.losses.mean_squared_error(Y, Y_hat) * Y.shape[-1]
    return ops.mean(per_example)


def gradients(X, Y, params):
    with tf.GradientTape() as tape:
        loss = mse_loss(forward(X, params), Y)
    return {name: ops.convert_to_tensor(value) for name, value in tape.gradient(loss, params).items()}


def train_step(X, Y, params, optimizer):
    loss = mse_loss(forward(X, params), Y)
    grads = gradients(X, Y, params)
    names = sorted(params)
    optimizer.apply([grads[name] for name in names], [params[name] for name in names])
    return loss


def make_dataset(X, Y, batch_size, seed):
    data = {"X": X, "Y": Y}
    dataset = tf.data.Dataset.from_tensor_slices(data).shuffle(ops.shape(X)[0], seed=seed)
    return dataset.batch(batch_size).map(lambda batch: (batch["X"], batch["Y"]))


def train(dataset, params, optimizer, epochs):
    losses = []
    mean = keras.metrics.Mean()
    for _ in range(epochs):
        mean.reset_state()
        for X, Y in dataset:
            loss = train_step(X, Y, params, optimizer)
            mean.update_state(loss, sample_weight=X.shape[0])
        losses.append(float(mean.result()))
    return losses


def train_compiled(dataset, params, optimizer, epochs):
    optimizer.build([params[name] for name in sorted(params)])

    @tf.function(reduce_retracing=True)
    def step(X, Y):
        loss = train_step(X, Y, params, optimizer)
        mean.update_state(loss, sample_weight=ops.shape(X)[0])

    mean = keras.metrics.Mean()
    losses = []
    for _ in range(epochs):
        mean.reset_state()
        for X, Y in dataset:
            step(X, Y)
        losses.append(float(mean.result()))
    return losses


def sequential_twin(params):
    n, h = params["W1"].shape
    k = params["W2"].shape[1]

    def constant(name, shape):
        return keras.initializers.Constant(ops.reshape(params[name], shape))

    return keras.Sequential(
        [
            keras.Input(shape=(n,)),
            keras.layers.Dense(
                h, "sigmoid", kernel_initializer=constant("W1", (n, h)), bias_initializer=constant("b1", (h,))
            ),
            keras.layers.Dense(
                k, kernel_initializer=constant("W2", (h, k)), bias_initializer=constant("b2", (k,))
            ),
        ]
    )
