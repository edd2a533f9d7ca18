import keras
import tensorflow as tf


class GatedDense(keras.layers.Layer):
    """Dense layer with gates."""

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        matrix, vector = (input_shape[-1], self.units), (self.units,)
        self.kernel = self.add_weight(shape=matrix, initializer="glorot_uniform", trainable=True)
        self.bias = self.add_weight(shape=vector, initializer="zeros", trainable=True)
        self.gate_kernel = self.add_weight(shape=matrix, initializer="glorot_uniform", trainable=True)
        self.gate_bias = self.add_weight(shape=vector, initializer="ones", trainable=True)

    def call(self, x):
        gate = tf.sigmoid(tf.matmul(x, self.gate_kernel) + self.gate_bias)
        values = tf.matmul(x, self.kernel) + self.bias
        return tf.multiply(gate, values)


def try_layer(x, weights):
    """Given: the output of a `GatedDense` with these four weights, in the order of `build`."""
    x = tf.convert_to_tensor(x)
    layer = GatedDense(weights[1].shape[0], dtype=x.dtype.name)
    layer.build((None, x.shape[1]))
    layer.set_weights(weights)
    return layer(x)


class BalancedAccuracy(keras.metrics.Metric):
    def __init__(self, name="balanced_accuracy", **kwargs):
        super().__init__(name=name, **kwargs)
        self.tp = self.add_weight(shape=(), initializer="zeros", name="tp")
        self.tn = self.add_weight(shape=(), initializer="zeros", name="tn")
        self.pos = self.add_weight(shape=(), initializer="zeros", name="pos")
        self.neg = self.add_weight(shape=(), initializer="zeros", name="neg")

    def update_state(self, y_true, logits, sample_weight=None):
        y = tf.cast(tf.reshape(y_true, [-1]), "float32")
        guess = tf.cast(tf.reshape(logits, [-1]) >= 0.5, "float32")
        if sample_weight is None:
            w = tf.ones_like(y)
        else:
            w = tf.cast(tf.reshape(sample_weight, [-1]), "float32")
        self.tp.assign_add(tf.reduce_sum(w * y * guess))
        self.tn.assign_add(tf.reduce_sum(w * (1 - y) * (1 - guess)))
        self.pos.assign_add(tf.reduce_sum(w * y))
        self.neg.assign_add(tf.reduce_sum(w * (1 - y)))

    def result(self):
        sensitivity = tf.math.divide_no_nan(self.tp, self.pos)
        specificity = tf.math.divide_no_nan(self.tn, self.neg)
        return (sensitivity + specificity) / 2


def try_metric(batches, reset_after):
    """Given: the result after each batch `(y, logits, sample_weight)`; resets once, after batch `reset_after`."""
    metric = BalancedAccuracy()
    results = []
    for number, (y, logits, sample_weight) in enumerate(batches, 1):
        metric.update_state(y, logits, sample_weight=sample_weight)
        results.append(float(metric.result()))
        if number == reset_after:
            metric.reset_state()
    return results


def loss_fn(y, logits):
    z = tf.squeeze(logits, axis=1)
    y = tf.cast(y, z.dtype)
    losses = tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=z)
    return tf.reduce_mean(losses)


def build_model(d, units, dtype="float32"):
    inputs = keras.Input((d,), dtype=dtype)
    hidden = GatedDense(units, dtype=dtype)(inputs)
    logits = keras.layers.Dense(1, dtype=dtype)(hidden)
    return keras.Model(inputs, logits)


def _model_with(x, weights):
    model = build_model(x.shape[1], weights[1].shape[0], x.dtype.name)
    model.set_weights(weights)
    return model


def try_model(x, weights):
    """Given: the output of the model with these six weights."""
    x = tf.convert_to_tensor(x)
    return _model_with(x, weights)(x)


def train_step(model, optimizer, metric, x, y):
    with tf.GradientTape() as tape:
        logits = model(x, training=True)
        loss = loss_fn(y, logits)
    weights = model.trainable_variables
    grads = tape.gradient(loss, weights)
    optimizer.apply_gradients(zip(grads, weights))
    metric.update_state(y, logits)
    return loss


def try_train_step(x, y, weights, steps):
    """Given: losses, metric and weights after so many steps of SGD with momentum on the same batch."""
    x, y = tf.convert_to_tensor(x), tf.convert_to_tensor(y)
    model, metric = _model_with(x, weights), BalancedAccuracy()
    optimizer = keras.optimizers.SGD(0.5, momentum=0.5)
    losses = [float(train_step(model, optimizer, metric, x, y)) for _ in range(steps)]
    names = ("kernel", "bias", "gate_kernel", "gate_bias", "out_kernel", "out_bias")
    after = dict(zip(names, model.get_weights()))
    return {"losses": losses, "metric": float(metric.result()), **after}


def train(model, optimizer, metric, dataset, epochs):
    losses = []
    scores = []
    for epoch in range(epochs):
        metric.reset_state()
        loss_sum = 0.0
        n = 0
        for xb, yb in dataset:
            loss = train_step(model, optimizer, metric, xb, yb)
            loss_sum += float(loss) * xb.shape[0]
            n += xb.shape[0]
        losses.append(loss_sum / n)
        scores.append(float(metric.result()))
    return losses, scores


def try_train(x, y, weights, batch_size, epochs):
    """Given: what `train` returns for batches in the order of `x`."""
    x, y = tf.convert_to_tensor(x), tf.convert_to_tensor(y)
    dataset = tf.data.Dataset.from_tensor_slices((x, y)).batch(batch_size)
    return train(_model_with(x, weights), keras.optimizers.SGD(0.5), BalancedAccuracy(), dataset, epochs)
