"""Keras objects that show in their numbers how they were used; imported in student processes alone, by `Remote`."""

from __future__ import annotations

from typing import Any

import keras
import tensorflow as tf

# a step may be traced once for full batches, once for the short one, and once more where variables are made
_FREE = 3


class RestlessSGD(keras.optimizers.SGD):
    """SGD that goes a stride of its own, and twice as far from the fourth time on that Python reaches its update.

    A compiled step is reached when it is traced, up to three times, and trains as with SGD of `stride` times the
    learning rate. A loop of Python is reached at every step, and ends somewhere else. So does a loop of whoever makes
    another optimizer with the learning rate that can be read here. It is the numbers that tell, and nothing that is
    said in the student process has to be believed.

    Args:
        stride: What gradients are multiplied with, besides the learning rate; no attribute holds it.
        **options: As for SGD.

    Attributes:
        python_calls: How often Python reached it: for the wording of a message, and for nothing else.
    """

    def __init__(self, stride: float = 1.0, **options: Any) -> None:
        super().__init__(**options)
        self.python_calls = 0
        reached = 0

        @tf.autograph.experimental.do_not_convert
        def apply(grads: Any, trainable_variables: Any = None) -> Any:
            nonlocal reached
            reached += 1
            self.python_calls = reached
            factor = stride if reached <= _FREE else 2.0 * stride
            grads = [None if grad is None else factor * grad for grad in grads]
            return keras.optimizers.SGD.apply(self, grads, trainable_variables)

        self._restless = apply

    @tf.autograph.experimental.do_not_convert
    def apply(self, grads: Any, trainable_variables: Any = None) -> Any:
        """Goes its stride."""
        return self._restless(grads, trainable_variables)
