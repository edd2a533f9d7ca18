"""A tf.Module and a trainer class do the work; the functions are thin doors to them."""

import keras
import tensorflow as tf


class TwoLayerNetwork(tf.Module):
    def __init__(self, params):
        super().__init__()
        self.W1, self.b1 = params["W1"], params["b1"]
        self.W2, self.b2 = params["W2"], params["b2"]

    @classmethod
    def fresh(cls, n, h, k, seed):
        weights = tf.random.stateless_uniform([n * h + h * k], seed=(seed, 0))
        return cls(
            {
                "W1": tf.Variable(tf.reshape(weights[: n * h], (n, h))),
                "b1": tf.Variable(tf.zeros((1, h))),
                "W2": tf.Variable(tf.reshape(weights[n * h :], (h, k))),
                "b2": tf.Variable(tf.zeros((1, k))),
            }
        )

    @property
    def params(self):
        return {"W1": self.W1, "b1": self.b1, "W2": self.W2, "b2": self.b2}

    def __call__(self, X):
        return tf.sigmoid(X @ self.W1 + self.b1) @ self.W2 + self.b2

    def loss(self, X, Y):
        return mse_loss(self(X), Y)

    def loss_and_gradients(self, X, Y):
        with tf.GradientTape() as tape:
            loss = self.loss(X, Y)
        # tf.Module lists its variables by attribute name: W1, W2, b1, b2
        grads = tape.gradient(loss, self.trainable_variables)
        return loss, dict(zip(("W1", "W2", "b1", "b2"), grads))


class Trainer:
    def __init__(self, network, optimizer, compiled=False):
        self.network, self.optimizer = network, optimizer
        optimizer.build(list(network.trainable_variables))
        self.step = tf.function(self._step) if compiled else self._step

    def _step(self, X, Y):
        loss, grads = self.network.loss_and_gradients(X, Y)
        params = self.network.params
        self.optimizer.apply_gradients([(grads[name], params[name]) for name in params])
        return loss

    def epoch(self, dataset):
        total, count = 0.0, 0
        for X, Y in dataset:
            total += float(self.step(X, Y)) * X.shape[0]
            count += X.shape[0]
        return total / count


def init_params(n, h, k, seed):
    return TwoLayerNetwork.fresh(n, h, k, seed).params


def forward(X, params):
    return TwoLayerNetwork(params)(X)


def mse_loss(Y_hat, Y):
    return tf.reduce_sum(tf.square(Y_hat - Y)) / tf.cast(tf.shape(Y)[0], Y_hat.dtype)


def gradients(X, Y, params):
    return TwoLayerNetwork(params).loss_and_gradients(X, Y)[1]


def train_step(X, Y, params, optimizer):
    return Trainer(TwoLayerNetwork(params), optimizer)._step(X, Y)


def make_dataset(X, Y, batch_size, seed):
    examples = tf.data.Dataset.from_tensors((X, Y)).unbatch()
    return examples.shuffle(X.shape[0], seed=seed).batch(batch_size)


def train(dataset, params, optimizer, epochs):
    trainer = Trainer(TwoLayerNetwork(params), optimizer)
    return [trainer.epoch(dataset) for _ in range(epochs)]


def train_compiled(dataset, params, optimizer, epochs):
    trainer = Trainer(TwoLayerNetwork(params), optimizer, compiled=True)
    return [trainer.epoch(dataset) for _ in range(epochs)]


def sequential_twin(params):
    class Sigmoid(keras.layers.Layer):
        def call(self, Z):
            return tf.sigmoid(Z)

    model = keras.Sequential(
        [
            keras.Input((params["W1"].shape[0],)),
            keras.layers.Dense(params["W1"].shape[1]),
            Sigmoid(),
            keras.layers.Dense(params["W2"].shape[1]),
        ]
    )
    model.set_weights([tf.squeeze(value, 0) if name[0] == "b" else value for name, value in
                       ((name, params[name].numpy()) for name in ("W1", "b1", "W2", "b2"))])
    return model
