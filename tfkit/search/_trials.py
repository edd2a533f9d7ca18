"""One trial of a search: seeded, built, trained. Imports keras-tuner, so `tune` imports it when it is called."""

from __future__ import annotations

import copy
import gc
import hashlib
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import keras
import keras_tuner
import tensorflow as tf

from tfkit.training.fitting import fit
from tfkit.training.warnings import NonFiniteLossWarning

# collecting what a trial leaves behind takes longer than building a model: not after every one
_TRIALS_BETWEEN_COLLECTIONS = 10

# the largest that fits: a program that validates in one batch, and not in many and a short one, is traced sooner
_VALIDATION_BATCH = 1024


def trial_seed(seed: int, trial_id: str) -> int:
    """Return the seed of a trial: its own, and the same whichever process runs it."""
    return int.from_bytes(hashlib.sha256(f"{seed}/{trial_id}".encode()).digest()[:4], "big") >> 1


class Tuner(keras_tuner.Tuner):
    """keras-tuner's tuner with trials that are seeded, quick, and loud when they fail."""

    # What differs from `keras_tuner.Tuner.run_trial`: seeds are set before a model is built, so that a trial can be
    # repeated; training runs by `tfkit.fit`; no checkpoint is written, since the best values are retrained; and an
    # exception in `build` or in training ends the search, where keras-tuner would note it in a file and go on to the
    # next trial.

    def __init__(
        self,
        oracle: keras_tuner.Oracle,
        build: Callable[[keras_tuner.HyperParameters], keras.Model],
        *,
        seed: int,
        report: Callable[[Mapping[str, Any], float], None],
        **options: Any,
    ) -> None:
        self.seed = seed
        self.report = report
        super().__init__(oracle=oracle, hypermodel=build, **options)

    def run_trial(self, trial: Any, *args: Any, **options: Any) -> keras.callbacks.History:
        """Train the model of a trial's values; return its history."""
        values = trial.hyperparameters.values
        try:
            history = self._train(trial, *args, **options)
        except tf.errors.ResourceExhaustedError as error:  # too large a model is a result, not a mistake
            raise keras_tuner.errors.FailedTrialError(str(error)) from error
        except Exception as error:
            raise keras_tuner.errors.FatalError(f"trial {trial.trial_id} with {values}: {error}") from error
        name, direction = self.oracle.objective.name, self.oracle.objective.direction
        if name not in history.history:
            raise keras_tuner.errors.FatalError(
                f"expected the objective {name!r} among the metrics, received {sorted(history.history)}; "
                "compile the model with that metric, or name another objective"
            )
        scores = history.history[name]
        self.report(values, max(scores) if direction == "max" else min(scores))
        return history

    def _train(
        self, trial: Any, x: Any, y: Any, *, epochs: int, callbacks: Any = None, **options: Any
    ) -> keras.callbacks.History:
        # names and seed generators of the models before it would pile up otherwise
        keras.utils.clear_session(free_memory=False)
        if int(trial.trial_id) % _TRIALS_BETWEEN_COLLECTIONS == 0:
            gc.collect()
        seed = trial_seed(self.seed, trial.trial_id)
        keras.utils.set_random_seed(seed)
        values = trial.hyperparameters.values
        model = self.hypermodel.build(trial.hyperparameters)
        if not isinstance(model, keras.Model) or model.optimizer is None:
            raise TypeError(f"expected build to return a compiled keras.Model, received {model!r}")
        if "tuner/trial_id" in values:  # Hyperband trains its best further
            # an optimizer without variables would be given none, and go on without its memory
            model.optimizer.build(model.trainable_variables)
            model.load_weights(self._weights(values["tuner/trial_id"]))
        with warnings.catch_warnings():
            # a trial that diverges has shown what there was to see
            warnings.simplefilter("ignore", NonFiniteLossWarning)
            history = fit(
                model,
                x,
                y,
                epochs=values.get("tuner/epochs", epochs),
                initial_epoch=values.get("tuner/initial_epoch", 0),
                callbacks=copy.deepcopy(callbacks or []),  # each trial's own: they remember
                seed=seed,
                validation_batch_size=_VALIDATION_BATCH,
                **options,
            )
        if "tuner/epochs" in values:
            model.save_weights(self._weights(trial.trial_id))
        return history

    def _weights(self, trial_id: str) -> Path:
        return Path(self.get_trial_dir(trial_id)) / "last.weights.h5"
