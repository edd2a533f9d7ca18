import math

import matplotlib

matplotlib.use("Agg")

import keras
import matplotlib.pyplot as plt
import numpy as np
import pytest
from keras import layers

from tfkit import (
    SequentialNet,
    activation_statistics,
    check_initial_loss,
    expected_initial_loss,
    load_digits,
    lsuv,
    overfit_tiny_batch,
    plot_activations,
)

pytestmark = pytest.mark.turns(4)


@pytest.fixture(autouse=True)
def seeded():
    keras.utils.set_random_seed(7)
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def digits():
    data = load_digits()
    return data.X / 16, data.Y


def network(*stack, optimizer=None, loss="categorical_crossentropy", n=64):
    model = keras.Sequential([keras.Input((n,)), *stack])
    model.compile(optimizer or keras.optimizers.Adam(0.01), loss)
    return model


def hidden(**settings):
    return layers.Dense(32, "relu", **settings)


def classifier(**settings):
    return network(hidden(), layers.Dense(10, "softmax"), **settings)


@pytest.mark.parametrize(("k", "loss"), [(2, math.log(2)), (10, 2.302585), (1000, math.log(1000))])
def test_expected_initial_loss(k, loss):
    assert expected_initial_loss(k) == pytest.approx(loss, rel=1e-6)
    uniform = np.full((1, k), 1 / k)
    entropy = keras.losses.sparse_categorical_crossentropy(np.array([1]), uniform)
    assert expected_initial_loss(k) == pytest.approx(float(entropy[0]), rel=1e-5)


@pytest.mark.parametrize("k", [1, 0, 2.5, None, True])
def test_classes_are_counted(k):
    with pytest.raises(ValueError, match="expected num_classes"):
        expected_initial_loss(k)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid"])
def test_fresh_networks_have_the_loss_of_chance(digits, seed, activation):
    keras.utils.set_random_seed(seed)
    X, Y = digits
    model = network(layers.Dense(100, activation), layers.Dense(100, activation), layers.Dense(10, "softmax"))
    check = check_initial_loss(model, X[:300], Y[:300])
    assert check.ok and check and check.expected == pytest.approx(math.log(10))
    assert check.measured == pytest.approx(model.evaluate(X[:300], Y[:300], verbose=0), rel=1e-5)


def test_binary_and_sparse_losses_have_their_chance(digits):
    X, Y = digits
    odd = (Y.argmax(axis=1) % 2).astype(int)
    binary = network(layers.Dense(1), loss=keras.losses.BinaryCrossentropy(from_logits=True))
    assert check_initial_loss(binary, X, odd).expected == pytest.approx(math.log(2))
    sparse = network(layers.Dense(10, "softmax"), loss="sparse_categorical_crossentropy")
    assert check_initial_loss(sparse, X, Y.argmax(axis=1)).ok
    zeros = network(layers.Dense(1, kernel_initializer="zeros"), loss=keras.losses.BinaryCrossentropy(from_logits=True))
    assert check_initial_loss(zeros, X, odd).measured == pytest.approx(math.log(2))
    assert check_initial_loss(zeros, X, odd).ok


def test_penalties_are_told_apart(digits):
    X, Y = digits
    model = network(layers.Dense(10, "softmax", kernel_regularizer=keras.regularizers.L2(1.0)))
    check = check_initial_loss(model, X, Y)
    assert check.ok and check.penalty == pytest.approx(float((model.get_weights()[0] ** 2).sum()), rel=1e-5)


def test_initial_losses_that_are_wrong_say_why(digits):
    X, Y = digits
    assert "inputs go up to 255: scale them" in check_initial_loss(classifier(), X * 255, Y).advice
    large = network(hidden(kernel_initializer=keras.initializers.RandomNormal(stddev=3)), layers.Dense(10, "softmax"))
    assert "weights are too large" in check_initial_loss(large, X, Y).advice
    logits = network(layers.Dense(10))
    assert "add a softmax or sigmoid, or use from_logits=True" in check_initial_loss(logits, X, Y).advice
    trained = classifier()
    trained.fit(X, Y, epochs=2, verbose=0)
    assert "was it trained before" in check_initial_loss(trained, X, Y).advice
    odd = Y.argmax(axis=1) % 2
    twice = network(layers.Dense(1, "sigmoid"), loss=keras.losses.BinaryCrossentropy(from_logits=True))
    with pytest.warns(UserWarning, match="from_logits=True"):
        check = check_initial_loss(twice, X, odd)
    assert "already probabilities" in check.advice and not check.ok and "already probabilities" in str(check)


def test_other_losses_need_their_chance(digits):
    X, Y = digits
    y = Y.argmax(axis=1).astype(float)
    model = network(layers.Dense(1), loss="mse")
    with pytest.raises(ValueError, match="expected a cross-entropy, received mse; pass expected"):
        check_initial_loss(model, X, y)
    assert check_initial_loss(model, X, y, expected=float((y**2).mean())).ok
    with pytest.raises(ValueError, match="expected the expected loss to be a number above 0"):
        check_initial_loss(model, X, y, expected=0)
    with pytest.raises(ValueError, match="expected a compiled Keras model, received function"):
        check_initial_loss(classifier_function, X, y)


def classifier_function():
    return classifier()


@pytest.mark.parametrize("optimizer", [keras.optimizers.Adam, keras.optimizers.SGD])
def test_a_sound_network_learns_eight_examples_and_is_left_as_it_was(digits, optimizer):
    X, Y = digits
    stack = [hidden(), layers.Dropout(0.5), layers.BatchNormalization(), layers.GaussianNoise(1.0)]
    penalised = layers.Dense(10, "softmax", kernel_regularizer=keras.regularizers.L2(1.0))
    rate = 0.01 if optimizer is keras.optimizers.Adam else 0.3
    model = network(*stack, penalised, optimizer=optimizer(rate))
    before = [np.array(value) for value in model.variables]
    losses = overfit_tiny_batch(model, X, Y, seed=0)
    assert len(losses) == 200 and losses[-1] < 0.1 < losses[0] and all(isinstance(loss, float) for loss in losses)
    for value, old in zip(model.variables, before, strict=True):
        np.testing.assert_array_equal(np.asarray(value), old)
    assert stack[1].rate == 0.5 and stack[3].stddev == 1.0
    assert int(model.optimizer.iterations.numpy()) == 0
    assert float(model.optimizer.learning_rate) == pytest.approx(rate)
    assert overfit_tiny_batch(model, X, Y, seed=0) == losses


def test_the_losses_are_those_of_plain_gradient_descent(rng):
    X, y = rng.normal(size=(8, 3)), rng.normal(size=(8, 1))
    model = network(layers.Dense(1), optimizer=keras.optimizers.SGD(0.1), loss="mse", n=3)
    W, b = (np.float64(weight) for weight in model.get_weights())
    expected = []
    for _ in range(30):
        error = X @ W + b - y
        expected.append(float((error**2).mean()))
        W, b = W - 0.1 * 2 * X.T @ error / 8, b - 0.1 * 2 * error.mean(axis=0)
    losses = overfit_tiny_batch(model, X, y, seed=0, steps=30, goal=100.0)
    np.testing.assert_allclose(losses, expected, rtol=1e-4)


def test_a_function_that_builds_and_other_settings(digits):
    X, Y = digits
    losses = overfit_tiny_batch(classifier, X, Y, seed=1, steps=60, examples=4, goal=0.5)
    assert len(losses) == 60 and losses[-1] <= 0.5


def test_examples_of_all_classes_take_part(digits):
    X, Y = digits
    label = Y.argmax(axis=1)
    rows = np.concatenate([np.flatnonzero(label == 9), *(np.flatnonzero(label == k)[:2] for k in range(9))])
    seen = []

    class Spy(layers.Layer):
        def call(self, x):
            if hasattr(x, "numpy"):  # the first call is eager
                seen.append(x.numpy())
            return x

    model = network(Spy(), layers.Dense(10, "softmax"))
    overfit_tiny_batch(model, X[rows], Y[rows], seed=0, examples=10, steps=1, goal=100.0)
    drawn = [label[np.flatnonzero((np.float32(X) == row).all(axis=1))[0]] for row in seen[0]]
    assert sorted(drawn) == list(range(10))


def failure(model, X, Y, **settings):
    with pytest.raises(ValueError) as error:
        overfit_tiny_batch(model, X, Y, seed=0, **settings)
    return str(error.value)


@pytest.mark.slow
def test_the_learning_rate_is_tried(digits):
    X, Y = digits
    text = failure(classifier(optimizer=keras.optimizers.SGD(1e-3)), X, Y)
    assert "expected a loss of at most 0.1 on 8 examples after 200 steps" in text
    assert (
        "with a learning rate of 1, 1000 times yours" in text or "with a learning rate of 0.1, 100 times yours" in text
    )
    text = failure(classifier(optimizer=keras.optimizers.SGD(100.0)), X, Y)
    assert "0.01 times yours, it reaches" in text
    decay = keras.optimizers.schedules.ExponentialDecay(1e-5, 10, 0.9)
    assert "times yours" not in failure(classifier(optimizer=keras.optimizers.SGD(decay)), X, Y)


@pytest.mark.slow  # five learning rates are tried
def test_dead_and_zero_networks(digits):
    X, Y = digits
    dead = hidden(bias_initializer=keras.initializers.Constant(-100), name="buried")
    text = failure(network(dead, layers.Dense(10, "softmax")), X, Y, steps=20)
    assert "the network gives the same answer for every example: all units of 'buried' are dead ReLUs" in text
    text = failure(network(hidden(kernel_initializer="zeros"), layers.Dense(10, "softmax")), X, Y, steps=20)
    assert "gives the same answer for every example" in text


def test_labels_that_nobody_can_learn(digits):
    X, Y = digits
    text = failure(classifier(), np.repeat(X[:1], 20, axis=0), Y[:20], steps=20)
    assert "two equal examples have different targets" in text
    regression = network(hidden(), layers.Dense(1, "sigmoid"), loss="mse")
    text = failure(regression, X, Y.argmax(axis=1).astype(float), steps=20)
    assert "targets lie between 0 and" in text and "outputs between 0 and 1 (sigmoid)" in text
    text = failure(network(layers.Dense(1, "sigmoid"), loss="binary_crossentropy"), X, Y.argmax(axis=1), steps=20)
    assert "expected targets between 0 and 1 for binary_crossentropy, received 0 to" in text


def test_raw_pixels(digits):
    X, Y = digits
    text = failure(classifier(optimizer=keras.optimizers.SGD(0.1)), X * 255, Y, steps=100)
    assert "inputs go up to 255: scale them" in text


def test_frozen_uncompiled_and_mismatched_models_are_named(digits):
    X, Y = digits
    frozen = classifier()
    frozen.trainable = False
    assert "is every layer frozen" in failure(frozen, X, Y)
    assert "expected a model compiled with a loss" in failure(keras.Sequential([layers.Dense(1)]), X, Y)
    assert "expected one-hot targets of shape (8, 10)" in failure(classifier(), X, Y.argmax(axis=1))
    sparse = classifier(loss="sparse_categorical_crossentropy")
    assert "labels from 0 to 9 for 10 outputs, received" in failure(sparse, X, Y.argmax(axis=1) + 1)
    assert "expected the function to return a compiled Keras model, received int" in failure(lambda: 3, X, Y)
    assert "expected a compiled Keras model or a function" in failure(3, X, Y)
    assert "expected a target for each example" in failure(classifier(), X, Y[:5])
    assert "expected finite numbers in x" in failure(classifier(), X * np.nan, Y)
    for settings in ({"steps": 0}, {"examples": 0}, {"goal": -1.0}, {"goal": math.nan}):
        assert "expected" in failure(classifier(), X, Y, **settings)
    with pytest.raises(ValueError, match="expected seed"):
        overfit_tiny_batch(classifier(), X, Y, seed=None)


@pytest.mark.filterwarnings("ignore:You are using a softmax over axis -1")
def test_a_softmax_of_one_output_is_refused_though_its_loss_falls(digits):
    X, Y = digits
    model = network(hidden(), layers.Dense(1, "softmax"), loss="binary_crossentropy")
    assert "expected two outputs or more for softmax" in failure(model, X, Y.argmax(axis=1) % 2)


def test_activation_statistics_against_numpy(rng):
    X = rng.normal(size=(50, 6))
    stack = [layers.Dense(9, "relu", name="one"), layers.Dropout(0.5), layers.Dense(4, "tanh", name="two")]
    model = network(*stack, layers.Dense(3, name="last"), loss="mse", n=6)
    W1, b1, W2, b2, W3, b3 = (np.float64(weight) for weight in model.get_weights())
    H = np.maximum(X @ W1 + b1, 0)
    T = np.tanh(H @ W2 + b2)
    frame = activation_statistics(model, X)
    assert frame["layer"].tolist() == ["input", "one", "two", "last"]
    for row, values in zip(frame.itertuples(), [X, H, T, T @ W3 + b3], strict=True):
        assert row.mean == pytest.approx(values.mean(), abs=1e-6)
        assert row.std == pytest.approx(values.std(), rel=1e-5)
        assert row.zeros == pytest.approx((values == 0).mean())
    assert frame["saturated"][2] == pytest.approx((np.abs(T) >= 0.98).mean())
    assert frame["saturated"].isna().tolist() == [True, True, False, True]
    assert frame["activation"].tolist() == ["", "relu", "tanh", "linear"]


def test_bad_starts_show(rng):
    X = rng.normal(size=(200, 30))

    def statistics(activation, deviation):
        start = keras.initializers.RandomNormal(stddev=deviation, seed=0)
        stack = [layers.Dense(100, activation, kernel_initializer=start.clone()) for _ in range(5)]
        return activation_statistics(network(*stack, loss="mse", n=30), X)

    shrinking, saturated = statistics("tanh", 0.01), statistics("tanh", 2.0)
    assert (shrinking["std"].diff()[1:] < 0).all() and shrinking["std"].iloc[-1] < 1e-3
    assert (saturated["saturated"][1:] > 0.5).all()
    model = network(*[layers.Dense(30, "tanh") for _ in range(5)], loss="mse", n=30)
    lsuv(model, X, seed=0)
    assert (activation_statistics(model, X)["std"][1:] > 0.5).all()


def test_dead_units_are_counted_by_channel(rng):
    X = rng.random((10, 8, 8, 1))
    conv = layers.Conv2D(4, 3, activation="relu", kernel_initializer="ones")
    model = keras.Sequential([keras.Input((8, 8, 1)), conv, layers.Flatten(), layers.Dense(2, "sigmoid")])
    conv.bias.assign([0.0, -100.0, 0.0, -100.0])
    frame = activation_statistics(model, X)
    assert frame["dead"].tolist() == [0.0, 0.5, 0.0] and frame["zeros"][1] == 0.5


def test_statistics_of_this_librarys_network_and_of_none(examples, params):
    X, _ = examples
    frame = activation_statistics(SequentialNet.from_params(params), X)
    assert len(frame) == 3 and frame["activation"][1] == "sigmoid"
    for model in ("model", keras.Sequential([layers.Dense(1)])):
        with pytest.raises(ValueError, match="expected a Sequential or functional model with its inputs"):
            activation_statistics(model, X)
    shared = layers.Dense(5)
    inputs = keras.Input((5,))
    with pytest.raises(ValueError, match="expected each layer to be used once"):
        activation_statistics(keras.Model(inputs, shared(shared(inputs))), X)
    with pytest.raises(ValueError, match="expected finite numbers in x"):
        activation_statistics(network(layers.Dense(1), n=5), X * np.nan)


def test_the_picture_of_activations(rng):
    model = network(layers.Dense(9, "relu"), layers.Dense(4, "sigmoid"), loss="mse", n=6)
    frame = activation_statistics(model, rng.normal(size=(50, 6)))
    ax = plot_activations(frame)
    assert [tick.get_text() for tick in ax.get_xticklabels()] == frame["layer"].tolist()
    mean, deviation = (line.get_ydata().tolist() for line in ax.lines[:2])
    assert mean == frame["mean"].tolist() and deviation == frame["std"].tolist()
    right = next(other for other in ax.figure.axes if other is not ax)
    assert [patch.get_height() for patch in right.patches[:3]] == frame["zeros"].tolist()
    assert right.get_ylim() == (0, 1)
    assert plot_activations(frame, ax) is ax
    with pytest.raises(ValueError, match="received one without mean, std, zeros, saturated"):
        plot_activations(frame[["layer"]])
    with pytest.raises(ValueError, match="received one without rows"):
        plot_activations(frame[:0])
