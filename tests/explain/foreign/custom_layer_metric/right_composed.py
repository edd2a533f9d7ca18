"""Lower-level: two Dense layers inside the layer, counts of tp/tn/fp/fn, losses from probabilities written out."""

import keras
import tensorflow as tf


class GatedDense(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.linear = keras.layers.Dense(units, dtype=self.dtype, name="linear")
        self.opener = keras.layers.Dense(
            units, activation="sigmoid", bias_initializer="ones", dtype=self.dtype, name="opener"
        )

    def build(self, input_shape):
        self.linear.build(input_shape)
        self.opener.build(input_shape)
        self.built = True

    def call(self, x):
        return tf.multiply(self.linear(x), self.opener(x))


class BalancedAccuracy(keras.metrics.Metric):
    def __init__(self, name="balanced_accuracy", **kwargs):
        super().__init__(name=name, **kwargs)
        self.tp = self.add_weight(name="tp", initializer="zeros")
        self.tn = self.add_weight(name="tn", initializer="zeros")
        self.fp = self.add_weight(name="fp", initializer="zeros")
        self.fn = self.add_weight(name="fn", initializer="zeros")

    def update_state(self, y_true, logits, sample_weight=None):
        ill = tf.cast(y_true, tf.bool)
        said_ill = tf.greater_equal(tf.squeeze(logits, axis=1), 0)
        weight = tf.ones(tf.shape(ill)) if sample_weight is None else tf.cast(sample_weight, tf.float32)

        def count(mask):
            return tf.reduce_sum(tf.where(mask, weight, tf.zeros_like(weight)))

        self.tp.assign_add(count(ill & said_ill))
        self.fn.assign_add(count(ill & ~said_ill))
        self.fp.assign_add(count(~ill & said_ill))
        self.tn.assign_add(count(~ill & ~said_ill))

    def result(self):
        positives, negatives = self.tp + self.fn, self.tn + self.fp
        sensitivity = self.tp / positives if positives > 0 else 0.0
        specificity = self.tn / negatives if negatives > 0 else 0.0
        return (sensitivity + specificity) / 2.0

    def reset_state(self):
        for variable in (self.tp, self.tn, self.fp, self.fn):
            variable.assign(0.0)


def loss_fn(y, logits):
    total = tf.zeros((), logits.dtype)
    for label, score in zip(tf.unstack(y), tf.unstack(logits[:, 0])):
        signed = (1 - 2 * label) * score
        total += tf.maximum(signed, 0) + tf.math.log1p(tf.exp(-tf.abs(signed)))
    return total / len(y)


def build_model(d, units, dtype="float32"):
    model = keras.Sequential()
    model.add(keras.layers.InputLayer(shape=(d,), dtype=dtype))
    model.add(GatedDense(units, dtype=dtype))
    model.add(keras.layers.Dense(1, dtype=dtype))
    return model


def train_step(model, optimizer, metric, x, y):
    metric.update_state(y, model(x))
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x))
    weights = model.trainable_weights
    optimizer.apply_gradients([(g, w) for g, w in zip(tape.gradient(loss, weights), weights)])
    return loss


def train(model, optimizer, metric, dataset, epochs):
    losses, scores = [], []
    while len(losses) < epochs:
        average = keras.metrics.Mean()
        for x, y in dataset:
            average.update_state(train_step(model, optimizer, metric, x, y), sample_weight=tf.shape(x)[0])
        losses.append(float(average.result()))
        scores.append(float(metric.result()))
        metric.reset_state()
    return losses, scores


def try_layer(x, weights):
    """Given: the output of a `GatedDense` with these four weights, in the order of `build`."""
    x = tf.convert_to_tensor(x)
    layer = GatedDense(weights[1].shape[0], dtype=x.dtype.name)
    layer.build((None, x.shape[1]))
    layer.set_weights(weights)
    return layer(x)


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


def _model_with(x, weights):
    model = build_model(x.shape[1], weights[1].shape[0], x.dtype.name)
    model.set_weights(weights)
    return model


def try_model(x, weights):
    """Given: the output of the model with these six weights."""
    x = tf.convert_to_tensor(x)
    return _model_with(x, weights)(x)


def try_train_step(x, y, weights, steps):
    """Given: losses, metric and weights after so many steps of SGD with momentum on the same batch."""
    x, y = tf.convert_to_tensor(x), tf.convert_to_tensor(y)
    model, metric = _model_with(x, weights), BalancedAccuracy()
    optimizer = keras.optimizers.SGD(0.5, momentum=0.5)
    losses = [float(train_step(model, optimizer, metric, x, y)) for _ in range(steps)]
    names = ("kernel", "bias", "gate_kernel", "gate_bias", "out_kernel", "out_bias")
    after = dict(zip(names, model.get_weights()))
    return {"losses": losses, "metric": float(metric.result()), **after}


def try_train(x, y, weights, batch_size, epochs):
    """Given: what `train` returns for batches in the order of `x`."""
    x, y = tf.convert_to_tensor(x), tf.convert_to_tensor(y)
    dataset = tf.data.Dataset.from_tensor_slices((x, y)).batch(batch_size)
    return train(_model_with(x, weights), keras.optimizers.SGD(0.5), BalancedAccuracy(), dataset, epochs)
