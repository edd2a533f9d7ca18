"""The loss of a network that knows nothing yet: ln k for k classes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tfkit._arguments import check_positive, check_positive_integer

if TYPE_CHECKING:
    import keras

#: Between these multiples of the expected loss a fresh network is as it should be. Glorot's and He's weights on scaled
#: inputs give logits of variance 1 or 2, and with them a loss a little above chance.
_LOWEST, _HIGHEST = 0.7, 1.7


def expected_initial_loss(num_classes: int) -> float:
    """Return the cross-entropy of a network that finds all classes equally likely: -ln(1/k).

    Example:

    >>> round(expected_initial_loss(10), 4), round(expected_initial_loss(2), 4)
    (2.3026, 0.6931)

    Args:
        num_classes: Number of classes, k; 2 for one sigmoid output.

    Returns:
        The loss in nats.

    Raises:
        ValueError: If there are fewer than two classes.

    Reference:
        CS231n's notes, "Before learning: sanity checks".
    """
    check_positive_integer("num_classes", num_classes)
    if num_classes < 2:
        raise ValueError("expected num_classes of 2 or more, received 1; one sigmoid output tells 2 classes apart")
    return -math.log(1 / num_classes)


@dataclass(frozen=True)
class InitialLoss:
    """The loss before training, beside the one expected of chance.

    Example:

    >>> print(InitialLoss(14.1, 2.3, 0.0, "no"))
    initial loss 14.1, expected about 2.3: no

    Attributes:
        measured: Mean loss on the examples, without penalties.
        expected: Loss of answering by chance.
        penalty: What weight penalties add to it.
        advice: What to look at; empty if all is well.
    """

    measured: float
    expected: float
    penalty: float
    advice: str

    @property
    def ok(self) -> bool:
        """Whether the loss is about what is expected."""
        return not self.advice

    def __bool__(self) -> bool:
        return self.ok

    def __str__(self) -> str:
        verdict = self.advice or "as it should be"
        return f"initial loss {self.measured:.4g}, expected about {self.expected:.4g}: {verdict}"


def check_initial_loss(model: keras.Model, x: Any, y: Any, *, expected: float | None = None) -> InitialLoss:
    """Compare the loss of a model that is not yet trained with the loss of chance.

    A network with small weights finds all k classes equally likely, and its cross-entropy is about ln k: 2.303 for ten
    digits. A loss far above comes from inputs that are not scaled, from weights that are too large, or from logits
    that the loss takes for probabilities. A loss far below means that the network knows something: it was
    trained already, or there are fewer classes than outputs. Penalties are left out, as is dropout.

    Example:

    >>> import keras
    >>> import numpy as np
    >>> rng = np.random.default_rng(0)
    >>> x, y = rng.normal(size=(60, 4)), rng.integers(0, 3, 60)
    >>> model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, "softmax", kernel_initializer="zeros")])
    >>> model.compile(loss="sparse_categorical_crossentropy")
    >>> print(check_initial_loss(model, x, y))
    initial loss 1.099, expected about 1.099: as it should be

    Args:
        model: A compiled Keras model with one output.
        x: Some hundred examples, scaled as for training, shape `(M, ...)`.
        y: Their targets, as the loss takes them.
        expected: Loss of chance. By default ln k for a categorical and ln 2 for a binary cross-entropy; for other
            losses it must be given, such as the mean of `y ** 2` for a squared error of outputs near 0.

    Returns:
        An `InitialLoss`.

    Raises:
        ValueError: If the model has no loss, or none whose chance level is known and `expected` is not given.
    """
    import keras
    import numpy as np

    from tfkit._keras_models import as_batch, checked_outputs, compiled_loss, data_loss, last_activation, loss_name

    if not isinstance(model, keras.Model):
        raise ValueError(f"expected a compiled Keras model, received {type(model).__name__}")
    loss = compiled_loss(model)
    name = loss_name(loss)
    dtype = model.compute_dtype
    inputs, targets = as_batch(x, "x", dtype), as_batch(y, "y", dtype)
    outputs = checked_outputs(model, loss, inputs, targets)
    if expected is None:
        if "categorical_crossentropy" in name:
            expected = expected_initial_loss(int(outputs.shape[-1]))
        elif "binary_crossentropy" in name:
            expected = expected_initial_loss(2)
        else:
            raise ValueError(
                f"expected a cross-entropy, received {name}; pass expected=..., the loss of a model that guesses"
            )
    check_positive("the expected loss", expected)
    measured = float(data_loss(loss, targets, outputs))
    penalty = float(sum(float(value) for value in model.losses))
    form = _form(name, loss, np.asarray(outputs, np.float64), last_activation(model) == "sigmoid")
    advice = form or _level(measured, float(expected), np.asarray(inputs))
    return InitialLoss(measured, float(expected), penalty, advice)


def _form(name: str, loss: Any, outputs: Any, ends_in_sigmoid: bool) -> str:
    """Say if logits meet a loss of probabilities, or the other way round."""
    if "crossentropy" not in name:
        return ""
    get_config = getattr(loss, "get_config", None)
    from_logits = bool(get_config().get("from_logits", False)) if get_config else False
    probabilities = bool(((outputs >= 0) & (outputs <= 1)).all())
    if "categorical" in name:
        probabilities = probabilities and bool(abs(outputs.sum(axis=-1) - 1).max() < 1e-3)
    elif from_logits:  # logits may happen to lie in [0, 1], all of them 0 for one
        probabilities = probabilities and ends_in_sigmoid
    if from_logits and probabilities:
        return (
            "the outputs are already probabilities, but from_logits=True treats them as logits: use from_logits=False"
        )
    if not from_logits and not probabilities:
        seen = f"outputs from {outputs.min():.3g} to {outputs.max():.3g}"
        return f"the loss expects probabilities but receives {seen}: add a softmax or sigmoid, or use from_logits=True"
    return ""


def _level(measured: float, expected: float, inputs: Any) -> str:
    if not math.isfinite(measured):
        return "the loss is not finite: look for log(0), a division by 0, and weights that are far too large"
    if measured > _HIGHEST * expected:
        largest = abs(inputs).max() if inputs.dtype.kind == "f" else 0
        scale = f"the inputs go up to {largest:.3g}: scale them" if largest > 20 else "the weights are too large"
        return f"too high, as if the network were sure and wrong; {scale}"
    if measured < _LOWEST * expected:
        return (
            "too low for a network that knows nothing: was it trained before, or do most examples have the same label?"
        )
    return ""
