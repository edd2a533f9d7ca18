"""The tape in its less usual forms: persistent, watching by hand, with a list of sources."""

import keras
import tensorflow as tf


def init_params(n, h, k, seed):
    root = tf.random.Generator.from_seed(seed)
    first, second = root.split(2)
    variable = lambda value: tf.Variable(value, trainable=True, dtype=tf.float32)
    return dict(
        W1=variable(first.uniform(shape=[n, h])),
        b1=variable(tf.zeros([1, h])),
        W2=variable(second.uniform(shape=[h, k])),
        b2=variable(tf.zeros([1, k])),
    )


def forward(X, params):
    Z1 = tf.nn.bias_add(tf.linalg.matmul(X, params["W1"]), params["b1"][0])
    return tf.nn.bias_add(tf.linalg.matmul(tf.sigmoid(Z1), params["W2"]), tf.reshape(params["b2"], [-1]))


def mse_loss(Y_hat, Y):
    return tf.reduce_mean(tf.reduce_sum(tf.math.squared_difference(Y_hat, Y), axis=-1))


def gradients(X, Y, params):
    with tf.GradientTape(persistent=True) as tape:
        loss = mse_loss(forward(X, params), Y)
    grads = {name: tape.gradient(loss, variable) for name, variable in params.items()}
    del tape
    return grads


def train_step(X, Y, params, optimizer):
    variables = [params["W2"], params["W1"], params["b2"], params["b1"]]
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        for variable in variables:
            tape.watch(variable)
        loss = mse_loss(forward(X, params), Y)
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss


def make_dataset(X, Y, batch_size, seed):
    return tf.data.Dataset.from_tensor_slices((X, Y)).shuffle(len(Y), seed, True).batch(batch_size).prefetch(1)


def train(dataset, params, optimizer, epochs):
    losses = []
    for _ in range(epochs):
        results = [(train_step(X, Y, params, optimizer), len(X)) for X, Y in dataset]
        batch_losses, sizes = zip(*results)
        sizes = tf.cast(sizes, batch_losses[0].dtype)
        losses.append(float(tf.reduce_sum(tf.stack(batch_losses) * sizes) / tf.reduce_sum(sizes)))
    return losses


def train_compiled(dataset, params, optimizer, epochs):
    variables = [params["W2"], params["W1"], params["b2"], params["b1"]]
    optimizer.build(variables)

    @tf.function(input_signature=dataset.element_spec)
    def step(X, Y):
        with tf.GradientTape() as tape:
            loss = mse_loss(forward(X, params), Y)
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        return loss

    losses = []
    for _ in range(epochs):
        total = rows = 0
        for X, Y in dataset:
            total += step(X, Y).numpy() * len(X)
            rows += len(X)
        losses.append(float(total / rows))
    return losses


def sequential_twin(params):
    W1, b1, W2, b2 = [params[name].numpy() for name in ("W1", "b1", "W2", "b2")]
    model = keras.Sequential(
        [keras.layers.Dense(W1.shape[1], activation=tf.sigmoid), keras.layers.Dense(W2.shape[1])]
    )
    model(tf.zeros((1, W1.shape[0])))  # a call builds the weights
    for variable, value in zip(model.trainable_variables, [W1, b1[0], W2, b2[0]]):
        variable.assign(value)
    return model
