"""`tfkit.fit`: what `model.fit` does, as one program."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from numbers import Integral
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from tfkit._arguments import Seed, check_choice, generator
from tfkit.training._compiler import Settings, choose_xla, program_for
from tfkit.training._complaints import check_data, check_model, check_settings, complaint_of_shapes
from tfkit.training._data import arrays_in_memory, build, n_examples, prepare
from tfkit.training._fallback import Unsupported, reason_of_callbacks, reason_of_model, say_once
from tfkit.training._loop import train
from tfkit.training._orders import orders_of
from tfkit.training._program import Program


def fit(
    model: Any,
    x: Any,
    y: Any = None,
    epochs: int = 1,
    batch_size: int = 32,
    *,
    validation_data: Any = None,
    validation_split: float = 0.0,
    callbacks: Any = None,
    shuffle: bool | str = True,
    seed: Seed | None = None,
    class_weight: Mapping[int, float] | None = None,
    sample_weight: Any = None,
    initial_epoch: int = 0,
    validation_batch_size: int | None = None,
    validation_freq: int | Sequence[int] = 1,
    steps_per_epoch: int | None = None,
    validation_steps: int | None = None,
    jit_compile: bool | None = None,
    stop_on_nonfinite: bool = True,
    verbose: str | int = "auto",
) -> keras.callbacks.History:
    """Train a compiled Keras model on data in memory, many times faster than `model.fit`.

    `model.fit` returns to Python after every batch, which costs a small network far more than its arithmetic.
    Here the loop over epochs and batches is one compiled program; the steps in it are the model's own
    `train_step`. Without shuffling, the history is that of `model.fit` to the rounding of float32; with it,
    the examples come in another order of the same distribution.

    Callbacks act once an epoch, as always. What the program cannot do (data sets and generators, callbacks
    with hooks for each batch, `run_eagerly`) `model.fit` does, and a `FitFallbackWarning` says so once.

    Example:

    >>> keras.utils.set_random_seed(0)
    >>> model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    >>> model.compile(keras.optimizers.SGD(0.1), "mse")
    >>> x = np.linspace(-1, 1, 20)[:, None]
    >>> history = fit(model, x, 2 * x + 1, epochs=100, batch_size=5, seed=0)
    >>> round(float(model.predict(np.array([[3.0]]), verbose=0)[0, 0]), 2)
    7.0

    Args:
        model: A compiled Keras model.
        x: Inputs, M rows: an array, a tensor, a table, or a list or dict of them.
        y: Targets, M rows; None if the model finds its loss in `x`.
        epochs: Number of the epoch to stop before, as in Keras: epochs in all, if `initial_epoch` is 0.
        batch_size: Examples per step; the last batch of an epoch may be short.
        validation_data: Tuple `(x, y)` or `(x, y, sample_weight)`; see `model.fit`.
        validation_split: Part of the examples, the last ones, that is kept for validation.
        callbacks: List of Keras callbacks. Those that act at the ends of epochs make the program return there;
            without them it returns every few tenths of a second.
        shuffle: Whether every epoch has another order; `"batch"` shuffles inside the batches only.
        seed: Of the orders: an integer or a `numpy.random.Generator`. By default drawn from NumPy's global
            generator, which `keras.utils.set_random_seed` sets. Dropout has Keras's own seeds.
        class_weight: Dict from class number to weight.
        sample_weight: Weight of each example, shape `(M,)`.
        initial_epoch: Number of the first epoch.
        validation_batch_size: By default `batch_size`.
        validation_freq: Validate every so many epochs, or after those listed (counted from 1).
        steps_per_epoch: Left to `model.fit`.
        validation_steps: Left to `model.fit`.
        jit_compile: Whether XLA compiles the program. None: on a GPU always; on a CPU for dense layers in
            trainings long enough, not for convolutions and dropout, which it slows down.
        stop_on_nonfinite: Whether to stop after an epoch whose loss is NaN or infinite, with a
            `NonFiniteLossWarning`. Keras goes on.
        verbose: `"auto"` shows a line of progress on a terminal and nothing elsewhere; 0 nothing, 1 the line,
            2 one line for each epoch.

    Returns:
        The `keras.callbacks.History`, also found as `model.history`.

    Raises:
        ValueError: If arguments do not fit.
        KeyboardInterrupt: After Ctrl-C, which waits for the end of the epochs being trained: history and
            weights are those of the last finished epoch.
    """
    check_model(model)
    check_settings(epochs, batch_size, initial_epoch, callbacks, class_weight, sample_weight)
    check_data(model, x, y, validation_data)
    check_choice("verbose", verbose, ("auto", 0, 1, 2))
    verbose = int(sys.stdout.isatty()) if verbose == "auto" else int(verbose)
    reason = (
        reason_of_model(model)
        or reason_of_callbacks(getattr(callbacks, "callbacks", None) or keras.tree.flatten(callbacks or []))
        or _reason_of_data(x, y, sample_weight, validation_data, steps_per_epoch, validation_steps)
    )

    def keras_fit(reason: str) -> keras.callbacks.History:
        if seed is not None and shuffle:
            tf.random.set_seed(int(generator(seed).integers(2**31)))  # the only way to tell fit an order
        history = model.fit(
            x,
            y,
            # a data set brings batches of its own, and Keras refuses a size for them
            batch_size=batch_size if arrays_in_memory(x, y) else None,
            epochs=epochs,
            verbose=verbose,
            callbacks=callbacks,
            validation_split=validation_split,
            validation_data=validation_data,
            shuffle=shuffle,
            class_weight=class_weight,
            sample_weight=sample_weight,
            initial_epoch=initial_epoch,
            steps_per_epoch=steps_per_epoch,
            validation_steps=validation_steps,
            validation_batch_size=validation_batch_size,
            validation_freq=validation_freq,
        )
        say_once(reason)
        return history

    if reason:
        return keras_fit(reason)

    data, validation = prepare(x, y, sample_weight, class_weight, validation_data, validation_split)
    M = n_examples(data)
    steps = math.ceil(M / batch_size)
    settings = Settings(min(batch_size, M), validation_batch_size or batch_size, validates_always=validation_freq == 1)

    def compiled(jit_compile: bool) -> Program:
        program = program_for(model, data, validation, replace(settings, jit_compile=jit_compile))
        program.compile(data, validation)
        return program

    try:
        build(model, data)
        xla = choose_xla(model, data, epochs * steps) if jit_compile is None else jit_compile
        try:
            program = compiled(xla)
        except tf.errors.OpError:
            if jit_compile is not None or not xla:
                raise
            program = compiled(False)  # an operation that XLA does not have
    except Unsupported as reason:
        return keras_fit(str(reason))
    except Exception as error:
        complaint = complaint_of_shapes(model, data)
        if complaint is not None:
            raise ValueError(complaint) from None
        # another mistake in model or data raises in model.fit too, in Keras's words
        return keras_fit(f"the loop could not be compiled ({type(error).__name__})")
    # NumPy's global numbers are those that keras.utils.set_random_seed makes repeatable
    rng = generator(int(np.random.randint(2**31)) if seed is None else seed)
    return train(
        model,
        program,
        data,
        validation,
        draw=orders_of(M, batch_size, shuffle, rng),
        epochs=epochs,
        initial_epoch=initial_epoch,
        validates=_validates(validation_freq),
        callbacks=callbacks,
        stop_on_nonfinite=stop_on_nonfinite,
        verbose=verbose,
        steps=steps,
    )


def _reason_of_data(x: Any, y: Any, weights: Any, validation: Any, steps: Any, validation_steps: Any) -> str | None:
    if not arrays_in_memory(x, y, weights):
        return f"x is a {type(x).__name__}, not an array in memory"
    if not arrays_in_memory(validation):
        return f"validation_data is a {type(validation).__name__}, not an array in memory"
    if steps is not None or validation_steps is not None:
        return "steps_per_epoch and validation_steps cut epochs short"
    return None


def _validates(frequency: Any) -> Callable[[int], bool]:
    if isinstance(frequency, Integral) and int(frequency) >= 1:
        return lambda epoch: (epoch + 1) % frequency == 0
    if isinstance(frequency, (list, tuple, set, range)):
        return lambda epoch: epoch + 1 in frequency
    raise ValueError(f"expected validation_freq to be an integer of 1 or more or a list, received {frequency!r}")
