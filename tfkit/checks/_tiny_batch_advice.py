"""Why a handful of examples was not learned by heart: reasons found in batch, model and losses."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from tfkit._keras_models import last_activation, loss_name


def default_goal(loss: Any, y: np.ndarray) -> float | None:
    """Return the loss at which a batch counts as learned by heart."""
    name = loss_name(loss)
    if "crossentropy" in name:
        return 0.1
    variance = float(np.var(np.asarray(y, np.float64), axis=0).mean())
    return 0.05 * variance if name in ("mse", "mean_squared_error") and variance > 0 else None


def why_nothing_helps(model: Any, batch: tuple[Any, Any], loss: Any) -> list[str]:
    """Return reasons for which no learning rate and no training could reach the goal."""
    x, y = (np.asarray(part) for part in batch)
    return _labels(x, y) + _range(model, loss, y)


def why_it_failed(model: Any, batch: tuple[Any, Any], losses: list[float]) -> list[str]:
    """Return what the batch, the trained model and its losses say, the surest reason first."""
    x = np.asarray(batch[0])
    outputs = np.asarray(model(batch[0], training=False), np.float64)
    reasons = []
    largest = float(np.abs(x).max()) if x.dtype.kind == "f" else 0.0
    if largest > 50:
        reasons.append(f"the inputs go up to {largest:.3g}: scale them to deviation 1, or divide pixels by 255")
    if not math.isfinite(losses[-1]):
        bad = next(step for step, value in enumerate(losses) if not math.isfinite(value))
        cause = "the labels, log(0) and the scale of the inputs" if bad == 0 else "the learning rate and the loss"
        reasons.append(f"the loss is NaN or infinite from step {bad} on: look at {cause}")
        return reasons
    if (
        np.isfinite(outputs).all()
        and len(outputs) > 1
        and np.ptp(outputs, axis=0).max() < 1e-6 * (np.abs(outputs).max() + 1e-30)
    ):
        reasons.append(f"the network gives the same answer for every example: {_silent(model, batch[0])}")
    reasons.append(_course(losses))
    return reasons


def _labels(x: np.ndarray, y: np.ndarray) -> list[str]:
    targets: dict[bytes, bytes] = {}
    for row, target in zip(x, y, strict=True):
        if targets.setdefault(row.tobytes(), target.tobytes()) != target.tobytes():
            return ["two equal examples have different targets, which no network can learn: check the labels"]
    return []


def _range(model: Any, loss: Any, y: np.ndarray) -> list[str]:
    """Say if the targets lie where the last layer's activation never gets."""
    activation = last_activation(model)
    ends = {"sigmoid": (0, 1), "softmax": (0, 1), "tanh": (-1, 1), "relu": (0, math.inf)}.get(activation)
    if "sparse" in loss_name(loss):
        return []
    low, high = float(y.min()), float(y.max())
    if ends is not None and (low < ends[0] or high > ends[1]):
        reach = f"between 0 and {ends[1]}" if ends[0] == 0 else f"between {ends[0]} and {ends[1]}"
        reach = "at 0 or above" if ends[1] == math.inf else reach
        return [
            f"targets lie between {low:g} and {high:g}, outputs {reach} ({activation}): "
            "use another last layer, or scale the targets"
        ]
    return []


def _silent(model: Any, x: Any) -> str:
    """Say where the examples stop to differ."""
    from tfkit.checks.activations import activation_statistics

    try:
        frame = activation_statistics(model, x)
    except ValueError:
        return "look for dead ReLUs, and for inputs that are all the same"
    dead = frame[frame["dead"] == 1]
    if dead.empty:
        return "the weights of the last layer are 0, or its activation is saturated"
    first = dead.iloc[0]
    if first["layer"] == "input":
        return "the inputs are all the same"
    if "relu" in first["activation"]:
        return f"all units of {first['layer']!r} are dead ReLUs; lower the learning rate, use He weights or leaky_relu"
    return f"all units of {first['layer']!r} are constant; scale the inputs, or start with smaller weights"


def _course(losses: list[float]) -> str:
    values = np.array(losses)
    half = values[len(values) // 2 :]
    if np.ptp(values) <= 1e-6 * abs(values[0]):
        return "the loss does not change at all: the learning rate is tiny, the gradient is 0, or the layers are frozen"
    if values[-1] > values[0]:
        return "the loss rises: the learning rate is too high, or a sign is wrong"
    if len(half) > 2 and (np.diff(half) > 0.02 * half[:-1]).mean() > 0.25:
        return "the loss jumps up and down: lower the learning rate"
    if half[-1] < 0.9 * half[0]:
        return "the loss is still falling: take more steps, or a higher learning rate"
    return "the loss hardly changes: check labels, loss and last layer, and look for frozen or dead layers"
