"""Many small networks trained at once: which learning rate, which start, is best?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import ArrayLike

from tfkit._arguments import Seed, as_numbers, described
from tfkit._records import text_table
from tfkit.nets._parameters import PARAMETER_NAMES, Training
from tfkit.nets._tensors import ACTIVATIONS, EXAMPLE_LOSSES
from tfkit.nets.two_layer_net import TwoLayerNet
from tfkit.training._compiler import worth_compiling
from tfkit.training._loop import run_epochs
from tfkit.training._orders import orders_of
from tfkit.training._program import Program

_ROWS_SHOWN = 15


@dataclass(frozen=True)
class SweepResult:
    """What K networks, trained at once, have become.

    Example:

    >>> import tfkit
    >>> X = np.linspace(-1, 1, 8)[:, None]
    >>> result = sweep(tfkit.TwoLayerNet(1, 3, 1, seed=0), X, X, 10, 4, seed=0, learning_rate=[1e-4, 0.1, 1e4])
    >>> result.losses.shape, result.best, float(result.learning_rates[result.best])
    ((3, 10), 1, 0.1)
    >>> print(sweep(tfkit.TwoLayerNet(1, 3, 1, seed=0), X, X, 10, 4, seed=0, learning_rate=[1e-3, 0.1, 0.5]))
    3 networks, trained for 10 epochs; the best learning rate is 0.5, with a loss of 0.4416
    it is the highest one that was tried, so try higher ones, too
     rate  last loss
    0.001     0.9895
      0.1     0.4911
      0.5     0.4416  best

    Attributes:
        learning_rates: Learning rate of each network, shape `(K,)`.
        losses: Mean loss of each network in each epoch, shape `(K, epochs)`, as in `TwoLayerNet.fit`. A
            network that diverges has NaN or infinity there, and disturbs no other.
        networks: The trained networks.
    """

    learning_rates: np.ndarray
    losses: np.ndarray
    networks: list[TwoLayerNet] = field(repr=False)

    @property
    def best(self) -> int:
        """Number of the network with the smallest loss in the last epoch, whose loss is finite."""
        final = np.where(np.isfinite(self.losses[:, -1]), self.losses[:, -1], np.inf)
        return int(final.argmin())

    def __str__(self) -> str:
        K, epochs = self.losses.shape
        finite = np.isfinite(self.losses[:, -1])
        head = f"{K} network{'' if K == 1 else 's'}, trained for {epochs} epoch{'' if epochs == 1 else 's'}"
        if not finite.any():
            return f"{head}; all of them diverged, so try learning rates below {self.learning_rates.min():.2g}"
        rates, best = self.learning_rates, float(self.learning_rates[self.best])
        lines = [f"{head}; the best learning rate is {best:.2g}, with a loss of {self.losses[self.best, -1]:.4g}"]
        if len(np.unique(rates)) > 1 and best in (rates.min(), rates.max()):
            end, further = ("lowest", "lower") if best == rates.min() else ("highest", "higher")
            lines.append(f"it is the {end} one that was tried, so try {further} ones, too")
        rows = []
        for rate in np.unique(rates):
            group = self.losses[rates == rate, -1]
            ended = f"{np.median(group):.4g}" if np.isfinite(group).all() else "diverged"
            rows.append((f"{rate:.3g}", ended, "best" if rate == best else ""))
        nearest = int(np.searchsorted(np.unique(rates), best))
        first = max(0, min(nearest - _ROWS_SHOWN // 2, len(rows) - _ROWS_SHOWN))
        return "\n".join(
            [*lines, text_table(("rate", "last loss", ""), rows[first : first + _ROWS_SHOWN], numbers=[0, 1])]
        )


def sweep(
    networks: TwoLayerNet | Sequence[TwoLayerNet],
    X: ArrayLike,
    Y: ArrayLike,
    epochs: int,
    batch_size: int,
    *,
    seed: Seed,
    learning_rate: float | ArrayLike,
    jit_compile: bool | None = None,
) -> SweepResult:
    """Train many two-layer networks of one size at once, by plain gradient descent.

    Each network trains as `TwoLayerNet.fit` with the same arguments would train it. Together they are one
    program in which every parameter has one more axis, and the work of a step, too small for one network to
    keep a processor busy, is done for all.

    Example:

    Learning rates for one start, or one learning rate for many starts:

    >>> import tfkit
    >>> X = np.linspace(-1, 1, 8)[:, None]
    >>> nets = [tfkit.TwoLayerNet(1, 3, 1, seed=seed) for seed in range(4)]
    >>> sweep(nets[0], X, X**2, 5, 4, seed=0, learning_rate=np.geomspace(1e-3, 1, 7)).losses.shape
    (7, 5)
    >>> sweep(nets, X, X**2, 5, 4, seed=0, learning_rate=0.1).losses.shape
    (4, 5)

    Args:
        networks: A network from which all start, or a network for each; they are left as they are. Seeds and
            initialisers are the networks' own: `TwoLayerNet(..., seed=s)` or `TwoLayerNet.from_params(...)`.
        X: Examples, shape `(M, n)`.
        Y: Targets, shape `(M, k)`.
        epochs: How often each example is visited.
        batch_size: Examples per step.
        seed: Of the order of the examples, which is the same for all networks.
        learning_rate: One for all, or one for each, shape `(K,)`.
        jit_compile: Whether XLA compiles the program; None lets it do so when the training is long enough.

    Returns:
        A `SweepResult`.

    Raises:
        ValueError: If networks differ in size, activation, output or dtype, if their number is not that of
            the learning rates, or for what `TwoLayerNet.fit` refuses.
    """
    nets, rates = _pairs(networks, learning_rate)
    first = nets[0]
    training = first._checked(Training(X, Y, epochs, batch_size, seed, float(rates[0])))
    K, M = len(nets), len(training.X)
    start = [net.params for net in nets]
    # the axis of the networks comes last: neighbours in memory are the same parameter of different networks,
    # which the processor's vector instructions treat alike
    stack = {name: tf.Variable(np.stack([p[name] for p in start], axis=-1)) for name in PARAMETER_NAMES}
    rate = tf.constant(rates, first.dtype)
    total = tf.Variable(tf.zeros([K], tf.float64))

    def step(batch: tuple[tf.Tensor, tf.Tensor]) -> None:
        with tf.GradientTape() as tape:
            losses = _losses(*batch, stack, first.activation, first.output)
        # no loss depends on another network's parameters: the gradient of their sum holds each one's own
        for name, gradient in tape.gradient(losses, stack).items():
            stack[name].assign_sub(rate * gradient)
        total.assign_add(tf.cast(losses, total.dtype) * tf.cast(tf.shape(batch[0])[0], total.dtype))

    if jit_compile is None:
        numbers = sum(variable.shape.num_elements() for variable in stack.values())
        jit_compile = worth_compiling(epochs * math.ceil(M / batch_size), numbers)
    program = Program(
        n_examples=M,
        batch_size=min(batch_size, M),
        begin=lambda: total.assign(tf.zeros_like(total)),
        step=step,
        end=lambda extra, flag: {"losses": total / M},
        quantities={"losses": tf.TensorSpec([K], tf.float64)},
        jit_compile=jit_compile,
    )
    data = (tf.constant(training.X), tf.constant(training.Y))
    program.compile(data, None)
    draw = orders_of(M, batch_size, True, training.rng)
    parts: list[np.ndarray] = []

    def record(epoch: int, count: int, logs: dict[str, np.ndarray]) -> bool:
        parts.append(logs["losses"])
        return False

    run_epochs(lambda epoch, count: program.run(data, None, draw(count)), record, 0, epochs, program.capacity)
    values = {name: variable.numpy() for name, variable in stack.items()}
    settings: dict[str, Any] = {"activation": first.activation, "output": first.output, "dtype": first.dtype}
    trained = [type(first).from_params({n: v[..., k] for n, v in values.items()}, **settings) for k in range(K)]
    return SweepResult(rates, np.concatenate(parts).T, trained)


def _losses(X: Any, Y: Any, stack: dict[str, Any], activation: str, output: str) -> tf.Tensor:
    """Return the loss of each network, shape `(K,)`."""
    n, hidden, K = stack["W1"].shape
    # one matrix product for all networks, since all see the same X
    Z1 = tf.reshape(tf.matmul(X, tf.reshape(stack["W1"], [n, hidden * K])), [-1, hidden, K]) + stack["b1"]
    H = ACTIVATIONS[activation](Z1)
    # a product and a sum, which XLA fuses; K matrix products of this size would take longer
    Z2 = tf.reduce_sum(H[:, :, None, :] * stack["W2"], axis=1) + stack["b2"]
    Y = tf.broadcast_to(Y[:, :, None], tf.shape(Z2))
    rows = [tf.reshape(tf.transpose(tensor, [0, 2, 1]), [-1, Z2.shape[1]]) for tensor in (Z2, Y)]
    return tf.reduce_mean(tf.reshape(EXAMPLE_LOSSES[output](*rows), [-1, K]), axis=0)


def _pairs(networks: Any, learning_rate: Any) -> tuple[list[Any], np.ndarray]:
    """Return as many networks as learning rates, checked."""
    nets = list(networks) if isinstance(networks, (list, tuple)) else [networks]
    if not nets or not all(isinstance(net, TwoLayerNet) for net in nets):
        raise ValueError(
            f"expected a TwoLayerNet or a list of them, received {described(networks)}; for a Keras model, use "
            "tfkit.tune, or tfkit.fit once for each learning rate"
        )
    rates = np.atleast_1d(as_numbers("learning_rate", learning_rate, np.float64))
    if rates.ndim != 1 or rates.size == 0 or not (np.isfinite(rates).all() and (rates > 0).all()):
        raise ValueError(f"expected learning rates above 0, one or a list of them, received {learning_rate!r}")
    K = max(len(nets), len(rates))
    if len(nets) not in (1, K) or len(rates) not in (1, K):
        raise ValueError(
            f"expected as many networks as learning rates, or only one of the two, received {len(nets)} and "
            f"{len(rates)}; for every pair, repeat both, e.g. nets * len(rates) and np.repeat(rates, len(nets))"
        )
    kinds = {(net.n_features, net.hidden, net.n_outputs, net.activation, net.output, net.dtype) for net in nets}
    if len(kinds) > 1:
        raise ValueError(f"expected networks of the same size, activation, output and dtype, received {sorted(kinds)}")
    return (nets * K)[:K], np.array(np.broadcast_to(rates, K))
