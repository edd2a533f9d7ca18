"""Models of one structure are trained by one program, and each as if it had a program of its own."""

import keras
import numpy as np
import pytest
import tensorflow as tf

import tfkit
from tests.tfkit.test_training import COURSE, data, twins  # noqa: F401
from tfkit.training import _compiler

pytestmark = pytest.mark.turns(4)
layers, losses, optimizers, regularizers = keras.layers, keras.losses, keras.optimizers, keras.regularizers


@pytest.fixture(autouse=True)
def programs(monkeypatch):
    """The programs that are kept, none at first."""
    kept = {}
    monkeypatch.setattr(_compiler, "_PROGRAMS", kept)
    return kept


@pytest.fixture
def traces(monkeypatch):
    """How often a step was traced."""
    seen, step = [], keras.Model.train_step
    monkeypatch.setattr(keras.Model, "train_step", lambda self, batch: seen.append(self) or step(self, batch))
    return seen


def trained(model, **options):
    """The history and the weights after a training with a seed."""
    history = tfkit.fit(model, seed=1, **options).history
    return [*history.values(), *model.get_weights(), *(one.numpy() for one in model.optimizer.variables)]


def same(a, b):
    return len(a) == len(b) and all(np.array_equal(left, right) for left, right in zip(a, b, strict=True))


@pytest.mark.parametrize("jit_compile", [False, True])
@pytest.mark.parametrize("name", COURSE)
def test_the_same_to_the_last_bit(name, jit_compile, twins, programs, traces):  # noqa: F811
    first, second, options = twins(name)
    one = trained(first, jit_compile=jit_compile, **options)
    n = len(traces)
    assert len(programs) == 1
    again = trained(second, jit_compile=jit_compile, **options)
    assert same(one, again) and len(traces) == n > 0


def test_each_model_has_weights_and_a_learning_rate_of_its_own(rng, traces):
    X, Y = rng.normal(size=(24, 6)), rng.normal(size=(24, 1))

    def training(seed, rate, shared):
        if not shared:
            _compiler._PROGRAMS.clear()
        keras.utils.set_random_seed(seed)
        model = keras.Sequential([keras.Input((6,)), layers.Dense(5, "tanh"), layers.Dropout(0.2), layers.Dense(1)])
        model.compile(optimizers.Adam(rate), "mse")
        return model, lambda: trained(model, x=X, y=Y, epochs=3, verbose=0)

    settings = [(1, 0.1), (2, 0.1), (1, 0.01)]
    alone = [training(*one, shared=False)[1]() for one in settings]
    _compiler._PROGRAMS.clear()
    traces.clear()
    together = [training(*one, shared=True) for one in settings]
    assert all(same(expected, fit()) for expected, (_, fit) in zip(alone, together, strict=True))
    # they go on from where they are, in any order
    n = len(traces)
    losses = [fit()[0] for _, fit in reversed(together)]
    assert len({tuple(loss) for loss in losses}) == 3 and len(traces) == n


class Doubled(layers.Dense):
    """A layer of the user's own, of the same name and settings as another."""

    def call(self, inputs):
        return 2 * super().call(inputs)


def halves(inputs):
    return inputs / 2


def net(*, hidden=layers.Dense, activation="tanh", rate=0.2, last=None, loss="mse", optimizer=None, **settings):
    keras.utils.set_random_seed(3)
    inputs = keras.Input((6,))
    outputs = layers.Dropout(rate)(hidden(5, activation=activation, name="hidden", **settings)(inputs))
    model = keras.Model(inputs, layers.Dense(1)(last(inputs, outputs) if last else outputs))
    model.compile(optimizer or optimizers.SGD(0.1, momentum=0.5), loss, metrics=["mae"])
    return model


def frozen():
    model = net()
    model.layers[1].trainable = False
    model.compile(optimizers.SGD(0.1, momentum=0.5), "mse", metrics=["mae"])
    return model


def adapted(mean):
    keras.utils.set_random_seed(3)
    scaling = layers.Normalization()
    scaling.adapt(np.array([[mean - 1.0] * 6, [mean + 1.0] * 6]))
    model = keras.Sequential([keras.Input((6,)), scaling, layers.Dense(1)])
    model.compile(optimizers.SGD(0.1), "mse")
    return model


def changed_later():
    model = net()
    model.layers[1].activation = halves
    return model


def times(factor):
    return lambda y, y_pred: factor * keras.ops.mean((y - y_pred) ** 2)


OTHERS = {
    "dropout": lambda: net(rate=0.4),
    "activation": lambda: net(activation="relu"),
    "own activation": lambda: net(activation=halves),
    "activation changed": changed_later,
    "own layer": lambda: net(hidden=Doubled),
    "regularizer": lambda: net(kernel_regularizer=regularizers.L2(0.1)),
    "constraint": lambda: net(kernel_constraint=keras.constraints.MaxNorm(0.1)),
    "skipped": lambda: net(last=lambda inputs, outputs: layers.Concatenate()([inputs, outputs])),
    "momentum": lambda: net(optimizer=optimizers.SGD(0.1, momentum=0.9)),
    "schedule": lambda: net(optimizer=optimizers.SGD(optimizers.schedules.ExponentialDecay(0.1, 1, 0.5), momentum=0.5)),
    "other optimizer": lambda: net(optimizer=optimizers.RMSprop(0.1)),
    "other loss": lambda: net(loss="mae"),
    "Huber": lambda: net(loss=losses.Huber(0.1)),
    "own loss": lambda: net(loss=times(2)),
    "frozen": frozen,
    "adapted": lambda: adapted(1.0),
}


@pytest.mark.parametrize("name", OTHERS)
def test_another_structure_has_another_program(name, rng):
    X, Y = rng.normal(size=(24, 6)), rng.normal(size=(24, 1))
    options = {"x": X, "y": Y, "epochs": 3, "verbose": 0}
    alone = trained(OTHERS[name](), **options)
    _compiler._PROGRAMS.clear()
    # what has the same names, sizes or settings
    for like in (net, lambda: net(loss=times(3)), lambda: adapted(5.0)):
        trained(like(), **options)
    assert same(alone, trained(OTHERS[name](), **options))


def test_a_step_of_its_own_is_not_taken_for_that_of_others(rng):
    X, Y = rng.normal(size=(8, 6)), rng.normal(size=(8, 1))
    trained(net(), x=X, y=Y, verbose=0)
    model, seen = net(), []
    step = model.train_step
    model.train_step = lambda batch: seen.append(1) or step(batch)
    trained(model, x=X, y=Y, verbose=0)
    assert seen


def test_few_programs_and_small_models_are_kept(rng, programs, monkeypatch):
    X, Y = rng.normal(size=(8, 6)), rng.normal(size=(8, 1))
    monkeypatch.setattr(_compiler, "_KEPT", 2)
    for rate in (0.1, 0.2, 0.3):
        trained(net(rate=rate), x=X, y=Y, verbose=0)
    assert len(programs) == 2
    programs.clear()
    monkeypatch.setattr(_compiler, "_SMALL", 10)
    trained(net(), x=X, y=Y, verbose=0)
    assert not programs


def test_a_tape_outside_does_not_hinder(rng):
    X, Y = rng.normal(size=(8, 6)), rng.normal(size=(8, 1))
    with tf.GradientTape():
        assert same(*(trained(net(), x=X, y=Y, verbose=0) for _ in range(2)))
