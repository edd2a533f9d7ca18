"""keras.ops alone, in Keras's own style: `add_variable`, Metrics for Mean, the functional interface, a confusion matrix."""

import keras
import tensorflow as tf
from keras import ops


class GatedDense(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def _pair(self, d, prefix, start):
        kernel = self.add_weight(name=prefix + "kernel", shape=(d, self.units), initializer="glorot_uniform")
        bias = self.add_weight(name=prefix + "bias", shape=(self.units,), initializer=start)
        return kernel, bias

    def build(self, input_shape):
        self.value = self._pair(input_shape[-1], "", "zeros")
        self.gate = self._pair(input_shape[-1], "gate_", keras.initializers.Constant(1.0))

    def call(self, x):
        (K, b), (G, c) = self.value, self.gate
        # a gate is 1 minus the gate that closes
        h = ops.add(ops.matmul(x, K), b)
        return h - h * ops.sigmoid(-(ops.matmul(x, G) + c))


class BalancedAccuracy(keras.metrics.Metric):
    def __init__(self, name="balanced_accuracy", **kwargs):
        super().__init__(name=name, **kwargs)
        self.confusion = self.add_variable(shape=(2, 2), initializer="zeros", name="confusion")

    def update_state(self, y_true, logits, sample_weight=None):
        true = ops.one_hot(ops.cast(ops.ravel(y_true), "int32"), 2)
        predicted = ops.one_hot(ops.cast(ops.ravel(logits) >= 0, "int32"), 2)
        if sample_weight is not None:
            true = true * ops.reshape(ops.cast(sample_weight, true.dtype), (-1, 1))
        self.confusion.assign(self.confusion + ops.matmul(ops.transpose(true), predicted))

    def result(self):
        rows = ops.sum(self.confusion, axis=1)
        return ops.mean(ops.where(rows > 0, ops.diagonal(self.confusion) / ops.maximum(rows, 1e-12), 0.0))


def loss_fn(y, logits):
    return keras.losses.BinaryCrossentropy(from_logits=True)(ops.expand_dims(y, -1), logits)


def build_model(d, units, dtype="float32"):
    inputs = keras.Input((d,), dtype=dtype)
    return keras.Model(inputs, keras.layers.Dense(1, dtype=dtype)(GatedDense(units, dtype=dtype)(inputs)))


def train_step(model, optimizer, metric, x, y):
    def closure():
        closure.logits = model(x)
        return loss_fn(y, closure.logits)

    with tf.GradientTape(watch_accessed_variables=False) as tape:
        for variable in model.trainable_variables:
            tape.watch(variable.value)
        loss = closure()
    metric.update_state(y, closure.logits)
    optimizer.apply(tape.gradient(loss, [v.value for v in model.trainable_variables]), model.trainable_variables)
    return loss


def train(model, optimizer, metric, dataset, epochs):
    history = []
    for _ in range(epochs):
        metric.reset_state()
        sums = [(train_step(model, optimizer, metric, x, y) * x.shape[0], x.shape[0]) for x, y in dataset]
        history.append((float(sum(s for s, _ in sums)) / sum(n for _, n in sums), float(metric.result())))
    return [loss for loss, _ in history], [score for _, score in history]


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
