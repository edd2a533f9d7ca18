# %% [markdown]
# # Homework 3: your own layer, your own metric
#
# Keras has many layers, and the one you need next is missing. You write a *gated* dense layer, a metric for classes of
# unequal size, and the training step that uses both.
#
# Labels `y` have shape (N,) and are 0.0 or 1.0; the model returns **logits** of shape (N, 1). Mind the two shapes.
# The functions `try_…` are given: they put your parts together and are what the tests call. Leave them as they are.

# %%
import keras
import tensorflow as tf

# %% [markdown]
# ## K1, K2 · The layer (2 + 3 points)
#
# $$y = \sigma(x G + c) \odot (x K + b)$$
#
# **K1** `build` creates four trainable weights, in this order: `kernel` $K$ (d, units), `bias` $b$ (units,),
# `gate_kernel` $G$ (d, units), `gate_bias` $c$ (units,). Kernels use `"glorot_uniform"`, `bias` starts at zero and
# `gate_bias` at **one**, so that gates are rather open in the beginning.
#
# **K2** `call` computes the output.


# %%
class GatedDense(keras.layers.Layer):
    """A dense layer whose outputs are multiplied by gates between 0 and 1.

    Args:
        units: number of outputs.
    """

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        """Creates `kernel`, `bias`, `gate_kernel` and `gate_bias`."""
        # BEGIN SOLUTION K1
        d = input_shape[-1]
        self.kernel = self.add_weight(shape=(d, self.units), initializer="glorot_uniform", name="kernel")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")
        self.gate_kernel = self.add_weight(shape=(d, self.units), initializer="glorot_uniform", name="gate_kernel")
        self.gate_bias = self.add_weight(shape=(self.units,), initializer="ones", name="gate_bias")
        # END SOLUTION

    def call(self, x):
        """Returns the gated outputs, (N, units)."""
        # BEGIN SOLUTION K2
        gate = tf.sigmoid(tf.matmul(x, self.gate_kernel) + self.gate_bias)
        return gate * (tf.matmul(x, self.kernel) + self.bias)
        # END SOLUTION


def try_layer(x, weights):
    """Given: the output of a `GatedDense` with these four weights, in the order of `build`."""
    x = tf.convert_to_tensor(x)
    layer = GatedDense(weights[1].shape[0], dtype=x.dtype.name)
    layer.build((None, x.shape[1]))
    layer.set_weights(weights)
    return layer(x)


# %% [markdown]
# ## K3, K4 · The metric (3 + 2 points)
#
# Of 1000 patients, 10 are ill; "everyone is healthy" has an accuracy of 99 %. *Balanced accuracy* is the mean of two
# fractions: of the examples with label 1 those that are predicted 1, and of the examples with label 0 those that are
# predicted 0. A logit of 0 or more predicts 1. A class without examples contributes 0.
#
# **K3** one batch, with `sample_weight` (an example of weight 2 counts twice; no weights: each counts once).
#
# **K4** many batches: a metric is *streaming*. `result` is the value for all examples since the last `reset_state`, as
# if they had come in one batch.


# %%
class BalancedAccuracy(keras.metrics.Metric):
    """Mean of sensitivity and specificity, of logits.

    `update_state(y_true, logits, sample_weight=None)` takes labels (N,), logits (N, 1) and weights (N,).
    """

    # BEGIN SOLUTION K3
    def __init__(self, name="balanced_accuracy", **kwargs):
        super().__init__(name=name, **kwargs)
        self.right = self.add_weight(shape=(2,), initializer="zeros", name="right")
        self.total = self.add_weight(shape=(2,), initializer="zeros", name="total")

    def update_state(self, y_true, logits, sample_weight=None):
        y = tf.cast(tf.reshape(y_true, (-1,)), self.dtype)
        predicted = tf.cast(tf.reshape(logits, (-1,)) >= 0, self.dtype)
        weight = tf.ones_like(y) if sample_weight is None else tf.cast(sample_weight, self.dtype)
        belongs = tf.stack([1 - y, y]) * weight  # one row for each class
        correct = tf.cast(predicted == y, self.dtype)
        self.total.assign_add(tf.reduce_sum(belongs, axis=1))
        self.right.assign_add(tf.reduce_sum(belongs * correct, axis=1))

    def result(self):
        return tf.reduce_mean(tf.math.divide_no_nan(self.right, self.total))

    # END SOLUTION


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


# %% [markdown]
# ## K5 · The loss (2 points)


# %%
def loss_fn(y, logits):
    """Binary cross-entropy, averaged over the examples.

    Args:
        y: labels, (N,).
        logits: what the model returns, (N, 1); no sigmoid has been applied.

    Returns:
        The loss, a scalar tensor.
    """
    # BEGIN SOLUTION K5
    scores = tf.reshape(logits, (-1,))
    return tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=tf.cast(y, scores.dtype), logits=scores))
    # END SOLUTION


# %% [markdown]
# ## K6 · The model (2 points)


# %%
def build_model(d, units, dtype="float32"):
    """A model with one hidden `GatedDense` layer and a dense output.

    Args:
        d: number of features.
        units: number of hidden units.
        dtype: dtype of all layers.

    Returns:
        A `keras.Model` from (N, d) to logits (N, 1).
    """
    # BEGIN SOLUTION K6
    return keras.Sequential(
        [keras.Input((d,), dtype=dtype), GatedDense(units, dtype=dtype), keras.layers.Dense(1, dtype=dtype)]
    )
    # END SOLUTION


def _model_with(x, weights):
    model = build_model(x.shape[1], weights[1].shape[0], x.dtype.name)
    model.set_weights(weights)
    return model


def try_model(x, weights):
    """Given: the output of the model with these six weights."""
    x = tf.convert_to_tensor(x)
    return _model_with(x, weights)(x)


# %% [markdown]
# ## K7 · One training step (4 points)


# %%
def train_step(model, optimizer, metric, x, y):
    """Makes one step of gradient descent and counts the batch in the metric.

    Loss and metric belong to the predictions from *before* the update.

    Args:
        model: the model, changed in place.
        optimizer: a Keras optimizer.
        metric: a `BalancedAccuracy`, updated, not reset.
        x: features, (N, d).
        y: labels, (N,).

    Returns:
        The loss, a scalar tensor.
    """
    # BEGIN SOLUTION K7
    with tf.GradientTape() as tape:
        logits = model(x, training=True)
        loss = loss_fn(y, logits)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    metric.update_state(y, logits)
    return loss
    # END SOLUTION


def try_train_step(x, y, weights, steps):
    """Given: losses, metric and weights after so many steps of SGD with momentum on the same batch."""
    x, y = tf.convert_to_tensor(x), tf.convert_to_tensor(y)
    model, metric = _model_with(x, weights), BalancedAccuracy()
    optimizer = keras.optimizers.SGD(0.5, momentum=0.5)
    losses = [float(train_step(model, optimizer, metric, x, y)) for _ in range(steps)]
    names = ("kernel", "bias", "gate_kernel", "gate_bias", "out_kernel", "out_bias")
    after = dict(zip(names, model.get_weights()))
    return {"losses": losses, "metric": float(metric.result()), **after}


# %% [markdown]
# ## K8 · Epochs (4 points)


# %%
def train(model, optimizer, metric, dataset, epochs):
    """Trains, and reports each epoch by itself.

    Args:
        model: the model, changed in place.
        optimizer: a Keras optimizer.
        metric: a `BalancedAccuracy`.
        dataset: batches `(x, y)`; the last may be shorter.
        epochs: number of passes.

    Returns:
        Two lists of floats with one number for each epoch: the loss, averaged over the *examples* of the epoch, and
        the balanced accuracy of this epoch alone.
    """
    # BEGIN SOLUTION K8
    losses, scores = [], []
    for _ in range(epochs):
        metric.reset_state()
        total, count = 0.0, 0
        for x, y in dataset:
            total += float(train_step(model, optimizer, metric, x, y)) * len(x)
            count += len(x)
        losses.append(total / count)
        scores.append(float(metric.result()))
    return losses, scores
    # END SOLUTION


def try_train(x, y, weights, batch_size, epochs):
    """Given: what `train` returns for batches in the order of `x`."""
    x, y = tf.convert_to_tensor(x), tf.convert_to_tensor(y)
    dataset = tf.data.Dataset.from_tensor_slices((x, y)).batch(batch_size)
    return train(_model_with(x, weights), keras.optimizers.SGD(0.5), BalancedAccuracy(), dataset, epochs)
