"""`tfkit.fit` trains every architecture of the course as `model.fit` does."""

import keras
import numpy as np
import pytest
import tensorflow as tf

import tfkit
from tfkit import relative_error
from tfkit.training._orders import orders_of

pytestmark = pytest.mark.turns(4)
layers, losses, metrics, optimizers = keras.layers, keras.losses, keras.metrics, keras.optimizers


def build(model_layers, optimizer, loss, **compiled):
    model = keras.Sequential(model_layers())
    model.compile(optimizer(), loss, jit_compile=False, **compiled)
    return model


def two_layers():
    return [keras.Input((6,)), layers.Dense(3, "sigmoid"), layers.Dense(1)]


def classifier():
    return [keras.Input((6,)), layers.Dense(128, "relu"), layers.Dense(3, "softmax")]


def regularized():
    return [
        layers.Dense(16, "relu", kernel_regularizer=keras.regularizers.L2(0.01)),
        layers.BatchNormalization(),
        layers.Dropout(0.3, seed=3),
        layers.Dense(3),
    ]


def convolutions():
    return [
        keras.Input((6,)),
        layers.Reshape((3, 2, 1)),
        layers.Conv2D(4, 2, padding="same", activation="relu"),
        layers.MaxPooling2D((2, 1)),
        layers.Flatten(),
        layers.Dense(3, "softmax"),
    ]


def decaying_momentum():
    return optimizers.SGD(keras.optimizers.schedules.ExponentialDecay(0.1, 5, 0.9), momentum=0.9, nesterov=True)


ACCURACY = {"metrics": [metrics.CategoricalAccuracy, lambda: metrics.AUC(name="auc")]}
#: name: layers, optimizer, loss, metrics, kind of target, arguments of fit
COURSE = {
    "regression": (two_layers, lambda: optimizers.SGD(0.1), "mse", {"metrics": [metrics.MeanAbsoluteError]}, "y", {}),
    "mlp": (
        classifier,
        optimizers.Adam,
        "categorical_crossentropy",
        {"metrics": [metrics.CategoricalAccuracy]},
        "one_hot",
        {"validation_split": 0.2},
    ),
    "regularized": (regularized, optimizers.RMSprop, "from_logits", {}, "label", {"validation_split": 0.3}),
    "convolutions": (convolutions, optimizers.Adam, "sparse_categorical_crossentropy", {}, "label", {}),
    "multi-label": (two_layers, optimizers.Adagrad, "binary_crossentropy", {}, "labels", {}),
    "class weights": (classifier, decaying_momentum, "categorical_crossentropy", {}, "one_hot", {"class_weight"}),
    "sample weights": (classifier, optimizers.AdamW, "categorical_crossentropy", ACCURACY, "one_hot", {"weights"}),
}


@pytest.fixture
def data(rng):
    """53 examples: no multiple of the batch size."""
    X = rng.normal(size=(53, 6))
    label = rng.integers(0, 3, 53)
    return {
        "X": X,
        "y": X[:, :1] ** 2,
        "label": label,
        "one_hot": np.eye(3)[label],
        "labels": (rng.random((53, 1)) < 0.4).astype(float),
        "weights": rng.uniform(0.5, 2, size=53),
    }


@pytest.fixture
def twins(data):
    """Two models with the same weights, and the arguments with which both are trained."""

    def make(name):
        build_layers, optimizer, loss, compiled, target, options = COURSE[name]
        if options == {"class_weight"}:
            options = {"class_weight": {0: 0.5, 2: 3.0}}
        elif options == {"weights"}:
            options = {
                "sample_weight": data["weights"],
                "validation_data": (data["X"][:9], data["one_hot"][:9], data["weights"][:9]),
            }
        pair = []
        for _ in range(2):
            keras.utils.set_random_seed(5)
            if loss == "from_logits":
                loss = losses.SparseCategoricalCrossentropy(from_logits=True)
            made = {key: [metric() for metric in value] for key, value in compiled.items()}
            pair.append(build(build_layers, optimizer, loss, **made))
        return *pair, {"x": data["X"], "y": data[target], "epochs": 3, "batch_size": 10, "verbose": 0, **options}

    return make


def assert_same_training(ours, theirs, a, b, tolerance=2e-6):
    assert list(ours.history) == list(theirs.history)
    assert ours.epoch == theirs.epoch
    for name, values in theirs.history.items():
        np.testing.assert_allclose(ours.history[name], values, rtol=10 * tolerance, atol=tolerance, err_msg=name)
    for left, right in zip(a.get_weights(), b.get_weights(), strict=True):
        assert relative_error(left, right) < 10 * tolerance


@pytest.mark.parametrize("name", COURSE)
def test_same_history_and_weights_as_keras(name, twins):
    a, b, options = twins(name)
    theirs = b.fit(shuffle=False, **options)
    ours = tfkit.fit(a, shuffle=False, **options)
    assert_same_training(ours, theirs, a, b)
    assert a.history is ours and isinstance(ours, keras.callbacks.History)


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in COURSE if name != "regularized"])
def test_the_same_under_xla(name, twins):
    """All but dropout, for which XLA draws other numbers."""
    a, b, options = twins(name)
    theirs = b.fit(shuffle=False, **options)
    assert_same_training(tfkit.fit(a, shuffle=False, jit_compile=True, **options), theirs, a, b, 1e-5)


def test_what_keras_itself_reports_afterwards(twins):
    """Trained by the program, the model still predicts, evaluates, trains further and is saved by Keras."""
    a, _, options = twins("mlp")
    history = tfkit.fit(a, shuffle=False, **options)
    tail = a.evaluate(options["x"][42:], options["y"][42:], verbose=0, return_dict=True)
    assert tail["loss"] == pytest.approx(history.history["val_loss"][-1], rel=1e-5)
    further = a.fit(**options).history["loss"]
    assert further[0] < history.history["loss"][0]


def test_a_saved_model_holds_nothing_of_the_program(twins, tmp_path):
    a, _, options = twins("mlp")
    tfkit.fit(a, **options)
    a.save(tmp_path / "a.keras")
    loaded = keras.models.load_model(tmp_path / "a.keras")
    X = options["x"]
    np.testing.assert_array_equal(loaded.predict(X, verbose=0), a.predict(X, verbose=0))
    tfkit.fit(loaded, **options)


def test_two_inputs_two_outputs(rng):
    X = {"left": rng.normal(size=(23, 2)), "right": rng.normal(size=(23, 3))}
    Y = {"sum": rng.normal(size=(23, 1)), "sign": (rng.random((23, 1)) < 0.5).astype(float)}

    def make():
        keras.utils.set_random_seed(3)
        inputs = {name: keras.Input((array.shape[1],), name=name) for name, array in X.items()}
        hidden = layers.Dense(4, "tanh")(layers.Concatenate()(list(inputs.values())))
        outputs = {"sum": layers.Dense(1, name="sum")(hidden), "sign": layers.Dense(1, "sigmoid", name="sign")(hidden)}
        model = keras.Model(inputs, outputs)
        model.compile("sgd", {"sum": "mse", "sign": "binary_crossentropy"}, metrics={"sign": ["accuracy"]})
        return model

    a, b = make(), make()
    options = {"epochs": 2, "batch_size": 8, "shuffle": False, "sample_weight": rng.uniform(1, 2, 23), "verbose": 0}
    assert_same_training(tfkit.fit(a, X, Y, **options), b.fit(X, Y, **options), a, b)


def test_a_model_with_a_train_step_of_its_own(data):
    class Doubled(keras.Sequential):
        def train_step(self, batch):
            super().train_step(batch)
            return super().train_step(batch)

    a, b = (Doubled([keras.Input((6,)), layers.Dense(1, kernel_initializer="zeros")]) for _ in range(2))
    for model in (a, b):
        model.compile(optimizers.SGD(0.01), "mse")
    options = {"epochs": 2, "batch_size": 10, "shuffle": False, "verbose": 0}
    assert_same_training(tfkit.fit(a, data["X"], data["y"], **options), b.fit(data["X"], data["y"], **options), a, b)


@pytest.mark.parametrize("batch_size", [1, 3, 7, 100])
def test_orders_visit_each_example_once(batch_size):
    starts = range(0, 7, batch_size)
    for shuffle in (True, False, "batch"):
        orders = orders_of(7, batch_size, shuffle, np.random.default_rng(0))(40)
        assert (np.sort(orders, axis=1) == np.arange(7)).all()
        batches = [np.sort(orders[:, start : start + batch_size], axis=1) for start in starts]
        stay = all((batch == batch[0]).all() for batch in batches)
        assert stay == (shuffle in (False, "batch") or batch_size >= 7)
        assert (orders == np.arange(7)).all() == (shuffle is False or (shuffle == "batch" and batch_size == 1))


def test_orders_do_not_depend_on_how_many_are_drawn_at_once():
    draws = [orders_of(9, 4, True, np.random.default_rng(3)) for _ in range(2)]
    parts = np.concatenate([draws[1](count) for count in (1, 4, 2)])
    np.testing.assert_array_equal(draws[0](7), parts)


def test_same_seed_same_training_and_another_seed_another(twins):
    records = []
    for seed in (1, 1, 2):
        a, _, options = twins("mlp")
        records.append(tfkit.fit(a, seed=seed, **options).history["loss"])
    assert records[0] == records[1] != records[2]
    for _ in range(2):
        a, _, options = twins("mlp")  # makes NumPy's global generator start anew
        records.append(tfkit.fit(a, **options).history["loss"])
    assert records[3] == records[4]


def test_shuffled_training_follows_the_orders_of_the_seed(data):
    """The batches of the seed's orders, given to Keras one by one, lead to the same weights."""
    a, b = (build(two_layers, lambda: optimizers.SGD(0.1), "mse") for _ in range(2))
    b.set_weights(a.get_weights())
    tfkit.fit(a, data["X"], data["y"], epochs=2, batch_size=10, seed=8)
    rng = np.random.default_rng(8)
    for _ in range(2):
        order = rng.permutation(53)
        for start in range(0, 53, 10):
            rows = order[start : start + 10]
            b.train_on_batch(data["X"][rows], data["y"][rows])
    for left, right in zip(a.get_weights(), b.get_weights(), strict=True):
        assert relative_error(left, right) < 1e-5


def test_a_second_fit_traces_nothing_and_goes_on(twins):
    a, b, options = twins("mlp")
    traced = []
    step = a.train_step
    a.train_step = lambda batch: traced.append(1) or step(batch)
    first = tfkit.fit(a, shuffle=False, **options)
    n = len(traced)
    second = tfkit.fit(a, shuffle=False, **options | {"epochs": 7, "initial_epoch": 3})
    assert n == len(traced) > 0
    assert (first.epoch, second.epoch) == ([0, 1, 2], [3, 4, 5, 6])
    theirs = b.fit(shuffle=False, **options | {"epochs": 7})
    np.testing.assert_allclose(first.history["loss"] + second.history["loss"], theirs.history["loss"], rtol=1e-5)


def test_compile_and_freezing_are_noticed(twins):
    a, _, options = twins("mlp")
    tfkit.fit(a, **options)
    a.compile(optimizers.SGD(0.0), "categorical_crossentropy", metrics=["mae"])
    before = a.get_weights()
    assert list(tfkit.fit(a, **options).history) == ["loss", "mae", "val_loss", "val_mae"]
    assert all((left == right).all() for left, right in zip(before, a.get_weights(), strict=True))
    a.layers[0].trainable = False
    a.compile(optimizers.SGD(0.5), "categorical_crossentropy")
    tfkit.fit(a, **options)
    same = [bool((left == right).all()) for left, right in zip(before, a.get_weights(), strict=True)]
    assert same == [True, True, False, False]


def test_tables_tensors_and_integers_are_data_too(data):
    import pandas

    kinds = [
        data["X"],
        data["X"].astype(np.float32),
        tf.constant(data["X"]),
        pandas.DataFrame(data["X"]),
    ]
    targets = [data["label"], data["label"].astype(np.int32), tf.constant(data["label"]), pandas.Series(data["label"])]
    records = []
    for X, y in zip(kinds, targets, strict=True):
        keras.utils.set_random_seed(0)
        model = build(classifier, optimizers.Adam, "sparse_categorical_crossentropy")
        records.append(tfkit.fit(model, X, y, epochs=2, batch_size=16, seed=0).history["loss"])
    assert all(record == records[0] for record in records)


def test_lecture_network_learns_a_line():
    keras.utils.set_random_seed(0)
    X = np.linspace(-1, 1, 40)[:, None]
    model = keras.Sequential([keras.Input((1,)), layers.Dense(1)])
    model.compile(optimizers.SGD(0.1), "mse")
    losses = tfkit.fit(model, X, 2 * X + 1, epochs=200, batch_size=8, seed=0).history["loss"]
    kernel, bias = model.get_weights()
    assert losses[-1] < 1e-8
    assert (float(kernel[0, 0]), float(bias[0])) == (pytest.approx(2, abs=1e-4), pytest.approx(1, abs=1e-4))
