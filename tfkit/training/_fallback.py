"""What the program cannot do, and the one line that says so before Keras does it instead."""

from __future__ import annotations

import warnings
from typing import Any

import keras

from tfkit.training.warnings import FitFallbackWarning

#: Keras's callbacks that have a hook per batch which does nothing when they act once an epoch.
_ONCE_AN_EPOCH = ("ModelCheckpoint", "BackupAndRestore", "OrbaxCheckpoint")

_PER_BATCH_HOOKS = [f"on_{kind}batch_{when}" for kind in ("", "train_", "test_") for when in ("begin", "end")]
_PER_BATCH_HOOKS += ["on_test_begin", "on_test_end"]

_said: set[str] = set()


class Unsupported(Exception):
    """Raised while the program is traced, with the reason why it cannot be."""


def say_once(reason: str) -> None:
    """Warn that `model.fit` trains because of `reason`, unless that has been said before."""
    if reason not in _said:
        _said.add(reason)
        message = f"{reason}, so model.fit trained the model instead, with the same result at its own speed"
        warnings.warn(message, FitFallbackWarning, stacklevel=4)


def reason_of_model(model: Any) -> str | None:
    """Return why the program cannot train this model, or None."""
    if keras.backend.backend() != "tensorflow":
        return f"Keras runs on {keras.backend.backend()}, and the compiled loop needs TensorFlow"
    if model.run_eagerly:
        return "the model is compiled with run_eagerly=True"
    import tensorflow as tf

    if model.distribute_strategy.num_replicas_in_sync > 1 or tf.distribute.has_strategy():
        return "the model is trained on several devices at once"
    for method in ("fit", "make_train_function"):
        if getattr(type(model), method) is not getattr(keras.Model, method):
            return f"the model has its own {method}"
    return None


def reason_of_callbacks(callbacks: list[Any]) -> str | None:
    """Return why the program cannot serve these callbacks, or None."""
    for callback in callbacks:
        name = type(callback).__name__
        known = type(callback).__module__.startswith("keras.")
        if known and name == "TerminateOnNaN":  # the end of the epoch does instead of the end of the batch
            continue
        if known and name in _ONCE_AN_EPOCH and callback.save_freq == "epoch":
            continue
        for hook in _PER_BATCH_HOOKS:
            if not overrides(callback, hook):
                continue
            return f"{name} acts on every batch ({hook})"
    return None


def overrides(callback: Any, hook: str) -> bool:
    """Return whether a callback does something of its own at a hook."""
    method = getattr(callback, hook)
    return getattr(method, "__func__", method) is not getattr(keras.callbacks.Callback, hook)
