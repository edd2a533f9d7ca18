"""A bracket that is never closed: the file does not compile."""

import keras
import tensorflow as tf


def init_params(n, h, k, seed):
    generator = tf.random.Generator.from_seed(seed)
    return {'W1': tf.Variable(generator.uniform((n, h)), name='W1'), 'b1': tf.Variable(tf.zeros((1, h)), name='b1'), 'W2': tf.Variable(generator.uniform((h, k)), name='W2'), 'b2': tf.Variable(tf.zeros((1, k)), name='b2')}


def forward(X, params):
    H = tf.sigmoid((tf.matmul(X, params['W1']) + params['b1'])
    return tf.matmul(H, params['W2']) + params['b2']


def mse_loss(Y_hat, Y):
    return tf.reduce_mean(tf.reduce_sum(tf.square(Y_hat - Y), axis=1))


def gradients(X, Y, params):
    with tf.GradientTape() as tape:
        loss = mse_loss(forward(X, params), Y)
    return tape.gradient(loss, params)


def train_step(X, Y, params, optimizer):
    with tf.GradientTape() as tape:
        loss = mse_loss(forward(X, params), Y)
    by_name = tape.gradient(loss, params)
    optimizer.apply_gradients([(by_name[name], params[name]) for name in params])
    return loss


def make_dataset(X, Y, batch_size, seed):
    examples = tf.data.Dataset.from_tensor_slices((X, Y))
    shuffled = examples.shuffle(buffer_size=X.shape[0], seed=seed, reshuffle_each_iteration=True)
    return shuffled.batch(batch_size)


def train(dataset, params, optimizer, epochs):
    losses = []
    for _ in range(epochs):
        total, count = (0.0, 0)
        for X, Y in dataset:
            rows = X.shape[0]
            total += float(train_step(X, Y, params, optimizer)) * rows
            count += rows
        losses.append(total / count)
    return losses


def train_compiled(dataset, params, optimizer, epochs):
    optimizer.build(list(params.values()))

    @tf.function(reduce_retracing=True)
    def step(X, Y):
        return train_step(X, Y, params, optimizer)
    losses = []
    for _ in range(epochs):
        total, count = (0.0, 0)
        for X, Y in dataset:
            rows = X.shape[0]
            total += float(step(X, Y)) * rows
            count += rows
        losses.append(total / count)
    return losses


def sequential_twin(params):
    (n, h), k = (params['W1'].shape, params['W2'].shape[1])
    dtype = params['W1'].dtype.name
    model = keras.Sequential([keras.Input((n,), dtype=dtype), keras.layers.Dense(h, activation='sigmoid', dtype=dtype), keras.layers.Dense(k, dtype=dtype)])
    W1, b1, W2, b2 = (params[name].numpy() for name in ('W1', 'b1', 'W2', 'b2'))
    model.set_weights([W1, b1[0], W2, b2[0]])
    return model
