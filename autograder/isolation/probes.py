"""Keras objects that watch how they are used; imported in student processes alone, by `Remote`."""

from __future__ import annotations

from typing import Any

import keras
import tensorflow as tf


class CountingSGD(keras.optimizers.SGD):
    """SGD that counts how often Python reaches its update: every step of an eager loop, once a trace of a compiled one.

    Attributes:
        python_calls: The count.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.python_calls = 0

    @tf.autograph.experimental.do_not_convert
    def apply(self, grads: Any, trainable_variables: Any = None) -> Any:
        """Counts, then applies."""
        self.python_calls += 1
        return super().apply(grads, trainable_variables)
