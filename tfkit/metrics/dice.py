"""The overlap of a predicted mask and a true one, as a loss that has a gradient."""

from __future__ import annotations

from typing import Any

import keras
import tensorflow as tf

from tfkit._arguments import check_positive


def soft_dice(
    y_true: Any,
    y_pred: Any,
    *,
    per_image: bool = True,
    smoothing: float = 1.0,
    background: bool = True,
) -> Any:
    """Return one minus the Dice coefficient of masks, on probabilities that are not rounded.

    Per channel it is `1 - (2 I + s) / (S + s)`, where I is the sum of `y_true * y_pred`, S the sum of both, and s the
    smoothing. With s above *and* below the line an image without a lesion, predicted empty, has loss 0; with s
    below alone (as in `keras.losses.Dice`) it would have 1, and the network would be punished for being right.

    Per image, a small lesion counts as much as a large one; over the batch, each pixel counts the same, as in
    `keras.losses.Dice`, and the loss of an image depends on its company. Rounded masks have no gradient: pass
    probabilities, and not logits either.

    Example:

    >>> true = tf.constant([[[[1.0], [1.0], [0.0]]]])  # one image of 1 × 3 pixels, one channel
    >>> round(float(soft_dice(true, tf.constant([[[[0.9], [0.6], [0.2]]]]), smoothing=1e-6)[0]), 4)  # 1 - 3 / 3.7
    0.1892
    >>> empty = tf.zeros((2, 8, 8, 1))
    >>> soft_dice(empty, empty).numpy().tolist()
    [0.0, 0.0]

    Args:
        y_true: Masks of 0 and 1, shape `(M, ..., channels)`, any type of numbers.
        y_pred: Probabilities, the same shape.
        per_image: Whether sums run over each image separately, or over the whole batch.
        smoothing: The number s, above 0, in pixels: an error of a few pixels in an empty image costs little
            with a large s.
        background: Whether channel 0 counts. Without it the many easy pixels of the background cannot hide
            what became of the lesions.

    Returns:
        The loss of each image, shape `(M,)`, averaged over channels, in [0, 1); or one number for the batch.

    Raises:
        ValueError: If the shapes differ, `smoothing` is not above 0, no channel is left, or (outside compiled
            code) `y_pred` lies outside [0, 1].

    Reference:
        Sudre et al., "Generalised Dice overlap as a deep learning loss function for highly unbalanced
        segmentations", 2017.
    """
    check_positive("smoothing", smoothing)  # without it two empty masks give 0/0
    y_pred = tf.convert_to_tensor(y_pred)
    if not y_pred.dtype.is_floating:
        raise ValueError(
            f"expected probabilities in y_pred, received {y_pred.dtype.name}; do not round them, since rounding "
            "has no gradient"
        )
    if y_pred.dtype.size < 4:  # half precision cannot count to 65,520: a sum over an image becomes infinity
        y_pred = tf.cast(y_pred, tf.float32)
    y_true = tf.cast(y_true, y_pred.dtype)
    _check_shapes(y_true.shape, y_pred.shape, background)
    if tf.executing_eagerly():
        low, high = float(tf.reduce_min(y_pred)), float(tf.reduce_max(y_pred))
        if not (low >= -1e-3 and high <= 1 + 1e-3):
            raise ValueError(
                f"expected probabilities in y_pred, received values from {low:.3g} to {high:.3g}; "
                "apply a sigmoid or softmax to logits first"
            )
    if not background:
        y_true, y_pred = y_true[..., 1:], y_pred[..., 1:]
    axes = list(range(1 if per_image else 0, len(y_pred.shape) - 1))
    intersection = tf.reduce_sum(y_true * y_pred, axis=axes)
    total = tf.reduce_sum(y_true, axis=axes) + tf.reduce_sum(y_pred, axis=axes)
    return tf.reduce_mean(1 - (2 * intersection + smoothing) / (total + smoothing), axis=-1)


@keras.saving.register_keras_serializable("tfkit")
class SoftDice(keras.losses.Loss):
    """`soft_dice` as a loss for `compile`, saved with the model.

    Example:

    >>> layer = keras.layers.Conv2D(1, 3, padding="same", activation="sigmoid")
    >>> model = keras.Sequential([keras.Input((8, 8, 1)), layer])
    >>> model.compile("adam", loss=SoftDice(smoothing=1.0))
    >>> model.evaluate(tf.zeros((2, 8, 8, 1)), tf.ones((2, 8, 8, 1)), verbose=0) < 1
    True

    Args:
        per_image: Whether sums run over each image by itself, or over the whole batch.
        smoothing: Number of pixels added above and below the line, above 0.
        background: Whether channel 0 counts.
        **kwargs: `name`, `reduction` and `dtype`, as for every Keras loss.

    Raises:
        ValueError: As `soft_dice`.
    """

    def __init__(
        self,
        per_image: bool = True,
        smoothing: float = 1.0,
        background: bool = True,
        name: str = "soft_dice",
        **kwargs: Any,
    ) -> None:
        super().__init__(name=name, **kwargs)
        check_positive("smoothing", smoothing)  # without it two empty masks give 0/0
        self.per_image = per_image
        self.smoothing = float(smoothing)
        self.background = background

    def call(self, y_true: Any, y_pred: Any) -> Any:
        """Return the loss of each image, or of the batch."""
        return soft_dice(y_true, y_pred, per_image=self.per_image, smoothing=self.smoothing, background=self.background)

    def get_config(self) -> dict[str, Any]:
        """Return what Keras needs to make the loss again from a file."""
        return {
            **super().get_config(),
            "per_image": self.per_image,
            "smoothing": self.smoothing,
            "background": self.background,
        }


def _check_shapes(true: tf.TensorShape, pred: tf.TensorShape, background: bool) -> None:
    # rank by rank: (M, H, W) against (M, H, W, 1) would broadcast to pictures of pictures
    if true.rank != pred.rank or not true.is_compatible_with(pred):
        raise ValueError(
            f"expected y_true and y_pred of the same shape (M, ..., channels), received {tuple(true)} and "
            f"{tuple(pred)}; one-hot encode class numbers, and add a last axis of 1 to a single mask"
        )
    if pred.rank is not None and pred.rank < 3:
        raise ValueError(
            f"expected masks of shape (M, ..., channels), received {tuple(pred)}; add an axis for channels"
        )
    if not background and pred[-1] == 1:
        raise ValueError(
            "expected two channels or more when background=False, received 1, so that nothing would be left"
        )
