"""Learning rates over time: the one schedule of the lectures that Keras lacks, and the rule for large batches.

What Keras has, in `keras.optimizers.schedules`: steps are `PiecewiseConstantDecay`, or
`ExponentialDecay(staircase=True)`; linear is `PolynomialDecay(power=1)`; then `ExponentialDecay`,
`InverseTimeDecay`, `CosineDecay` (with warm-up, if asked) and `CosineDecayRestarts`. All of them count *steps*,
one per batch, where the lectures' figures count epochs.
"""

from __future__ import annotations

from typing import Any

import keras

from tfkit._arguments import check_positive, check_positive_integer


@keras.saving.register_keras_serializable("tfkit")
class InverseSqrtDecay(keras.optimizers.schedules.LearningRateSchedule):
    """The learning rate falls as one over the square root of time, after a linear warm-up if asked.

    Without warm-up it is `initial_learning_rate / sqrt(1 + step / decay_steps)`, which begins at the rate given
    (the slide's α₀/√t is infinite at t = 0), and is half of it after `3 * decay_steps` steps. A warm-up rises
    from `initial_learning_rate / warmup_steps` to the whole, and the decay counts from its end. With
    `decay_steps` equal to `warmup_steps` this is the transformer's schedule.

    Example:

    >>> schedule = InverseSqrtDecay(0.1, decay_steps=100)
    >>> [round(float(schedule(step)), 4) for step in (0, 300, 9900)]
    [0.1, 0.05, 0.01]
    >>> [round(float(InverseSqrtDecay(0.1, 10, warmup_steps=10)(step)), 4) for step in (0, 4, 9, 10, 40)]
    [0.01, 0.05, 0.1, 0.1, 0.05]

    Args:
        initial_learning_rate: The highest rate, above 0.
        decay_steps: Steps (batches) after which the rate is divided by √2.
        warmup_steps: Steps of the warm-up.
        name: Name of the schedule.

    Raises:
        ValueError: If the rate is not above 0, `decay_steps` is not a positive integer or `warmup_steps` is
            not an integer of 0 or more.

    Reference:
        Vaswani et al., "Attention is all you need", 2017, eq. 3; CS231n's slide on learning rate decay.
    """

    def __init__(
        self,
        initial_learning_rate: float,
        decay_steps: int = 1,
        warmup_steps: int = 0,
        name: str = "InverseSqrtDecay",
    ) -> None:
        super().__init__()
        check_positive("initial_learning_rate", initial_learning_rate)
        check_positive_integer("decay_steps", decay_steps)
        if warmup_steps != 0:
            check_positive_integer("warmup_steps", warmup_steps)
        self.initial_learning_rate = float(initial_learning_rate)
        self.decay_steps = int(decay_steps)
        self.warmup_steps = int(warmup_steps)
        self.name = name

    def __call__(self, step: Any) -> Any:
        """Return the learning rate of a step, counted from 0."""
        step = keras.ops.cast(step, "float32")
        since = keras.ops.maximum(step - self.warmup_steps, 0.0)
        rate = self.initial_learning_rate * keras.ops.rsqrt(1.0 + since / self.decay_steps)
        if self.warmup_steps:
            # step + 1: a first step with rate 0 would be a batch for nothing
            rate = rate * keras.ops.minimum((step + 1.0) / self.warmup_steps, 1.0)
        return rate

    def get_config(self) -> dict[str, Any]:
        """Return what Keras needs to make the schedule again from a file."""
        return {
            "initial_learning_rate": self.initial_learning_rate,
            "decay_steps": self.decay_steps,
            "warmup_steps": self.warmup_steps,
            "name": self.name,
        }


def linear_scaling(learning_rate: float, batch_size: int, base_batch_size: int) -> float:
    """Return the learning rate for another batch size: N times the batch, N times the rate.

    A batch N times as large takes N times fewer steps an epoch, each along a better average. The rule of thumb
    makes up for the fewer steps. It fails for very large batches, and early in training: warm up.

    Example:

    >>> linear_scaling(0.1, batch_size=1024, base_batch_size=256)
    0.4

    Args:
        learning_rate: Rate that works with `base_batch_size`, above 0.
        batch_size: Examples per batch from now on.
        base_batch_size: Examples per batch that the rate was found with.

    Returns:
        The rate.

    Raises:
        ValueError: If the rate is not above 0 or a size is not a positive integer.

    Reference:
        Goyal et al., "Accurate, large minibatch SGD: training ImageNet in 1 hour", 2017.
    """
    check_positive("learning_rate", learning_rate)
    check_positive_integer("batch_size", batch_size)
    check_positive_integer("base_batch_size", base_batch_size)
    return float(learning_rate) * int(batch_size) / int(base_batch_size)
