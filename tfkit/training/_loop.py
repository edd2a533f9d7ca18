"""Call the program until all epochs are done; between calls, everything that Keras does between epochs."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable
from typing import Any

import keras
import numpy as np

from tfkit._progress import EpochProgress
from tfkit.training._fallback import overrides
from tfkit.training._interrupt import interrupt_later
from tfkit.training._program import Program
from tfkit.training.warnings import NonFiniteLossWarning

#: A call of the program takes about this long, if nothing has to happen between epochs. Ctrl-C waits for it.
_SECONDS_A_CALL = 0.3

Logs = dict[str, np.ndarray]


def run_epochs(
    call: Callable[[int, int], tuple[int, Logs]],
    record: Callable[[int, int, Logs], bool],
    first: int,
    last: int,
    most: int,
) -> None:
    """Train epochs `first` to `last` (not included) in calls of some tenths of a second, and record each call."""
    # Ctrl-C is noticed when a call has returned and has been recorded, so that no epoch is trained without being in
    # the history. A second Ctrl-C interrupts at once.
    size = 1
    with interrupt_later() as interrupted:
        while first < last:
            asked = min(size, most, last - first)
            start = time.perf_counter()
            done, logs = call(first, asked)
            seconds = time.perf_counter() - start
            stop = record(first, done, logs)
            first += done
            if interrupted:
                raise KeyboardInterrupt
            if stop or done < asked:
                return
            # at most eightfold, since one measurement of so short a time may be far off
            size = max(1, min(8 * asked, int(_SECONDS_A_CALL * asked / max(seconds, 1e-9))))


def train(
    model: Any,
    program: Program,
    data: Any,
    validation: Any,
    *,
    draw: Callable[[int], np.ndarray],
    epochs: int,
    initial_epoch: int,
    validates: Callable[[int], bool],
    callbacks: Any,
    stop_on_nonfinite: bool,
    verbose: int,
    steps: int,
) -> keras.callbacks.History:
    """Train a model by its program, with callbacks at the ends of epochs; see `tfkit.fit` for the arguments."""
    container = callbacks
    if not isinstance(callbacks, keras.callbacks.CallbackList):
        container = keras.callbacks.CallbackList(
            callbacks, add_history=True, model=model, verbose=verbose, epochs=epochs, steps=steps
        )
    history = next(c for c in container.callbacks if isinstance(c, keras.callbacks.History))
    others = [callback for callback in container.callbacks if type(callback) is not keras.callbacks.History]
    each = any(overrides(callback, hook) for callback in others for hook in ("on_epoch_begin", "on_epoch_end"))
    strict = stop_on_nonfinite or any(isinstance(callback, keras.callbacks.TerminateOnNaN) for callback in others)

    model.stop_training = False
    container.on_train_begin()
    first = getattr(model, "_initial_epoch", 0) or initial_epoch  # BackupAndRestore has found it by now
    progress = EpochProgress(verbose, first=first, last=epochs)
    latest: dict[str, Any] = {}

    def call(epoch: int, count: int) -> tuple[int, Logs]:
        if each:
            container.on_epoch_begin(epoch)
        flags = [validation is not None and validates(number) for number in range(epoch, epoch + count)]
        return program.run(data, validation, draw(count), flags, stop_on_nonfinite=strict)

    def record(epoch: int, done: int, logs: Logs) -> bool:
        wanted = [i for i in range(done) if validation is not None and validates(epoch + i)]
        rows = {name: wanted if name.startswith("val_") else range(done) for name in sorted(logs)}
        for i in range(done) if each or progress.verbose == 2 else [done - 1]:
            latest.clear()
            latest.update((name, _number(logs[name][i])) for name in rows if i in rows[name])
            progress.show(epoch + i + 1, latest)
            if each:
                container.on_epoch_end(epoch + i, dict(latest))
        if not each:  # history alone can be written at once; its hook takes longer than a small network's epoch
            history.epoch.extend(range(epoch, epoch + done))
            for name, numbers in rows.items():
                if len(numbers):
                    history.history.setdefault(name, []).extend(_number(logs[name][i]) for i in numbers)
            model.history = history
        return bool(model.stop_training)

    try:
        run_epochs(call, record, first, epochs, 1 if each else program.capacity)
    finally:
        progress.close()
    if strict and not np.all(np.isfinite(latest.get("loss", 0.0))):
        _warn_of_nonfinite(history.epoch[-1], latest["loss"], model)
    if isinstance(model.optimizer, keras.optimizers.Optimizer) and epochs > 0:
        model.optimizer.finalize_variable_values(model.trainable_weights)
    container.on_train_end(logs=dict(latest) or None)
    return model.history


def _number(value: Any) -> Any:
    return float(value) if np.ndim(value) == 0 else value  # some metrics are a number per class


def _warn_of_nonfinite(epoch: int, loss: float, model: Any) -> None:
    warnings.warn(
        f"the loss of epoch {epoch + 1} is {loss}, and training was stopped there; try a smaller learning_rate "
        f"(a tenth) or clipnorm=1.0 in the optimizer, standardize x and y, and look for NaN in them",
        NonFiniteLossWarning,
        stacklevel=4,
    )
