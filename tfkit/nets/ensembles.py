"""Averages over models, and over snapshots of one model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from tfkit._arguments import check_positive, check_positive_integer


def average_predictions(members: Sequence[Any], x: Any = None, weights: ArrayLike | None = None) -> np.ndarray:
    """Return the mean of the members' predictions.

    Probabilities are averaged, and the class is chosen after: a vote of labels forgets how sure each member was.
    Averaged logits are another ensemble (a geometric mean), so do not mix the two. Members must differ in seed,
    data or architecture, and be chosen on validation data.

    Example:

    >>> average_predictions([np.array([[0.8, 0.2]]), np.array([[0.4, 0.6]])])
    array([[0.6, 0.4]])
    >>> average_predictions([np.array([[0.8, 0.2]]), np.array([[0.4, 0.6]])], weights=[3, 1])
    array([[0.7, 0.3]])

    Args:
        members: Models (anything with `predict`), or their predictions, arrays of one shape `(M, ...)`.
        x: Examples, needed by models.
        weights: A number of 0 or more per member; divided by their sum.

    Returns:
        An array of the predictions' shape, float64.

    Raises:
        ValueError: If there are no members, shapes differ, a prediction is not finite or made of labels, one model
            is there twice, models come without `x`, or the weights do not fit.

    Reference:
        Review session, "Model ensembles".
    """
    if isinstance(members, np.ndarray) or hasattr(members, "predict") or len(members) == 0:
        raise ValueError("expected a list of models or predictions, received none or only one")
    models = [member for member in members if hasattr(member, "predict")]
    if len({id(model) for model in models}) < len(models):
        raise ValueError(
            "expected different models, received the same model twice; a list that holds a model several times "
            "holds its last weights only; keep copies of the weights, as snapshot_ensemble does"
        )
    if models and x is None:
        raise ValueError("expected examples x for the models to predict, received None")
    return _mean([_prediction(member, x, i) for i, member in enumerate(members)], weights)


@dataclass
class SnapshotEnsemble:
    """Weights of one network at the end of each cycle, and what they say together. Made by `snapshot_ensemble`.

    Example:

    >>> import keras
    >>> model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    >>> ensemble = SnapshotEnsemble(model, [model.get_weights()])
    >>> bool((ensemble.predict(np.ones((3, 2))) == model.predict(np.ones((3, 2)), verbose=0)).all())
    True

    Attributes:
        model: The network, which lends its layers to each snapshot in turn.
        snapshots: A list of weights per cycle, copies.
        history: As Keras's, over all cycles: a list of numbers per quantity, one each epoch.
        learning_rates: The rate of every step.
    """

    model: Any
    snapshots: list[list[np.ndarray]]
    history: dict[str, list[float]] = field(default_factory=dict)
    learning_rates: list[float] = field(default_factory=list)

    def predictions(self, x: Any, last: int | None = None) -> list[np.ndarray]:
        """Return what each of the last snapshots (None: of all) predicts; the model's own weights come back after."""
        count = len(self.snapshots) if last is None else last
        check_positive_integer("last", count)
        if count > len(self.snapshots):
            raise ValueError(
                f"expected last to be at most {len(self.snapshots)}, the number of snapshots, received {last}"
            )
        own = self.model.get_weights()
        try:
            results = []
            for weights in self.snapshots[-count:]:
                self.model.set_weights(weights)
                results.append(np.asarray(self.model.predict(x, verbose=0)))
        finally:
            self.model.set_weights(own)
        return results

    def predict(self, x: Any, last: int | None = None) -> np.ndarray:
        """Return the mean prediction of the last snapshots; None means all. The first cycles are often the worst."""
        return average_predictions(self.predictions(x, last))


def snapshot_ensemble(
    model: Any,
    x: Any,
    y: Any,
    cycles: int,
    epochs_per_cycle: int,
    *,
    learning_rate: float | None = None,
    batch_size: int = 32,
    validation_data: Any = None,
) -> SnapshotEnsemble:
    """Train once, and keep the weights at the end of each cosine cycle of the learning rate.

    Each cycle falls from the full rate to almost 0, so that the network settles in a minimum; the restart throws it
    out again, towards another. The optimizer keeps its state over restarts. Keras has the schedule alone,
    `keras.optimizers.schedules.CosineDecayRestarts`.

    Shuffling and dropout are the only chance in it: call `keras.utils.set_random_seed` before making the model, for
    a run that repeats.

    Example:

    >>> import keras
    >>> keras.utils.set_random_seed(0)
    >>> X = np.random.default_rng(0).normal(size=(64, 3))
    >>> model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
    >>> model.compile(keras.optimizers.SGD(0.1), "mse")
    >>> ensemble = snapshot_ensemble(model, X, X.sum(axis=1, keepdims=True), cycles=3, epochs_per_cycle=2)
    >>> len(ensemble.snapshots), ensemble.predict(X).shape
    (3, (64, 1))

    Args:
        model: A compiled Keras model with a constant learning rate; trained in place.
        x: Training examples, shape `(M, ...)`.
        y: Targets, shape `(M, ...)`.
        cycles: Number of snapshots.
        epochs_per_cycle: Epochs of each cycle.
        learning_rate: Rate at each restart, by default the optimizer's. Larger than for one long decay.
        batch_size: Examples per step.
        validation_data: As for `fit`; noted in the history, not used to choose.

    Returns:
        A `SnapshotEnsemble`. The model is left with the weights of the last snapshot and its rate as it was.

    Raises:
        ValueError: If the model is not compiled or its rate is a schedule, or a number is out of range.

    Reference:
        Huang et al., "Snapshot ensembles: train 1, get M for free", 2017, eq. 2.
    """
    import keras

    check_positive_integer("cycles", cycles)
    check_positive_integer("epochs_per_cycle", epochs_per_cycle)
    check_positive_integer("batch_size", batch_size)
    optimizer = getattr(model, "optimizer", None)
    if optimizer is None:
        raise ValueError("expected a compiled model, received one without an optimizer; call model.compile(...)")
    if isinstance(getattr(optimizer, "_learning_rate", None), keras.optimizers.schedules.LearningRateSchedule):
        raise ValueError(
            "expected an optimizer with a constant learning rate, received a schedule, but the cycles set the rate"
        )
    before = float(optimizer.learning_rate)
    highest = before if learning_rate is None else float(learning_rate)
    check_positive("learning_rate", highest)
    steps_per_cycle = epochs_per_cycle * -(-len(x) // batch_size)
    rates: list[float] = []

    def set_rate(batch: int, logs: Any = None) -> None:
        part = (len(rates) % steps_per_cycle) / steps_per_cycle
        rates.append(highest / 2 * (1 + float(np.cos(np.pi * part))))
        optimizer.learning_rate = rates[-1]

    ensemble = SnapshotEnsemble(model, [], learning_rates=rates)
    try:
        for _ in range(cycles):
            history = model.fit(
                x,
                y,
                batch_size=batch_size,
                epochs=epochs_per_cycle,
                validation_data=validation_data,
                callbacks=[keras.callbacks.LambdaCallback(on_train_batch_begin=set_rate)],
                verbose=0,
            )
            ensemble.snapshots.append([np.array(weights) for weights in model.get_weights()])
            for name, values in history.history.items():
                ensemble.history.setdefault(name, []).extend(float(value) for value in values)
    finally:
        optimizer.learning_rate = before
    return ensemble


def _prediction(member: Any, x: Any, number: int) -> np.ndarray:
    if hasattr(member, "compile"):  # a Keras model, which would draw progress bars
        member = member.predict(x, verbose=0)
    elif hasattr(member, "predict"):
        member = member.predict(x)
    prediction = np.asarray(member)
    if prediction.dtype.kind in "iub":
        raise ValueError(
            f"expected probabilities or values from member {number}, received {prediction.dtype} labels; "
            "average first, then take argmax"
        )
    if prediction.dtype.kind != "f" or prediction.ndim == 0 or not np.isfinite(prediction).all():
        raise ValueError(
            f"expected finite predictions from member {number}, received {prediction.dtype} of shape "
            f"{prediction.shape} or NaN"
        )
    return prediction.astype(np.float64)


def _mean(predictions: list[np.ndarray], weights: ArrayLike | None) -> np.ndarray:
    shapes = {prediction.shape for prediction in predictions}
    if len(shapes) > 1:
        raise ValueError(f"expected predictions of the same shape, received {sorted(shapes)}")
    shares = np.ones(len(predictions)) if weights is None else np.asarray(weights, dtype=np.float64)
    if shares.shape != (len(predictions),) or not (shares >= 0).all() or not 0 < shares.sum() < np.inf:
        raise ValueError(f"expected {len(predictions)} weights of 0 or more, not all 0, received {weights!r}")
    return np.average(predictions, axis=0, weights=shares)
