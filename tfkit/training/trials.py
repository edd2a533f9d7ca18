"""A model for keras-tuner that is trained by `tfkit.fit`."""

from __future__ import annotations

import functools
import gc
import sys
import warnings
from collections.abc import Callable, Sequence
from typing import Any

import keras
import keras_tuner

from tfkit._arguments import check_callable
from tfkit._shell import shell
from tfkit.training.fitting import fit
from tfkit.training.warnings import NonFiniteLossWarning

# the largest that fits: a program that validates in one batch, and not in many and a short one, is traced sooner
_VALIDATION_BATCH = 1024


class TrialModel(keras_tuner.HyperModel):  # type: ignore[misc]
    """A build function for keras-tuner, whose trials are trained by `tfkit.fit`.

    Give it to a tuner in place of the build function. Trials and scores are those of the tuner, in a fraction of the
    time. On a terminal or in a notebook each trial prints a line when it ends.

    Example:

    >>> import numpy as np
    >>> def build(hp):
    ...     model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    ...     model.compile(keras.optimizers.SGD(hp.Float("learning_rate", 0.01, 0.1)), "mse")
    ...     return model
    >>> x = np.linspace(-1, 1, 20)[:, None]
    >>> tuner = keras_tuner.RandomSearch(TrialModel(build), "val_loss", max_trials=20)
    >>> hp = keras_tuner.HyperParameters()  # what `tuner.search(x, 2 * x, …)` does for each trial:
    >>> model = tuner.hypermodel.build(hp)
    >>> history = tuner.hypermodel.fit(hp, model, x, 2 * x, validation_data=(x, 2 * x), epochs=3, verbose=0)
    >>> len(history.history["val_loss"])
    3

    Args:
        build: Makes a compiled model from `keras_tuner.HyperParameters`.
    """

    def __init__(self, build: Callable[[keras_tuner.HyperParameters], keras.Model]) -> None:
        super().__init__()
        check_callable("build", build, "TrialModel(build), where build(hp) returns a compiled model")
        self._build = build

    def build(self, hp: keras_tuner.HyperParameters) -> keras.Model:
        """Make the model of a trial."""
        return self._build(hp)

    def fit(
        self,
        hp: keras_tuner.HyperParameters,
        model: keras.Model,
        *args: Any,
        callbacks: Sequence[Any] = (),
        **kwargs: Any,
    ) -> keras.callbacks.History:
        """Train the model of a trial; the arguments are those of `tuner.search`, and the tuner's callbacks."""
        _freeze_once()
        # one of the tuner's callbacks writes the best weights of each trial, from which Hyperband alone goes on; the
        # other looks at every batch, does nothing, and would keep the loop from being compiled
        goes_on = "tuner/epochs" in hp.values
        kept = [callback for callback in callbacks if goes_on and type(callback).__name__ != "TunerCallback"]
        with warnings.catch_warnings():
            # a trial that diverges has shown what there was to see
            warnings.simplefilter("ignore", NonFiniteLossWarning)
            history = fit(model, *args, callbacks=kept, validation_batch_size=_VALIDATION_BATCH, **kwargs)
        if sys.stdout.isatty() or shell():
            print(_line(history.history, hp.values), flush=True)
        return history


@functools.cache
def _freeze_once() -> None:
    """Take TensorFlow out of the collector's way: keras-tuner collects garbage twice a trial."""
    gc.collect()
    gc.freeze()


def _line(history: dict[str, list[float]], values: dict[str, Any]) -> str:
    """One trial in words, such as `val_accuracy 0.953  units 64  learning_rate 0.00213`."""
    name, best = ("val_accuracy", max) if "val_accuracy" in history else ("val_loss", min)
    score = f"{name} {best(history[name]):.3f}" if history.get(name) else "no validation"
    told = [f"{key} {value:.3g}" if isinstance(value, float) else f"{key} {value}" for key, value in values.items()]
    return "  ".join([score, *told])
