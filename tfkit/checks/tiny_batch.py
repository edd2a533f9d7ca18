"""Learn a handful of examples by heart: a network that cannot do that cannot learn more either."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

from tfkit._arguments import Seed, check_positive, check_positive_integer, described, generator

if TYPE_CHECKING:
    import keras


def overfit_tiny_batch(
    build_or_model: keras.Model | Callable[[], keras.Model],
    x: Any,
    y: Any,
    *,
    seed: Seed,
    steps: int = 200,
    examples: int = 8,
    goal: float | None = None,
) -> list[float]:
    """Train a compiled model on only a few examples until it knows them by heart; say why if it does not.

    Capacity is no excuse on eight examples: a loss that stays high is a mistake in labels, loss, learning rate or
    weights, and costs seconds to find here, hours later. Dropout, noise and weight penalties, which are there to
    prevent learning by heart, are turned off for the test. A model that is given keeps its weights, and its
    optimizer its state; a function that builds one is called once.

    Example:

    >>> import keras
    >>> keras.utils.set_random_seed(0)
    >>> rng = np.random.default_rng(0)
    >>> x, y = rng.normal(size=(100, 4)), rng.integers(0, 3, 100)
    >>> model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(32, "relu"), keras.layers.Dense(3, "softmax")])
    >>> model.compile(keras.optimizers.Adam(0.03), "sparse_categorical_crossentropy")
    >>> losses = overfit_tiny_batch(model, x, y, seed=0)
    >>> len(losses), losses[-1] < 0.05 < losses[0]
    (200, True)

    Args:
        build_or_model: A compiled Keras model, or a function without arguments that returns one.
        x: Training examples, shape `(M, ...)`, scaled as for training.
        y: Their targets, as the loss takes them.
        seed: An integer or a `numpy.random.Generator`; draws the examples, of all classes in turn.
        steps: Updates, each on all the examples.
        examples: Number of examples.
        goal: Loss to reach. By default 0.1 for cross-entropies and a twentieth of the targets' variance for squared
            errors; a tenth of the first loss for others.

    Returns:
        The loss before each update, a list of floats, without penalties.

    Raises:
        ValueError: If the last loss is above the goal or NaN; the message says what was tried, and what helped.

    Reference:
        Review session, slide "Hyperparameter search": a very small data set first, to drive the loss to 0.
    """
    import keras

    from tfkit._keras_models import as_batch, checked_outputs, compiled_loss

    check_positive_integer("steps", steps)
    check_positive_integer("examples", examples)
    model = build_or_model if isinstance(build_or_model, keras.Model) else _built(build_or_model)
    loss = compiled_loss(model)
    if getattr(model, "optimizer", None) is None:
        raise ValueError(
            "expected a model compiled with an optimizer, received one without; call model.compile(optimizer, loss)"
        )
    x, y = np.asarray(x), np.asarray(y)
    if x.ndim == 0 or y.ndim == 0 or len(x) != len(y) or len(x) == 0:
        raise ValueError(f"expected a target for each example, received shapes {x.shape} and {y.shape}")
    rows = _rows(y, min(examples, len(x)), generator(seed))
    dtype = model.compute_dtype
    batch = as_batch(x[rows], "x", dtype), as_batch(y[rows], "y", dtype)
    checked_outputs(model, loss, *batch)
    if not model.trainable_variables:
        raise ValueError("expected weights to train, received none; is every layer frozen (trainable = False)?")

    from tfkit.checks._tiny_batch_advice import default_goal, why_it_failed, why_nothing_helps

    if goal is None:
        goal = default_goal(loss, y[rows])
    else:
        check_positive("goal", goal)
    with _undisturbed(model):
        losses = _train(model, loss, batch, steps)
        target = 0.1 * losses[0] if goal is None else goal
        if losses[-1] <= target:
            return losses
        why = why_it_failed(model, batch, losses)
    hopeless = why_nothing_helps(model, batch, loss)
    # a hypothesis that can be tested is worth more than advice
    for factor in () if hopeless else (0.1, 10.0, 0.01, 100.0, 1000.0):
        with _undisturbed(model, factor) as rate:
            # a schedule has no one number that could be multiplied
            if rate is not None and (last := _train(model, loss, batch, steps)[-1]) <= target:
                why = [f"with a learning rate of {rate:.2g}, {factor:g} times yours, it reaches {last:.2g}", *why[:1]]
                break
    why = hopeless + why
    raise ValueError(
        f"expected a loss of at most {target:.3g} on {len(rows)} examples after {steps} steps, received "
        f"{losses[-1]:.3g} ({losses[0]:.3g} at the start); {'; '.join(why)}"
    )


def _built(build: Any) -> Any:
    import keras

    if not callable(build):
        raise ValueError(f"expected a compiled Keras model or a function that builds one, received {described(build)}")
    model = build()
    if not isinstance(model, keras.Model):
        raise ValueError(f"expected the function to return a compiled Keras model, received {type(model).__name__}")
    return model


def _rows(y: np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
    """Draw examples of all classes in turn: a batch of one class is learned by the bias alone."""
    order = rng.permutation(len(y))
    _, label = np.unique(y.reshape(len(y), -1), axis=0, return_inverse=True)
    label = label.reshape(-1)[order]
    turn = np.zeros(len(y), int)
    for value in np.unique(label):
        of_class = np.flatnonzero(label == value)
        turn[of_class] = np.arange(len(of_class))
    return order[np.argsort(turn, kind="stable")[:count]]


def _train(model: Any, loss: Any, batch: tuple[Any, Any], steps: int) -> list[float]:
    import tensorflow as tf

    from tfkit._keras_models import data_loss

    x, y = batch
    variables = model.trainable_variables

    # a loop of one's own: train_on_batch adds penalties, and reports means over the calls before
    def step() -> tf.Tensor:
        with tf.GradientTape() as tape:
            value = data_loss(loss, y, model(x, training=True))
        gradients = tape.gradient(value, [variable.value for variable in variables])
        reached = [(g, v) for g, v in zip(gradients, variables, strict=True) if g is not None]
        if not reached:
            raise ValueError(
                "expected a gradient for at least one weight, received none; does the model use NumPy or argmax?"
            )
        model.optimizer.apply_gradients(reached)
        return value

    compiled = tf.function(step, jit_compile=False)
    return [float(compiled()) for _ in range(steps)]


@contextmanager
def _undisturbed(model: Any, factor: float = 1.0) -> Iterator[float | None]:
    """Turn off what hinders learning by heart; put it, weights and the optimizer's state back at the end."""
    # Yields the learning rate, multiplied by `factor`, or None if it follows a schedule.
    optimizer = model.optimizer
    if not optimizer.built:
        optimizer.build(model.trainable_variables)
    # `variables` has the states of random generators too, which `get_weights` has not
    kept = [(variable, np.array(variable)) for variable in [*model.variables, *optimizer.variables]]
    switches = [
        (layer, name, getattr(layer, name))
        for layer in model._flatten_layers()
        for name in ("rate", "stddev")
        if type(layer).__name__.endswith(("Dropout", "Dropout1D", "Dropout2D", "Dropout3D", "Noise"))
        and hasattr(layer, name)
    ]
    for layer, name, _ in switches:
        setattr(layer, name, 0.0)
    rate: float | None = None
    try:
        if not callable(getattr(optimizer, "_learning_rate", None)):
            rate = float(optimizer.learning_rate) * factor
            optimizer.learning_rate = rate
        yield rate
    finally:
        for layer, name, value in switches:
            setattr(layer, name, value)
        for variable, value in kept:
            variable.assign(value)
