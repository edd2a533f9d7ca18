"""What the program cannot do, and the one line that says so before Keras does it instead."""

from __future__ import annotations

import warnings
from typing import Any

import keras

#: Keras's callbacks that have a hook per batch which does nothing when they act once an epoch.
_ONCE_AN_EPOCH = ("ModelCheckpoint", "BackupAndRestore", "OrbaxCheckpoint")

_PER_BATCH_HOOKS = (
    "on_batch_begin",
    "on_batch_end",
    "on_train_batch_begin",
    "on_train_batch_end",
    "on_test_begin",
    "on_test_end",
    "on_test_batch_begin",
    "on_test_batch_end",
)

_said: set[str] = set()


class FitFallbackWarning(UserWarning):
    """Says that `tfkit.fit` handed the work to `model.fit`, and why.

    The result is right, and comes at the speed of `model.fit`. Each reason is given once a process.

    Example:

    >>> issubclass(FitFallbackWarning, UserWarning)
    True
    """


class Unsupported(Exception):
    """Raised while the program is traced, with the reason why it cannot be.

    Example:

    >>> str(Unsupported("the model is a teapot"))
    'the model is a teapot'
    """


def say_once(reason: str) -> None:
    """Warn that `model.fit` trains because of `reason`, unless that has been said before.

    Example:

    >>> with warnings.catch_warnings(record=True) as caught:
    ...     warnings.simplefilter("always")
    ...     for _ in range(2):
    ...         say_once("the data are a fountain")
    >>> [str(warning.message) for warning in caught]
    ['the data are a fountain: trained by model.fit instead, with the same result at its speed']

    Args:
        reason: What the program cannot do.
    """
    if reason not in _said:
        _said.add(reason)
        message = f"{reason}: trained by model.fit instead, with the same result at its speed"
        warnings.warn(message, FitFallbackWarning, stacklevel=4)


def reason_of_model(model: Any) -> str | None:
    """Return why the program cannot train this model, or None.

    Example:

    >>> model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    >>> model.compile(loss="mse", run_eagerly=True)
    >>> reason_of_model(model)
    'the model is compiled with run_eagerly=True'

    Args:
        model: A compiled Keras model.

    Returns:
        A reason in words, or None.
    """
    if keras.backend.backend() != "tensorflow":
        return f"Keras runs on {keras.backend.backend()}, and the program is TensorFlow's"
    if model.run_eagerly:
        return "the model is compiled with run_eagerly=True"
    import tensorflow as tf

    if model.distribute_strategy.num_replicas_in_sync > 1 or tf.distribute.has_strategy():
        return "the model is trained on several devices at once"
    for method in ("fit", "make_train_function"):
        if getattr(type(model), method) is not getattr(keras.Model, method):
            return f"the model has a {method} of its own"
    return None


def reason_of_callbacks(callbacks: list[Any]) -> str | None:
    """Return why the program cannot serve these callbacks, or None.

    Example:

    >>> reason_of_callbacks([keras.callbacks.EarlyStopping(), keras.callbacks.TerminateOnNaN()])
    >>> reason_of_callbacks([keras.callbacks.LambdaCallback(on_train_batch_end=print)])
    'LambdaCallback acts on every batch (on_train_batch_end)'

    Args:
        callbacks: Keras callbacks.

    Returns:
        A reason in words, or None.
    """
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
    """Return whether a callback does something of its own at a hook.

    Example:

    >>> overrides(keras.callbacks.EarlyStopping(), "on_epoch_end")
    True
    >>> overrides(keras.callbacks.EarlyStopping(), "on_epoch_begin")
    False

    Args:
        callback: A Keras callback.
        hook: Name of a method of `keras.callbacks.Callback`.

    Returns:
        True if the method is not the empty one of the base class.
    """
    method = getattr(callback, hook)
    return getattr(method, "__func__", method) is not getattr(keras.callbacks.Callback, hook)
