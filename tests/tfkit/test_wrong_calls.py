"""What strangers type by mistake, over the whole public list: each gets one line that says what to do instead.

The calls were written down before anybody looked at what they do.
"""

import re

import keras
import matplotlib

matplotlib.use("Agg")

import numpy as np
import pandas
import pytest

import tfkit

CALLS = r"""
tfkit.plot_los({"a": [1.0]})
tfkit.diagnos([1.0])
tfkit.Fit
tfkit.split(X)
tfkit.split(X, 0.2)
tfkit.split(iris)
tfkit.split(iris, 0.2)
tfkit.split(X, 0.2, seed=0)
tfkit.split((X, Y), 0.2, seed=0)
tfkit.split(X, Y, seed=0)
tfkit.split(X, Y, 0.2, seed=0)
tfkit.split(iris, 20, seed=0)
tfkit.split(iris, "0.2", seed=0)
tfkit.split(iris, 0.2, seed=0, stratify="class")
tfkit.split(iris, 0.2, seed=0, stratify=True)
tfkit.standardize(iris)
tfkit.standardize(iris.X, iris)
tfkit.standardize([1, 2, 3])
tfkit.standardize()
tfkit.fit(m)
tfkit.fit(m, iris)
tfkit.fit(m, iris, epochs=3)
tfkit.fit(net, X, Y)
tfkit.fit(X, Y, m)
tfkit.fit(m, X)
tfkit.fit(m, X.tolist(), Y.tolist())
tfkit.fit(m, X, Y, callbacks="early")
tfkit.fit(m, X, Y, callbacks=["early"])
tfkit.fit(m, X, Y, callbacks=keras.callbacks.EarlyStopping)
tfkit.fit(m, X, Y, validation_data=X)
tfkit.fit(m, X, Y, validation_data=iris)
tfkit.fit(m, X, Y, validation_data=(X,))
tfkit.fit(m, X, Y, validation_split=20)
tfkit.fit(m, X, Y[:, 0])
tfkit.fit(m, X[:10], Y)
tfkit.fit(m, X[:, :2], Y)
tfkit.fit(m, "data.csv", Y)
tfkit.fit(m, None, None)
tfkit.fit(model, X, Y)
tfkit.fit(model(compiled=False), X, Y)
tfkit.fit(m, X, Y, "10")
tfkit.fit(m, X, Y, epochs=1.5)
tfkit.fit(m, X, Y, epoch=3)
tfkit.fit(m, X, Y, learning_rate=0.1)
tfkit.fit(m, X, Y, shuffle="yes")
tfkit.fit(m, X, Y, class_weight=[1, 2, 3])
tfkit.fit(m, X, Y, class_weight="balanced")
tfkit.fit(m, X, Y, sample_weight=2.0)
tfkit.fit(m, X, Y, seed="a")
tfkit.fit(m, np.array([["a"]*4]*20), Y)
tfkit.fit(m, iris.frame, Y)
tfkit.sweep(m, X, Y, 3, 10, seed=0, learning_rate=[0.1, 0.2])
tfkit.sweep(net, iris, 3, 10, seed=0, learning_rate=[0.1, 0.2])
tfkit.sweep(net, X, Y, learning_rate=[0.1], seed=0)
tfkit.sweep(net, X, Y, 3, 10, seed=0)
tfkit.sweep(net, X, Y, 3, 10, seed=0, learning_rate=[])
tfkit.sweep([], X, Y, 3, 10, seed=0, learning_rate=[0.1])
tfkit.sweep([m, m], X, Y, 3, 10, seed=0, learning_rate=0.1)
tfkit.sweep(net, X, Y, 3, 10, seed=0, learning_rate="0.1")
tfkit.sweep(net, X, Y, 3, 10, seed=0, learning_rate=[0.1, -1])
tfkit.sweep(net, X, Y, 3, 10, seed=0, learning_rate=["a"])
tfkit.sweep(tfkit.NumpyNet(4,5,3,seed=0), X, Y, 3, 10, seed=0, learning_rate=[.1])
tfkit.plot_sweep(hist)
tfkit.plot_sweep([0.1, 0.2])
tfkit.plot_sweep(None)
tfkit.plot_sweep(res, epochs=[0])
tfkit.plot_history(res)
tfkit.plot_history()
tfkit.plot_history(3.0)
tfkit.plot_history(hist, "overfitting")
tfkit.plot_history(iris)
tfkit.plot_history([hist, hist])
tfkit.plot_history({"a": hist})
tfkit.plot_losses(hist)
tfkit.plot_losses([hist, hist])
tfkit.plot_losses({"a": "b"})
tfkit.plot_losses({"a": 1.0})
tfkit.plot_losses({"a": None})
tfkit.plot_losses({"a": hist}, "log")
tfkit.plot_losses({"a": res})
tfkit.diagnose(res)
tfkit.diagnose(iris)
tfkit.diagnose(3)
tfkit.diagnose([hist, hist])
tfkit.diagnose({"a": hist})
tfkit.diagnose({"accuracy": [0.1, 0.2]})
tfkit.diagnose([[1.0, 2.0], [0.5, 1.0]])
tfkit.diagnose(hist, baseline="ln 3")
tfkit.moving_average("abc", 3)
tfkit.moving_average([1, 2, 3])
tfkit.moving_average([1, 2, 3], 2.5)
tfkit.moving_average(hist, 3)
tfkit.moving_average(None, 3)
tfkit.check_data("iris.csv")
tfkit.check_data([[1, "a"]])
tfkit.check_data([])
tfkit.check_splits(iris)
tfkit.check_splits(X, Y)
tfkit.check_splits(train=iris)
tfkit.check_initial_loss(X, Y, m)
tfkit.check_initial_loss(m, iris, None)
tfkit.check_initial_loss(net, X, Y)
tfkit.check_initial_loss(m, X, Y[:5])
tfkit.check_initial_loss(model(compiled=False), X, Y)
tfkit.expected_initial_loss("10")
tfkit.expected_initial_loss(iris)
tfkit.overfit_tiny_batch(m, iris, None, seed=0)
tfkit.overfit_tiny_batch(model(compiled=False), X, Y, seed=0)
tfkit.overfit_tiny_batch(m, X, Y)
tfkit.overfit_tiny_batch(net, X, Y, seed=0)
tfkit.activation_statistics(net, X)
tfkit.activation_statistics(m, iris)
tfkit.activation_statistics(m)
tfkit.plot_activations(m)
tfkit.plot_activations(frame)
tfkit.plot_activations(None)
tfkit.plot_gradient_check(m)
tfkit.plot_gradient_check(True)
tfkit.plot_graph(3.0)
tfkit.plot_graph(m)
tfkit.plot_graph(None)
tfkit.plot_roc([0, 1, 1], [0.2, 0.7])
tfkit.plot_roc(Y, Y)
tfkit.plot_roc([0, 1], ["a", "b"])
tfkit.plot_roc([1, 1], [0.2, 0.7])
tfkit.plot_roc(["ill", "well"], [0.2, 0.7])
tfkit.plot_roc([0, 1], [0.2, np.nan])
tfkit.plot_roc([0, 1], [0.2, 0.7], points=[0.5])
tfkit.plot_roc([0, 1], [0.2, 0.7], points={"a": 0.5})
tfkit.plot_roc([0, 1], [0.2, 0.7], clinicians="x")
tfkit.plot_calibration([0, 1], [2.0, 3.0])
tfkit.plot_calibration([0, 1], [0.2, 0.7], bins="ten")
tfkit.plot_confusion([0, 1, 1], [0, 1, 0])
tfkit.plot_confusion([[1, 2], [3]])
tfkit.plot_confusion("a")
tfkit.plot_confusion([[1, 2], [3, 4]], class_names=5)
tfkit.check_gradients(m)
tfkit.check_gradients(3, {"w": 1.0}, {"w": 1.0})
tfkit.check_gradients(lambda p: p["w"], {"w": 1.0}, {"v": 1.0})
tfkit.check_gradients(lambda p: "a", {"w": 1.0}, {"w": 1.0})
tfkit.check_model_gradients(m, iris, None)
tfkit.check_model_gradients(model(compiled=False), X, Y)
tfkit.numeric_gradient(3, 1.0)
tfkit.numeric_gradient(lambda x: x, [1.0, 2.0])
tfkit.numeric_gradient(lambda x: x.sum(), "a")
tfkit.numeric_gradient(lambda x: x.sum())
tfkit.relative_error([1.0], [1.0, 2.0])
tfkit.relative_error("a", [1.0])
tfkit.relative_error([1.0])
tfkit.nudge(3.0)
tfkit.nudge(lambda x: x)
tfkit.nudge(lambda x: x, "a")
tfkit.Value("a")
tfkit.Value([1.0])
tfkit.Value(1.0) + "a"
tfkit.Value(0.0) ** -1
tfkit.TwoLayerNet(4, 5, 3)
tfkit.TwoLayerNet(4, 5, seed=0)
tfkit.TwoLayerNet("4", 5, 3, seed=0)
tfkit.TwoLayerNet(4, 5, 3, seed=0, activation="gelu")
tfkit.TwoLayerNet(4, 5, 3, seed=0, activation=keras.activations.relu)
net.fit(iris, 3, 10, seed=0, learning_rate=0.1)
net.fit(X, Y, 3, 10)
net.fit(X, Y)
net.fit(X, Y, 3, 10, seed=0)
net.fit(X, Y, 3, 10, seed=0, learning_rate="fast")
net.fit(X, Y, 3, 10, seed=0, optimizer="adam")
net.fit("a", Y, 3, 10, seed=0, learning_rate=0.1)
net.fit([[1, "a"]], Y, 3, 10, seed=0, learning_rate=0.1)
net.fit([[1, 2], [3]], Y, 3, 10, seed=0, learning_rate=0.1)
net.fit(None, Y, 3, 10, seed=0, learning_rate=0.1)
net.forward(iris)
net.forward("a")
net.forward([1, 2, 3, 4])
net.loss(X, None)
net.loss(X, Y[:, 0])
tfkit.NumpyNet.from_params([1])
tfkit.NumpyNet.from_params({"W1": "a", "b1": 1, "W2": 1, "b2": 1})
tfkit.SequentialNet(4, 5, 3, seed=0).forward("a")
tfkit.NumpyNet(4, 5, 3, seed=0).loss(X, "a")
tfkit.lsuv(m)
tfkit.lsuv(net, X)
tfkit.lsuv(m, iris)
tfkit.Maxout(0)
tfkit.Maxout("a")
keras.Sequential([keras.Input((5,)), tfkit.Maxout(3, 0)])
tfkit.average_predictions(m, X)
tfkit.average_predictions([])
tfkit.average_predictions([m, 3], X)
tfkit.average_predictions([X, X[:3]])
tfkit.snapshot_ensemble(m, X, Y)
tfkit.snapshot_ensemble(net, X, Y, 2, 2, seed=0)
tfkit.predict_with_augmentation(m, X)
tfkit.predict_with_augmentation(m, X, ["flip"])
tfkit.ten_crop(X, 3)
tfkit.ten_crop(np.zeros((2, 8, 8, 1)), 9)
tfkit.ten_crop("a", 3)
tfkit.tune(m, X, Y)
tfkit.tune(lambda hp: 3, X, Y)
tfkit.tune("a", objective="val_loss")
tfkit.TrialModel(3)
tfkit.search_together()
tfkit.search_together("10_search.py", 3)
tfkit.InverseSqrtDecay()
tfkit.InverseSqrtDecay("a", 3)
tfkit.InverseSqrtDecay(0.1, -3)
tfkit.linear_scaling("a", 32)
tfkit.linear_scaling(0.1)
tfkit.linear_scaling(0.1, 0)
tfkit.soft_dice(Y, Y[:5])
tfkit.soft_dice("a", "b")
tfkit.SoftDice()(Y, Y[:5])
tfkit.load_iris("test")
tfkit.make_lesions()
tfkit.make_lesions("a", seed=0)
tfkit.make_lesions(-3, seed=0)
tfkit.make_fundus()
tfkit.make_fundus(0, seed=0)
tfkit.make_fundus(3, seed=0, graders="two")
tfkit.make_chest_xrays(3)
tfkit.make_chest_xrays(2.5, seed=0)
tfkit.picture(3)
tfkit.picture("a")
tfkit.activations.relu("a")
tfkit.metrics.auc([0, 1], [1])
tfkit.metrics.operating_point([0, 1], [0.1, 0.9])
tfkit.metrics.nothing
tfkit.History.of_losses(3)
tfkit.History.of_losses("abc")
tfkit.search.grid([1], 3)
tfkit.search.random_search({"a": (0, 1)}, 3, 0)
tfkit.search.coarse_to_fine(3)
"""

#: Ours say what was expected, what came and often what to write; a name that does not exist gets a suggestion. Python's
#: own line for a missing or unknown argument names function and argument, and says enough.
CLEAR = re.compile(
    r"expected .+, received .+|.+ has no '\w+'; (did you mean|dir\().+|"
    r"[\w.]+\(\) (missing|got an unexpected keyword argument|takes) .+"
)


@pytest.fixture(scope="module")
def names():
    """What the calls are made with."""
    rng = np.random.default_rng(0)
    X, Y = rng.normal(size=(20, 4)), np.eye(3)[rng.integers(3, size=20)]

    def model(compiled=True):
        layers = [keras.layers.Dense(8, "relu"), keras.layers.Dense(3, "softmax")]
        made = keras.Sequential([keras.Input((4,)), *layers])
        if compiled:
            made.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
        return made

    m, net = model(), tfkit.TwoLayerNet(4, 5, 3, seed=0)
    hist = m.fit(X, Y, epochs=2, verbose=0)
    res = tfkit.sweep(net, X, Y, 3, 10, seed=0, learning_rate=[0.01, 0.1])
    frame = pandas.DataFrame({"loss": [1.0, 0.5, 0.3]})
    known = {"X": X, "Y": Y, "model": model, "m": m, "net": net, "hist": hist, "res": res, "frame": frame}
    return known | {"iris": tfkit.load_iris(), "tfkit": tfkit, "keras": keras, "np": np}


@pytest.mark.parametrize("call", CALLS.strip().splitlines())
def test_a_wrong_call_gets_one_clear_line(call, names):
    with pytest.raises((ValueError, TypeError, AttributeError)) as caught:
        eval(call, dict(names))
    message = str(caught.value)
    assert CLEAR.fullmatch(message), message
    assert len(message) < 330
    assert "object at 0x" not in message and "array([" not in message


def test_every_function_of_the_list_is_called():
    names = [name for name in tfkit.__all__ if callable(getattr(tfkit, name))]
    shown = {
        "ChestXRays",
        "Diagnosis",
        "Finding",
        "Fundus",
        "GradientCheck",
        "InitialLoss",
        "Lesions",
        "Nudge",
        "Nudges",
        "Problem",
        "Problems",
        "SharedTrial",
    }
    shown |= {"Dataset", "SearchResult", "SnapshotEnsemble", "SweepResult", "TensorVerdict"}  # what is returned
    loads = {name for name in names if name.startswith("load_")}
    warned = {"FitFallbackWarning", "NonFiniteLossWarning"}
    assert not [name for name in names if f"tfkit.{name}" not in CALLS and name not in shown | loads | warned]


def test_close_names_are_suggested():
    with pytest.raises(AttributeError, match=r"tfkit has no 'plot_los'; did you mean tfkit.plot_losses\?"):
        tfkit.plot_los  # noqa: B018
    with pytest.raises(AttributeError, match=r"did you mean tfkit.metrics.roc_curve\?"):
        tfkit.roc_curve  # noqa: B018
    assert not hasattr(tfkit, "__wrapped__")


def test_lists_of_numbers_train_a_network_as_arrays_do():
    X, Y = [[0.0, 1.0], [1.0, 2.0]], [[1.0], [3.0]]
    for kind in (tfkit.NumpyNet, tfkit.TwoLayerNet):
        first, second = (kind(2, 3, 1, seed=0) for _ in range(2))
        fit = {"epochs": 3, "batch_size": 2, "seed": 0, "learning_rate": 0.1}
        assert first.fit(X, Y, **fit).losses == second.fit(np.array(X), np.array(Y), **fit).losses


@pytest.mark.parametrize("kind", [tfkit.NumpyNet, tfkit.TwoLayerNet, tfkit.SequentialNet])
def test_all_three_networks_warn_when_the_loss_is_not_finite(kind):
    X = np.linspace(-1, 1, 8)[:, None]
    with (
        np.errstate(all="ignore"),
        pytest.warns(tfkit.NonFiniteLossWarning, match=r"the loss of epoch \d+ is (nan|inf)"),
    ):
        history = kind(1, 3, 1, seed=0, activation="relu").fit(X, X, 60, 2, seed=0, learning_rate=1e6)
    assert len(history.losses) == 60


def test_a_sweep_says_its_best_rate():
    X = np.linspace(-1, 1, 8)[:, None]
    net = tfkit.TwoLayerNet(1, 3, 1, seed=0)
    text = str(tfkit.sweep(net, X, X, 60, 2, seed=0, learning_rate=[1e-3, 0.1, 1e9]))
    assert text.splitlines()[0].startswith(
        "3 networks, trained for 60 epochs; the best learning rate is 0.1, with a loss of"
    )
    assert "diverged" in text and "best" in text.splitlines()[-2]
    assert "it is the lowest one that was tried, so try lower ones, too" in str(
        tfkit.sweep(net, X, X, 20, 2, seed=0, learning_rate=[0.1, 1e4])
    )
    lost = str(tfkit.sweep(net, X, X, 60, 2, seed=0, learning_rate=[1e9, 1e10]))
    assert lost == "2 networks, trained for 60 epochs; all of them diverged, so try learning rates below 1e+09"
