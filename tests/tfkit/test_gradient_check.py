import matplotlib

matplotlib.use("Agg")

import keras
import matplotlib.pyplot as plt
import numpy as np
import pytest
import tensorflow as tf
from keras import layers

from tfkit import (
    NumpyNet,
    SequentialNet,
    TwoLayerNet,
    check_gradients,
    check_model_gradients,
    numeric_gradient,
    plot_gradient_check,
    relative_error,
)
from tfkit.gradient_check._twin import float64_twin


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def cubic(p):
    return np.sum(p["w"] ** 3) + np.sum(p["w"]) * p["b"] ** 2


def cubic_gradients(p):
    return {"w": 3 * p["w"] ** 2 + p["b"] ** 2, "b": 2 * p["b"] * np.sum(p["w"])}


@pytest.fixture
def point(rng):
    return {"w": rng.normal(size=(3, 4)), "b": 0.7}


def compiled(*stack, loss="mse", n=5):
    model = keras.Sequential([keras.Input((n,)), *stack])
    model.compile(loss=loss)
    return model


def test_right_gradients_of_a_function(point):
    check = check_gradients(cubic, point, cubic_gradients)
    assert check.ok and check and len(check) == 2
    assert check["w"].shape == (3, 4) and check["w"].checked == 12
    assert check.worst.relative_error < 1e-9
    gradients = cubic_gradients(point)
    expected = relative_error(gradients["w"], numeric_gradient(cubic, point)["w"])
    assert check["w"].relative_error == expected


def test_the_worst_entry_is_named(point):
    gradients = cubic_gradients(point)
    gradients["w"][1, 2] += 0.01
    gradients["w"][0, 0] += 0.001
    check = check_gradients(cubic, point, gradients)
    assert not check.ok and not check and check["b"].ok
    verdict = check["w"]
    assert verdict.index == (1, 2) and check.worst is verdict
    assert verdict.analytic - verdict.numeric == pytest.approx(0.01, rel=1e-5)
    assert "w[1, 2]" in str(check) and "WRONG" in str(check).splitlines()[1] and "ok" in str(check).splitlines()[2]
    frame = check.to_frame()
    assert frame.loc["w", "index"] == (1, 2) and frame["ok"].tolist() == [False, True]
    with pytest.raises(KeyError, match="expected one of the tensors, received 'v'; there are w, b"):
        check["v"]


@pytest.mark.parametrize("size", [1e-5, 1e-3, 1.0])
def test_small_mistakes_in_one_of_many_entries_are_found(size, rng):
    w = rng.normal(size=100)
    gradients = 2 * w
    gradients[37] += size * np.linalg.norm(w) * 2
    assert not check_gradients(lambda x: x @ x, w, gradients).ok


@pytest.mark.parametrize(
    ("change", "note"),
    [
        (lambda g: -g, "the sign is flipped"),
        (lambda g: 7 * g, "every entry is 7 times the right one"),
        (lambda g: g / 7, "every entry is the right one divided by 7"),
        (lambda g: 0 * g, "the given gradient is 0 everywhere"),
        (lambda g: g * np.nan, "NaN or infinite"),
        (lambda g: None, "no gradient reaches it, but the loss depends on it"),
        (lambda g: g + np.arange(12).reshape(3, 4), ""),
    ],
)
def test_what_all_entries_have_in_common(point, change, note):
    gradients = cubic_gradients(point)
    check = check_gradients(cubic, point, {**gradients, "w": change(gradients["w"])})
    assert not check["w"].ok and check["b"].ok
    assert note in check["w"].note if note else not check["w"].note


def test_a_parameter_without_effect_may_lack_a_gradient():
    check = check_gradients(lambda p: p["w"] ** 2, {"w": 3.0, "idle": [1.0, 2.0]}, {"w": 6.0, "idle": None})
    assert check.ok and "the loss does not depend on it" in check["idle"].note
    assert check_gradients(lambda p: p["w"] ** 2, {"w": 3.0, "idle": [1.0]}, {"w": 6.0, "idle": [0.0]}).ok


def test_zero_gradients_are_compared_with_rounding_and_not_with_zero(rng):
    # at the minimum both gradients are noise, and a relative error of noise is 1
    X = rng.normal(size=(20, 3))
    y = rng.normal(size=20)
    w = np.linalg.lstsq(X, y, rcond=None)[0]
    check = check_gradients(lambda w: np.sum((X @ w - y) ** 2), w, lambda w: 2 * X.T @ (X @ w - y))
    assert check.ok


def relu_sum(p):
    return np.maximum(p["w"], 0).sum() + (p["w"] ** 2).sum()


@pytest.mark.parametrize("w", [3e-6, -3e-6, 9e-6, 1e-7, -2e-8])
def test_a_kink_that_the_nudge_crosses_is_no_mistake(w):
    w = np.array([1.0, w, -1.0])
    right = (w > 0) + 2 * w
    check = check_gradients(relu_sum, {"w": w}, {"w": right})
    assert check.ok and "kink" in check["w"].note
    # the other side's slope is a mistake, however close the kink
    wrong = right.copy()
    wrong[1] = 1 - (w[1] > 0) + 2 * w[1]
    if abs(w[1]) > 1e-7:
        assert not check_gradients(relu_sum, {"w": w}, {"w": wrong}).ok


@pytest.mark.parametrize(("slope", "ok"), [(0.0, True), (0.5, True), (1.0, True), (-0.1, False), (1.2, False)])
def test_on_the_kink_any_slope_between_the_two_is_right(slope, ok):
    for others in ([2.0], [], [-1e3]):
        gradients = [relu_slope + 2 * w for w in others for relu_slope in [float(w > 0)]]
        check = check_gradients(relu_sum, {"w": [0.0, *others]}, {"w": [slope, *gradients]})
        assert check.ok == ok
        if ok and slope != 0.5:  # the slope of a nudge to both sides is 0.5, and there is nothing to explain
            assert "any slope from 0 to 1" in check["w"].note


def test_a_mistake_behind_kinks_is_still_found():
    w = np.array([1e-6, 2e-6, -1e-6, 0.5])
    gradients = (w > 0) + 2 * w
    assert check_gradients(relu_sum, {"w": w}, {"w": gradients}).ok
    gradients[3] += 0.01
    check = check_gradients(relu_sum, {"w": w}, {"w": gradients})
    assert not check.ok and check["w"].index == (3,)


def test_float32_inside_is_told_from_a_mistake():
    def rough(w):
        return float(np.sum(w.astype(np.float32) ** 2, dtype=np.float32))

    check = check_gradients(rough, np.array([1.1, 2.3, 0.7]), np.array([2.2, 4.6, 1.4]))
    assert not check.ok and "keeps changing" in check["x"].note


def test_gradients_in_float32_are_judged_as_such(point):
    short = {name: np.float32(value) for name, value in cubic_gradients(point).items()}
    assert check_gradients(cubic, point, short).ok
    assert not check_gradients(cubic, point, short, tolerance=1e-9).ok


def test_large_tensors_are_sampled_and_the_seed_decides(rng):
    w = rng.normal(size=(100, 100))
    calls = []

    def f(w):
        calls.append(1)
        return np.sum(w**2)

    gradients = 2 * w
    gradients[0] += 1  # every hundredth entry
    first = check_gradients(f, w, gradients, max_entries=300, seed=1)
    assert first["x"].checked == 300 and len(calls) < 700
    again = check_gradients(f, w, gradients, max_entries=300, seed=1)
    assert first == again and not first.ok and first["x"].index[0] == 0
    assert "300/10000" in str(first)


def test_the_parameters_are_untouched_and_integers_are_nudged_as_floats():
    w = np.array([1, 2])
    w.flags.writeable = False
    assert check_gradients(lambda w: w @ w, w, [2, 4]).ok


@pytest.mark.parametrize(
    ("f", "params", "gradients", "message"),
    [
        (lambda p: p["w"].sum(), {"w": np.ones((2, 3))}, {"w": np.ones((3, 2))}, "was it transposed"),
        (lambda p: p["w"].sum(), {"w": np.ones(2)}, {"w": np.ones((2, 1))}, "has the shape of its parameter"),
        (lambda p: p["w"].sum(), {"w": np.ones(2)}, {"v": np.ones(2)}, "expected gradients of w, received v"),
        (lambda p: p["w"].sum(), {"w": np.ones(2)}, np.ones(2), "expected gradients as a dict"),
        (lambda p: p["w"], {"w": np.ones(2)}, {"w": np.ones(2)}, "expected f to return one real number"),
        (lambda p: np.float32(1), {"w": np.ones(2)}, {"w": np.ones(2)}, "expected f to compute in float64"),
        (lambda p: np.nan, {"w": np.ones(2)}, {"w": np.ones(2)}, "expected f to return a finite number"),
        (lambda p: np.random.default_rng().random(), {"w": 1.0}, {"w": 1.0}, "turn off dropout"),
        (lambda p: 1.0, {"w": ["a"]}, {"w": [1]}, "expected real numbers in parameter 'w'"),
        (lambda p: 1.0, {"w": [np.nan]}, {"w": [1]}, "expected finite numbers in parameter 'w'"),
        (lambda p: 1.0, {}, {}, "expected parameters that are not empty"),
        (lambda p: 1.0, {"w": []}, {"w": []}, "expected parameters that are not empty"),
        (lambda p: 1.0, {"w": 1e15}, {"w": 1.0}, "use a larger h"),
    ],
)
def test_wrong_arguments_are_named(f, params, gradients, message):
    with pytest.raises(ValueError, match=message):
        check_gradients(f, params, gradients)


@pytest.mark.parametrize("setting", [{"h": 0}, {"h": np.nan}, {"tolerance": -1}, {"max_entries": 0}, {"seed": None}])
def test_wrong_settings_are_named(setting):
    with pytest.raises(ValueError, match="expected"):
        check_gradients(lambda x: x @ x, np.ones(2), 2 * np.ones(2), **setting)


@pytest.mark.parametrize("network", [NumpyNet, TwoLayerNet, SequentialNet])
@pytest.mark.parametrize(("activation", "output"), [("sigmoid", "linear"), ("relu", "softmax"), ("tanh", "sigmoid")])
def test_networks(network, params, examples, activation, output):
    X, targets = examples
    net = network.from_params(params, activation=activation, output=output, dtype="float32")
    check = check_model_gradients(net, X, targets[output])
    assert check.ok and [verdict.name for verdict in check] == ["W1", "b1", "W2", "b2"]
    assert max(verdict.relative_error for verdict in check) < 1e-8  # the twin is float64


def test_a_network_with_a_mistake(params, examples):
    class Forgetful(NumpyNet):
        def backward(self, X, Y):
            gradients = super().backward(X, Y)
            return {**gradients, "b1": gradients["b1"] * len(X)}

    X, targets = examples
    net = Forgetful.from_params(params)
    check = check_model_gradients(net, X, targets["linear"])
    assert [verdict.ok for verdict in check] == [True, False, True, True]
    assert "every entry is 7 times" in check["b1"].note
    with pytest.raises(ValueError, match="expected no loss for a tfkit network"):
        check_model_gradients(net, X, targets["linear"], loss="mse")


def test_keras_with_penalties_normalisation_dropout_and_a_frozen_layer(examples):
    X, targets = examples
    frozen = layers.Dense(6, "tanh")
    frozen.trainable = False
    stack = [frozen, layers.Dense(4, "relu", kernel_regularizer="l2"), layers.BatchNormalization(), layers.Dropout(0.5)]
    model = compiled(*stack, layers.Dense(3, "softmax", name="last"), loss=keras.losses.CategoricalCrossentropy())
    before = [np.array(weight) for weight in model.get_weights()]
    check = check_model_gradients(model, X, targets["softmax"])
    assert check.ok and len(check) == 6 and max(verdict.relative_error for verdict in check) < 1e-7
    assert "last/kernel" in [verdict.name for verdict in check]
    for weight, old in zip(model.get_weights(), before, strict=True):
        np.testing.assert_array_equal(weight, old)


def test_keras_convolutions_nested_models_and_labels_without_an_axis(rng):
    inner = keras.Sequential([keras.Input((36,)), layers.Dense(5, "tanh")])
    model = keras.Sequential(
        [keras.Input((8, 8, 1)), layers.Conv2D(4, 3, activation="relu"), layers.MaxPool2D(), layers.Flatten(), inner]
    )
    model.add(layers.Dense(1, "sigmoid"))
    model.compile(loss="binary_crossentropy")
    check = check_model_gradients(model, rng.random((5, 8, 8, 1)), np.array([0, 1, 1, 0, 1]))
    assert check.ok, str(check)


def test_keras_embeddings_and_shared_layers(rng):
    inputs = keras.Input((4,), dtype="int32")
    embedded = layers.Embedding(10, 3)(inputs)
    shared = layers.Dense(3, "tanh")
    model = keras.Model(inputs, layers.GlobalAveragePooling1D()(layers.Add()([shared(shared(embedded)), embedded])))
    model.compile(loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    check = check_model_gradients(model, rng.integers(0, 10, (6, 4)), [0, 1, 2, 0, 1, 2])
    assert check.ok, str(check)


def test_a_layer_with_a_wrong_gradient_and_one_that_stops_it(examples):
    @tf.custom_gradient
    def half(x):
        return tf.square(x), lambda upstream: upstream * x  # 2x is right

    class Half(layers.Layer):
        def call(self, x):
            return half(x)

    class Stop(layers.Layer):
        def call(self, x):
            return tf.stop_gradient(x)

    X, targets = examples
    for layer, note in [(Half, "divided by 2"), (Stop, "stop_gradient on the way")]:
        model = compiled(layers.Dense(4, name="first"), layer(), layers.Dense(3, name="last"))
        check = check_model_gradients(model, X, targets["linear"])
        assert [verdict.ok for verdict in check] == [False, False, True, True]
        assert note in check["first/kernel"].note and note in check["first/bias"].note


def test_gradients_computed_by_hand_for_a_keras_model(examples):
    X, targets = examples
    model = compiled(layers.Dense(3, name="only"))
    W, b = model.get_weights()
    error = X @ W + b - targets["linear"]
    right = [2 * X.T @ error / error.size, 2 * error.sum(axis=0) / error.size]
    assert check_model_gradients(model, X, targets["linear"], gradients=right).ok
    lecture = {"only/kernel": 3 * right[0], "only/bias": right[1]}  # summed over outputs, where Keras takes the mean
    check = check_model_gradients(model, X, targets["linear"], gradients=lecture)
    assert "3 times" in check["only/kernel"].note and check["only/bias"].ok
    with pytest.raises(ValueError, match="expected 2 gradients, one for each trainable variable, received 1"):
        check_model_gradients(model, X, targets["linear"], gradients=right[:1])


def test_a_loss_of_ones_own_and_the_sum_as_reduction(examples):
    X, targets = examples
    model = compiled(layers.Dense(3))
    for loss in (lambda y, p: tf.abs(y - p) ** 3, keras.losses.MeanSquaredError(reduction="sum"), "huber"):
        assert check_model_gradients(model, X, targets["linear"], loss=loss).ok


def test_the_twin_agrees_in_float64_and_keeps_what_is_frozen(examples):
    model = compiled(layers.Dense(4, "tanh"), layers.Dense(3))
    model.layers[0].trainable = False
    twin = float64_twin(model)
    assert {weight.dtype for weight in twin.weights} == {"float64"}
    W1, b1, W2, b2 = (np.float64(weight) for weight in model.get_weights())
    np.testing.assert_allclose(twin(examples[0]), np.tanh(examples[0] @ W1 + b1) @ W2 + b2, rtol=1e-13)
    assert len(twin.trainable_variables) == 2


class Subclassed(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(3)

    def call(self, x):
        return self.dense(x)


class NoConfig(layers.Layer):
    def __init__(self, factor):
        super().__init__()
        self.factor = factor

    def call(self, x):
        return self.factor * x


def test_models_that_cannot_be_checked_say_why(examples):
    X, targets = examples
    Y = targets["linear"]
    with pytest.raises(ValueError, match="expected a tfkit network or a Keras model, received str"):
        check_model_gradients("model", X, Y)
    with pytest.raises(ValueError, match="expected a model compiled with a loss"):
        check_model_gradients(keras.Sequential([keras.Input((5,)), layers.Dense(3)]), X, Y)
    with pytest.raises(ValueError, match="expected a model with weights"):
        check_model_gradients(keras.Sequential([layers.Dense(3)]), X, Y, loss="mse")
    subclassed = Subclassed()
    subclassed(X)
    with pytest.raises(ValueError, match="received the subclassed Subclassed, which cannot be cloned"):
        check_model_gradients(subclassed, X, Y, loss="mse")
    with pytest.raises(ValueError, match="write a get_config for your own layer"):
        check_model_gradients(compiled(layers.Dense(3), NoConfig(2.0)), X, Y)
    model = compiled(layers.Dense(3))
    with pytest.raises(ValueError, match="expected a target for each of 7 examples, received 6"):
        check_model_gradients(model, X, Y[:6])
    with pytest.raises(ValueError, match="expected finite numbers in X"):
        check_model_gradients(model, X * np.nan, Y)
    with pytest.raises(ValueError, match="expected a loss in float64"):
        check_model_gradients(model, X, Y, loss=lambda y, p: tf.cast(y - p, tf.float32) ** 2)
    model.trainable = False
    with pytest.raises(ValueError, match="expected trainable weights, received none"):
        check_model_gradients(model, X, Y)


def test_the_picture():
    gradients = {"w": [1, 0, 1], "b": 4.1, "c": -2.0}
    check = check_gradients(
        lambda p: np.maximum(p["w"], 0).sum() + p["b"] ** 2 + p["c"] * 2,
        {"w": [1, -1, 3e-6], "b": 2.0, "c": 1.0},
        gradients,
    )
    ax = plot_gradient_check(check)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["w", "b", "c"] and ax.get_xscale() == "log"
    notes = [text.get_text() for text in ax.texts]
    assert notes == ["kink", "it is 4.1, nudged 4", "it is -2, nudged 2"]
    markers = [line.get_marker() for line in ax.lines if line.get_marker() != "None"]
    assert markers == ["o", "X", "X"]
    assert plot_gradient_check(check, ax) is ax


@pytest.mark.parametrize("seed", range(12))
def test_many_kinks_raise_no_alarm_and_hide_no_mistake(seed):
    rng = np.random.default_rng(seed)
    net = NumpyNet(6, 12, 3, seed=seed, activation="relu")
    X, Y = rng.normal(size=(200, 6)) * [1, 1, 10, 0.1, 1, 1], rng.normal(size=(200, 3))
    assert check_model_gradients(net, X, Y, h=1e-4, max_entries=100).ok
    gradients = net.backward(X, Y)
    gradients["W1"][3, 5] += 1e-4 * np.linalg.norm(gradients["W1"])
    verdict = check_model_gradients(net, X, Y, h=1e-4, max_entries=100, gradients=gradients)["W1"]
    assert not verdict.ok and verdict.index == (3, 5)
