"""Binary cross-entropy with two weights per label."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import tensorflow as tf


def weighted_binary_crossentropy(
    y_true: Any,
    y_pred: Any,
    positive: Any,
    negative: Any,
    *,
    from_logits: bool = False,
) -> Any:
    """Return `-w₊ y log p - w₋ (1 - y) log(1 - p)` of each example, averaged over labels.

    The paper sums over its labels, which is `k` times as much; the mean is Keras's convention, and keeps a learning
    rate that works for one label working for fourteen. Logits keep their gradient where a sigmoid has been rounded
    to 0 or 1.

    Example:

    >>> loss = weighted_binary_crossentropy([[1.0, 0.0]], [[0.5, 0.5]], positive=[0.9, 0.5], negative=[0.1, 0.5])
    >>> round(float(loss[0]), 4)  # (0.9 + 0.5) log(2) / 2
    0.4852

    Args:
        y_true: Labels 0 and 1, shape `(M, k)`.
        y_pred: Probabilities, or logits, shape `(M, k)`.
        positive: w₊ of each label, shape `(k,)`.
        negative: w₋ of each label, shape `(k,)`.
        from_logits: Whether `y_pred` are logits.

    Returns:
        A tensor of shape `(M,)`.

    Raises:
        ValueError: If shapes differ or a weight is negative or not finite.

    Reference:
        Rajpurkar et al., "CheXNet", 2017, eq. 1 and 2.
    """
    w_positive, w_negative = _weights(positive, negative)
    y_pred = tf.convert_to_tensor(y_pred)
    y_true = tf.cast(y_true, y_pred.dtype)
    k = len(w_positive)
    if not y_true.shape.is_compatible_with(y_pred.shape) or y_pred.shape.rank != 2 or y_pred.shape[1] != k:
        raise ValueError(
            f"expected labels and predictions of shape (M, {k}), received {tuple(y_true.shape)} and "
            f"{tuple(y_pred.shape)}; there are {k} weights"
        )
    if not from_logits:
        limit = keras.config.epsilon()  # as in keras.losses.BinaryCrossentropy
        y_pred = tf.clip_by_value(y_pred, limit, 1 - limit)
        log_yes, log_no = tf.math.log(y_pred), tf.math.log1p(-y_pred)
    else:
        log_yes, log_no = tf.math.log_sigmoid(y_pred), tf.math.log_sigmoid(-y_pred)
    yes, no = tf.cast(w_positive, y_pred.dtype), tf.cast(w_negative, y_pred.dtype)
    return -tf.reduce_mean(yes * y_true * log_yes + no * (1 - y_true) * log_no, axis=1)


@keras.saving.register_keras_serializable("tfkit")
class WeightedBinaryCrossentropy(keras.losses.Loss):
    """`weighted_binary_crossentropy` as a loss for `compile`, saved with the model.

    Example:

    >>> from tfkit.metrics import multi_label_weights
    >>> weights = multi_label_weights([[1, 0], [0, 0], [0, 1], [0, 1]])
    >>> loss = WeightedBinaryCrossentropy(*weights, from_logits=True)
    >>> round(float(loss(tf.constant([[1.0, 0.0]]), tf.constant([[0.0, 0.0]]))), 4)  # (0.75 + 0.5) log(2) / 2
    0.4332

    Args:
        positive: w₊ of each label, shape `(k,)`, from the training set.
        negative: w₋ of each label, shape `(k,)`.
        from_logits: Whether predictions are logits.
        **kwargs: `name`, `reduction` and `dtype`, as for every Keras loss.

    Raises:
        ValueError: As `weighted_binary_crossentropy`.
    """

    def __init__(
        self,
        positive: Any,
        negative: Any,
        from_logits: bool = False,
        name: str = "weighted_binary_crossentropy",
        **kwargs: Any,
    ) -> None:
        super().__init__(name=name, **kwargs)
        self.positive, self.negative = (weights.tolist() for weights in _weights(positive, negative))
        self.from_logits = from_logits

    def call(self, y_true: Any, y_pred: Any) -> Any:
        """Return the loss of each example."""
        return weighted_binary_crossentropy(y_true, y_pred, self.positive, self.negative, from_logits=self.from_logits)

    def get_config(self) -> dict[str, Any]:
        """Return what Keras needs to make the loss again from a file."""
        return {
            **super().get_config(),
            "positive": self.positive,
            "negative": self.negative,
            "from_logits": self.from_logits,
        }


def _weights(positive: Any, negative: Any) -> tuple[np.ndarray, np.ndarray]:
    yes, no = np.asarray(positive, dtype=np.float64), np.asarray(negative, dtype=np.float64)
    if yes.ndim != 1 or yes.shape != no.shape or yes.size == 0:
        raise ValueError(
            f"expected one weight for each label, shapes (k,) and (k,), received {yes.shape} and {no.shape}"
        )
    if not all(np.isfinite(weights).all() and (weights >= 0).all() for weights in (yes, no)):
        raise ValueError(f"expected weights of 0 or more, received {positive!r} and {negative!r}")
    return yes, no
