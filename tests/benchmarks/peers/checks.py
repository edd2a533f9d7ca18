"""The questions of 04_tape_net as plain functions that raise, so that every peer asks the same.

Each has the name and the points of one of our own tests (`assignments/04_tape_net/tests`), calls the submission as
often and in the same sizes, and compares with the same network in NumPy. What our tests do beside that, and a plain
check in the submission's own process cannot: name a cause, follow a mistake into later questions, forbid a call, and
believe nothing that the submission could have replaced.

This file goes to every peer as it is: it needs NumPy, TensorFlow and Keras, and nothing of this repository.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import keras
import numpy as np
import tensorflow as tf

Params = dict[str, np.ndarray]


class Check(NamedTuple):
    """A check: the question it belongs to, its points, and what is called with the submission."""

    question: str
    points: float
    run: Callable[[Any], None]


class Submission:
    """The names of a submission as attributes, whatever holds them."""

    def __init__(self, names: Mapping[str, Any]) -> None:
        self._names = names

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._names:
            raise AttributeError(name)
        return self._names[name]


#: all checks by name
CHECKS: dict[str, Check] = {}


def run(name: str, names: Mapping[str, Any]) -> None:
    """Runs a check on a submission's names; raises where it is wrong."""
    CHECKS[name].run(Submission(names))


def check(question: str, points: float) -> Callable[[Callable[[Any], None]], Callable[[Any], None]]:
    """Adds a check to the list."""

    def add(function: Callable[[Any], None]) -> Callable[[Any], None]:
        CHECKS[function.__name__] = Check(question, points, function)
        return function

    return add


# the network in NumPy, in float64


def forward(X: np.ndarray, params: Params) -> np.ndarray:
    """The predictions."""
    return 1 / (1 + np.exp(-(X @ params["W1"] + params["b1"]))) @ params["W2"] + params["b2"]


def loss(Y_hat: np.ndarray, Y: np.ndarray) -> float:
    """Squared error, summed over outputs and averaged over examples."""
    return float(np.mean(np.sum((Y_hat - Y) ** 2, axis=1)))


def gradients(X: np.ndarray, Y: np.ndarray, params: Params) -> Params:
    """The derivatives of the loss."""
    H = 1 / (1 + np.exp(-(X @ params["W1"] + params["b1"])))
    dY = 2 * (H @ params["W2"] + params["b2"] - Y) / len(X)
    dZ = dY @ params["W2"].T * H * (1 - H)
    return {"W1": X.T @ dZ, "b1": dZ.sum(0, keepdims=True), "W2": H.T @ dY, "b2": dY.sum(0, keepdims=True)}


def trained(
    batches: list[tuple[np.ndarray, np.ndarray]], params: Params, rate: float, momentum: float, epochs: int
) -> tuple[list[float], Params]:
    """Losses of all epochs, and the parameters after them, by SGD with momentum."""
    params, velocity = dict(params), {name: np.zeros_like(value) for name, value in params.items()}
    losses = []
    for _ in range(epochs):
        total = 0.0
        for X, Y in batches:
            total += loss(forward(X, params), Y) * len(X)
            by_name = gradients(X, Y, params)
            for name in params:
                velocity[name] = momentum * velocity[name] - rate * by_name[name]
                params[name] = params[name] + velocity[name]
        losses.append(total / sum(len(X) for X, _ in batches))
    return losses, params


class Inputs:
    """Examples, targets and parameters of one size; `given` in a dtype, and the same numbers in float64."""

    def __init__(self, M: int, n: int, h: int, k: int, dtype: str = "float32", seed: int = 1, scale: float = 1) -> None:
        rng = np.random.default_rng([seed, M, n, h, k])
        self.dtype = dtype
        self.M, self.n, self.h, self.k = M, n, h, k
        self.X = self._rounded(scale * rng.normal(size=(M, n)))
        self.Y = self._rounded(rng.normal(size=(M, k)))
        self.Y_hat = self._rounded(rng.normal(size=(M, k)))
        self.params = {
            "W1": self._rounded(1.3 * rng.normal(size=(n, h)) / np.sqrt(n)),
            "b1": self._rounded(0.3 * rng.normal(size=(1, h))),
            "W2": self._rounded(rng.normal(size=(h, k))),
            "b2": self._rounded(0.3 * rng.normal(size=(1, k))),
        }

    def _rounded(self, values: np.ndarray) -> np.ndarray:
        return values.astype(self.dtype).astype(np.float64)

    def tensor(self, values: np.ndarray) -> tf.Tensor:
        """Values as a tensor of this dtype."""
        return tf.constant(values.astype(self.dtype))

    def variables(self) -> dict[str, tf.Variable]:
        """The parameters as new variables."""
        return {name: tf.Variable(value.astype(self.dtype)) for name, value in self.params.items()}

    def batches(self, size: int) -> list[tuple[np.ndarray, np.ndarray]]:
        """Examples and targets in batches, in order."""
        return [(self.X[i : i + size], self.Y[i : i + size]) for i in range(0, self.M, size)]

    def dataset(self, size: int) -> tf.data.Dataset:
        """The same as a data set."""
        return tf.data.Dataset.from_tensor_slices((self.tensor(self.X), self.tensor(self.Y))).batch(size)


def two(seed: int, scale: float = 1) -> list[Inputs]:
    """The two ordinary sizes, in float32."""
    return [Inputs(7, 5, 4, 3, seed=seed, scale=scale), Inputs(11, 3, 5, 2, seed=seed, scale=scale)]


EDGES = ((7, 5, 4, 1), (11, 3, 1, 1), (13, 1, 1, 2), (1, 5, 4, 3), (1, 3, 5, 2), (5, 1, 3, 5))
RATES, EPOCHS, BATCHES = (19 / 512, 27 / 512), (2, 3), (3, 6)


def edges(seed: int) -> list[Inputs]:
    """Sizes of one output, one hidden unit, one feature or one example, in float64."""
    return [Inputs(*size, dtype="float64", seed=seed) for size in EDGES]


def close(what: str, found: Any, expected: Any, dtype: str | None = None) -> None:
    """That an array has the shape, the dtype and the numbers that are expected."""
    array, right = np.asarray(found), np.asarray(expected)
    assert array.shape == right.shape, f"{what}: expected shape {right.shape}, received {array.shape}"
    assert dtype is None or array.dtype == dtype, f"{what}: expected dtype {dtype}, received {array.dtype}"
    rtol = 1e-9 if dtype == "float64" else 1e-4
    assert np.allclose(array, right, rtol=rtol, atol=rtol / 10), f"{what}: expected {right}, received {array}"


def all_close(what: str, found: Any, expected: Params, dtype: str) -> None:
    """The same for a dict of them."""
    assert isinstance(found, dict) and set(found) == set(expected), f"{what}: expected W1, b1, W2 and b2"
    for name, right in expected.items():
        close(f"{what} {name}", found[name], right, dtype)


# 04.1


@check("04.1", 1.5)
def test_init_params(student: Any) -> None:
    params = student.init_params(5, 4, 3, 0)
    assert type(params) is dict and set(params) == {"W1", "b1", "W2", "b2"}
    for name, shape in {"W1": (5, 4), "b1": (1, 4), "W2": (4, 3), "b2": (1, 3)}.items():
        value = params[name]
        assert isinstance(value, tf.Variable) and value.trainable, f"{name}: expected a trainable tf.Variable"
        assert value.shape == shape and value.dtype == tf.float32, f"{name}: expected float32 of shape {shape}"
        array = value.numpy()
        if name in ("b1", "b2"):
            assert not array.any(), f"{name}: expected zeros"
        else:
            assert np.ptp(array) > 0 and (array >= 0).all() and (array < 1).all(), f"{name}: expected [0, 1)"


def decided_by_seed(student: Any, sizes: tuple[int, int, int], seeds: tuple[int, int]) -> None:
    """That the seed alone decides weights, which are uniform and two separate draws."""
    one, again, other = (student.init_params(*sizes, seed) for seed in (seeds[0], seeds[0], seeds[1]))
    n, h, k = sizes
    for name, shape in {"W1": (n, h), "b1": (1, h), "W2": (h, k), "b2": (1, k)}.items():
        assert one[name].shape == shape, f"{name}: expected shape {shape}"
    for name in ("W1", "W2"):
        weights = one[name].numpy()
        assert np.array_equal(weights, again[name].numpy()), f"{name}: the same seed gives other weights"
        assert not np.array_equal(weights, other[name].numpy()), f"{name}: another seed gives the same weights"
        assert abs(weights.mean() - 0.5) < 0.06 and abs(weights.std() - 12**-0.5) < 0.04, f"{name}: not uniform"
        assert weights.min() < 0.05 and weights.max() > 0.95, f"{name}: not uniform in [0, 1)"
    same = np.isin(one["W2"].numpy().ravel()[:50], one["W1"].numpy()).all()
    assert not same, "W1 and W2 are drawn with the same numbers"


@check("04.1", 1)
def test_init_params_seed(student: Any) -> None:
    decided_by_seed(student, (40, 30, 20), (0, 1))


@check("04.1", 0.5)
def test_init_params_again(student: Any) -> None:
    single = student.init_params(3, 1, 1, 7)
    for name, shape in {"W1": (3, 1), "b1": (1, 1), "W2": (1, 1), "b2": (1, 1)}.items():
        assert single[name].shape == shape, f"with h = k = 1, {name}: expected shape {shape}"
    decided_by_seed(student, (30, 40, 25), (7, 8))


# 04.2


def forward_is_right(student: Any, one: Inputs) -> None:
    """That predictions are right."""
    close("predictions", student.forward(one.tensor(one.X), one.variables()), forward(one.X, one.params), one.dtype)


def documented() -> Inputs:
    """What the docstrings' examples are asked with."""
    one = Inputs(2, 2, 4, 3)
    one.X, one.Y = np.ones((2, 2)), np.ones((2, 3))
    one.params = {name: value * 0 + (name in ("W2", "b2")) for name, value in one.params.items()}
    return one


@check("04.2", 1.75)
def test_forward(student: Any) -> None:
    for one in (*two(1), documented()):
        forward_is_right(student, one)


@check("04.2", 0.25)
def test_forward_double(student: Any) -> None:
    forward_is_right(student, edges(1)[0])


@check("04.2", 1)
def test_forward_again(student: Any) -> None:
    for one in (*two(2, 3), *edges(2)):
        forward_is_right(student, one)


# 04.3


def loss_is_right(student: Any, one: Inputs, Y_hat: np.ndarray) -> None:
    """That the loss is right, and one number."""
    close("the loss", student.mse_loss(one.tensor(Y_hat), one.tensor(one.Y)), loss(Y_hat, one.Y), one.dtype)


@check("04.3", 1.75)
def test_mse_loss(student: Any) -> None:
    for one in two(3):
        loss_is_right(student, one, forward(one.X, one.params).astype(np.float32).astype(np.float64))
    found = student.mse_loss(tf.constant([[1.0, 2.0], [3.0, 4.0]]), tf.constant([[0.0, 0.0], [3.0, 3.0]]))
    close("the loss", found, 3.0, "float32")


@check("04.3", 0.25)
def test_mse_loss_double(student: Any) -> None:
    one = edges(3)[0]
    loss_is_right(student, one, forward(one.X, one.params))


@check("04.3", 1)
def test_mse_loss_again(student: Any) -> None:
    for one in (*two(4), *edges(4)):
        loss_is_right(student, one, one.Y_hat)


# 04.4


def gradients_are_right(student: Any, one: Inputs) -> None:
    """That gradients are right, and parameters as they were."""
    variables = one.variables()
    found = student.gradients(one.tensor(one.X), one.tensor(one.Y), variables)
    all_close("gradient of", found, gradients(one.X, one.Y, one.params), one.dtype)
    all_close("after the call:", variables, one.params, one.dtype)


@check("04.4", 4.5)
def test_gradients(student: Any) -> None:
    for one in (*two(5), documented()):
        gradients_are_right(student, one)


@check("04.4", 0.5)
def test_gradients_double(student: Any) -> None:
    gradients_are_right(student, edges(5)[0])


@check("04.4", 3)
def test_gradients_again(student: Any) -> None:
    for one in (*two(6), *edges(6)):
        gradients_are_right(student, one)


# 04.5


def steps_are_right(student: Any, one: Inputs, rate: float, momentum: float, count: int) -> None:
    """That steps return the loss from before and leave the right variables."""
    optimizer, variables = keras.optimizers.SGD(rate, momentum=momentum), one.variables()
    losses, after = trained([(one.X, one.Y)], one.params, rate, momentum, count)
    given = dict(variables)
    for right in losses:
        found = student.train_step(one.tensor(one.X), one.tensor(one.Y), given, optimizer)
        close("the loss", found, right, one.dtype)
    all_close("after the step:", variables, after, one.dtype)


@check("04.5", 1.25)
def test_train_step(student: Any) -> None:
    for one, rate in zip(two(7), RATES, strict=True):
        steps_are_right(student, one, rate, 0.0, 1)


@check("04.5", 1.25)
def test_train_step_with_momentum(student: Any) -> None:
    steps_are_right(student, two(8)[1], 5 / 64, 0.75, 2)


@check("04.5", 0.5)
def test_train_step_double(student: Any) -> None:
    steps_are_right(student, edges(7)[0], RATES[0], 0.0, 1)


@check("04.5", 1)
def test_train_step_again(student: Any) -> None:
    for one in edges(8)[:2]:
        steps_are_right(student, one, 3 / 64, 0.8125, 2)


# 04.6


@check("04.6", 1)
def test_make_dataset(student: Any) -> None:
    X, Y = np.arange(22.0).reshape(11, 2), 100 + np.arange(11.0).reshape(11, 1)
    X, Y = X.astype(np.float32), Y.astype(np.float32)
    found = [tuple(map(np.asarray, pair)) for pair in student.make_dataset(tf.constant(X), tf.constant(Y), 3, 37)]
    shapes = [(x.shape, y.shape) for x, y in found]
    assert shapes == [((size, 2), (size, 1)) for size in (3, 3, 3, 2)], f"batches have the shapes {shapes}"
    rows, targets = (np.concatenate(part) for part in zip(*found, strict=True))
    assert sorted(rows[:, 0]) == list(range(0, 22, 2)), "expected every example once"
    assert (rows[:, 0] / 2 + 100 == targets[:, 0]).all(), "rows of X and Y no longer belong together"


def epochs_of(student: Any, examples: int, seed: int, count: int, size: int = 4, limit: int = 100) -> list[Any]:
    """The numbers of the examples in the first batches of each epoch."""
    X = tf.constant(np.arange(float(examples)).reshape(-1, 1))
    dataset = student.make_dataset(X, X, size, seed)
    epochs = []
    for _ in range(count):
        batches = []
        for pair in dataset.take(limit):
            for part in map(np.asarray, pair):
                assert part.shape == (part.size, 1) and part.dtype == np.float64, "wrong shape or dtype of a batch"
            batches.append([int(value) for value in np.asarray(pair[0]).ravel()])
        epochs.append(batches)
    return epochs


def order_is_right(student: Any, examples: int, many: int, seeds: tuple[int, int], early: int, epochs: int) -> None:
    """That examples are shuffled as a whole, in each epoch anew, by the seed."""
    first, second = epochs_of(student, examples, seeds[0], 2)
    order = [[example for batch in epoch for example in batch] for epoch in (first, second)]
    assert order[0] != list(range(examples)), "the examples are not shuffled"
    assert order[0] != order[1], "every epoch has the same order"
    together = {frozenset(batch) for batch in first} & {frozenset(batch) for batch in second}
    assert len(together) < 3, "batches are shuffled, not examples"
    assert max(order[0][:20] + order[1][:20]) >= early, "the shuffle looks at part of the data only"
    (epoch,) = epochs_of(student, many, seeds[0], 1, 64, 8)
    reach = max(example for batch in epoch for example in batch)
    assert reach >= many - 500, "the shuffle looks at part of the data only"
    again, other = (epochs_of(student, examples, seed, epochs) for seed in seeds)
    assert again == [first, second][:epochs], "the same seed gives another order"
    assert other != [first, second][:epochs], "another seed gives the same order"


@check("04.6", 2)
def test_make_dataset_order(student: Any) -> None:
    order_is_right(student, 61, 11003, (37, 41), 40, 2)


@check("04.6", 1)
def test_make_dataset_order_again(student: Any) -> None:
    order_is_right(student, 67, 12011, (43, 47), 44, 1)
    for examples in (1, 3):
        (epoch,) = epochs_of(student, examples, 43, 1)
        assert len(epoch) == 1 and sorted(epoch[0]) == list(range(examples)), (
            "fewer examples than a batch: expected one"
        )


# 04.7 and 04.8


class CountingSGD(keras.optimizers.SGD):
    """SGD that counts how often Python reaches its update."""

    reached = 0

    @tf.autograph.experimental.do_not_convert
    def apply(self, grads: Any, trainable_variables: Any = None) -> Any:
        """Counts, and goes on."""
        self.reached += 1
        return super().apply(grads, trainable_variables)


def training_is_right(
    train: Any, one: Inputs, size: int, epochs: int, optimizer: keras.optimizers.Optimizer, rate: float, momentum: float
) -> None:
    """That a training returns the right losses and leaves the right variables."""
    variables = one.variables()
    losses, after = trained(one.batches(size), one.params, rate, momentum, epochs)
    found = train(one.dataset(size), variables, optimizer, epochs)
    assert isinstance(found, list) and all(isinstance(value, float) for value in found), "expected a list of floats"
    close("the losses", found, losses)
    all_close("after training:", variables, after, one.dtype)


def ordinary_training_is_right(train: Any, seed: int) -> None:
    """The same for the two ordinary sizes."""
    for one, rate, size, epochs in zip(two(seed), RATES, BATCHES, EPOCHS, strict=True):
        training_is_right(train, one, size, epochs, keras.optimizers.SGD(rate), rate, 0.0)


@check("04.7", 2)
def test_train(student: Any) -> None:
    ordinary_training_is_right(student.train, 9)


@check("04.7", 1.25)
def test_train_with_momentum(student: Any) -> None:
    optimizer = keras.optimizers.SGD(19 / 512, momentum=0.75)
    one = edges(9)[0]
    training_is_right(student.train, one, one.M, 2, optimizer, 19 / 512, 0.75)


@check("04.7", 0.75)
def test_train_again(student: Any) -> None:
    for one, size, epochs in zip(edges(10)[:2], (5, 6), (2, 3), strict=True):
        optimizer = keras.optimizers.SGD(17 / 512, momentum=0.8125)
        training_is_right(student.train, one, size, epochs, optimizer, 17 / 512, 0.8125)


@check("04.8", 2)
def test_train_compiled(student: Any) -> None:
    ordinary_training_is_right(student.train_compiled, 11)


@check("04.8", 2)
def test_train_compiled_traces(student: Any) -> None:
    optimizer = CountingSGD(23 / 512, momentum=0.6875)
    training_is_right(student.train_compiled, edges(11)[0], 7, 5, optimizer, 23 / 512, 0.6875)
    assert optimizer.reached in (1, 2, 3), f"the step ran as Python {optimizer.reached} times in 5 batches of one size"


# 04.9


@check("04.9", 3)
def test_sequential_twin(student: Any) -> None:
    for one in (*two(12), Inputs(11, 3, 1, 1, seed=12)):
        model = student.sequential_twin(one.variables())
        assert isinstance(model, keras.Sequential), "expected a keras.Sequential"
        close("the model's output", model(one.tensor(one.X)), forward(one.X, one.params))
        weights = model.get_weights()
        assert len(weights) == 4, "expected two Dense layers: kernel, bias, kernel, bias"
        for name, weight in zip(("W1", "b1", "W2", "b2"), weights, strict=True):
            own = one.params[name][0] if name in ("b1", "b2") else one.params[name]
            close(f"the model's {name}", weight, own)
