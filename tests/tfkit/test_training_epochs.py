"""What happens between epochs: callbacks, validation, Ctrl-C, losses that are no numbers, and handing over to Keras."""

import signal
import threading
import warnings

import keras
import numpy as np
import pytest
import tensorflow as tf

import tfkit
from tfkit._progress import EpochProgress
from tfkit.training import _fallback
from tfkit.training._loop import run_epochs

pytestmark = pytest.mark.turns(3)

callbacks = keras.callbacks


@pytest.fixture
def data(rng):
    X = rng.normal(size=(23, 4))
    return X, X[:, :1] * X[:, 1:2]


@pytest.fixture
def make():
    def make(learning_rate=0.05, **options):
        keras.utils.set_random_seed(2)
        model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(5, "tanh"), keras.layers.Dense(1)])
        model.compile(keras.optimizers.SGD(learning_rate), "mse", **{"jit_compile": False, **options})
        return model

    return make


@pytest.fixture
def anew(monkeypatch):
    """Reasons that were given before, by other tests, are given again."""
    monkeypatch.setattr(_fallback, "_said", set())


class Diary(callbacks.Callback):
    """Writes down every call."""

    def __init__(self):
        super().__init__()
        self.calls = []

    def on_train_begin(self, logs=None):
        self.calls.append(("begin", self.params["epochs"], self.params["steps"]))

    def on_epoch_begin(self, epoch, logs=None):
        self.calls.append(("epoch", epoch, float(self.model.optimizer.iterations)))

    def on_epoch_end(self, epoch, logs=None):
        self.calls.append(("end", epoch, sorted(logs), float(self.model.optimizer.iterations)))

    def on_train_end(self, logs=None):
        self.calls.append(("over", sorted(logs)))


def test_callbacks_are_called_as_by_keras(make, data):
    diaries = [Diary(), Diary()]
    options = {"epochs": 3, "batch_size": 8, "validation_split": 0.3, "validation_freq": 2, "verbose": 0}
    make().fit(*data, callbacks=[diaries[0]], **options)
    tfkit.fit(make(), *data, callbacks=[diaries[1]], **options)
    assert diaries[0].calls == diaries[1].calls


@pytest.mark.parametrize("frequency", [2, [1, 4]])
def test_validation_of_some_epochs(make, data, frequency):
    options = {"epochs": 5, "batch_size": 8, "validation_split": 0.3, "validation_freq": frequency, "shuffle": False}
    theirs = make().fit(*data, verbose=0, **options).history
    ours = tfkit.fit(make(), *data, **options).history
    assert len(ours["loss"]) == 5 and len(ours["val_loss"]) == 2
    for name in theirs:
        np.testing.assert_allclose(ours[name], theirs[name], rtol=1e-5)


CALLBACKS = {
    "early stopping": lambda: callbacks.EarlyStopping("loss", patience=1, min_delta=0.05, restore_best_weights=True),
    "plateau": lambda: callbacks.ReduceLROnPlateau("loss", factor=0.1, patience=1, min_delta=0.05),
    "scheduler": lambda: callbacks.LearningRateScheduler(lambda epoch, rate: rate * 0.7),
    "lambda": lambda: callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: None),
    "nan": callbacks.TerminateOnNaN,
}


@pytest.mark.parametrize("name", CALLBACKS)
def test_keras_callbacks_do_what_they_do_in_fit(name, make, data):
    models, histories = [make(0.2), make(0.2)], []
    options = {"epochs": 8, "batch_size": 8, "shuffle": False, "verbose": 0}
    histories.append(models[0].fit(*data, callbacks=[CALLBACKS[name]()], **options))
    histories.append(tfkit.fit(models[1], *data, callbacks=[CALLBACKS[name]()], **options))
    assert histories[0].epoch == histories[1].epoch
    for key, values in histories[0].history.items():
        np.testing.assert_allclose(histories[1].history[key], values, rtol=1e-4, err_msg=key)
    for left, right in zip(*(model.get_weights() for model in models), strict=True):
        np.testing.assert_allclose(left, right, rtol=1e-4, atol=1e-6)


def test_checkpoints_hold_the_weights_of_their_epoch(make, data, tmp_path):
    weights = []
    keep = callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: weights.append(model.get_weights()))
    model = make()
    checkpoint = callbacks.ModelCheckpoint(tmp_path / "{epoch}.weights.h5", save_weights_only=True)
    tfkit.fit(model, *data, epochs=3, callbacks=[checkpoint, keep], seed=0)
    for epoch in range(3):
        model.load_weights(tmp_path / f"{epoch + 1}.weights.h5")
        for left, right in zip(model.get_weights(), weights[epoch], strict=True):
            np.testing.assert_array_equal(left, right)
    assert not np.array_equal(weights[0][0], weights[2][0])


def test_epochs_one_by_one_and_in_one_call_are_the_same(make, data):
    """A callback at the end of every epoch makes the program return there, and changes nothing else."""
    losses = [
        tfkit.fit(make(), *data, epochs=30, batch_size=8, seed=1, callbacks=called).history["loss"]
        for called in (None, [callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: None)])
    ]
    assert losses[0] == losses[1]


@pytest.mark.parametrize("jit_compile", [False, True])
def test_a_loss_that_is_no_number_ends_the_training(make, data, jit_compile):
    model = make(1e20)
    with pytest.warns(tfkit.NonFiniteLossWarning, match=r"the loss of epoch \d is (nan|inf).*smaller learning_rate"):
        history = tfkit.fit(model, *data, epochs=500, seed=0, jit_compile=jit_compile)
    losses = history.history["loss"]
    assert np.isfinite(losses[:-1]).all() and not np.isfinite(losses[-1])
    assert float(model.optimizer.iterations) == len(losses) < 10  # one batch an epoch


def test_keras_goes_on_and_so_do_we_if_told(make, data):
    history = tfkit.fit(make(1e20), *data, epochs=12, seed=0, stop_on_nonfinite=False)
    assert len(history.epoch) == 12 and np.isnan(history.history["loss"][-1])


@pytest.fixture
def ctrl_c():
    """Ctrl-C raises KeyboardInterrupt, also in a background job, which a shell starts with SIGINT ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_ctrl_c_keeps_every_epoch_that_was_trained(make, data, ctrl_c):
    model, began = make(), threading.Event()

    def press():
        began.wait(60)
        signal.raise_signal(signal.SIGINT)

    class Began(callbacks.Callback):  # once the program has been compiled
        def on_train_begin(self, logs=None):
            threading.Timer(0.3, began.set).start()

    presser = threading.Thread(target=press)
    presser.start()
    with pytest.raises(KeyboardInterrupt):
        tfkit.fit(model, *data, epochs=10_000_000, seed=0, jit_compile=False, callbacks=[Began()])
    presser.join()
    assert 0 < len(model.history.epoch) == float(model.optimizer.iterations)
    assert len(model.history.history["loss"]) == len(model.history.epoch)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_training_in_another_thread(make, data):
    histories = []
    thread = threading.Thread(target=lambda: histories.append(tfkit.fit(make(), *data, epochs=2, seed=0)))
    thread.start()
    thread.join()
    assert histories[0].epoch == [0, 1]


def test_calls_grow_to_some_tenths_of_a_second(monkeypatch):
    now = [0.0]
    monkeypatch.setattr("tfkit.training._loop.time.perf_counter", lambda: now[0])
    sizes = []

    def call(epoch, count):
        now[0] += 0.004 * count
        sizes.append(count)
        return count, {}

    run_epochs(call, lambda *_: False, 0, 1000, most=500)
    assert sum(sizes) == 1000
    assert sizes[:3] == [1, 8, 64] and set(sizes[3:-1]) <= {74, 75}


PIPELINE = "x is a {}, not an array in memory"


def fallbacks(X, Y):
    return {
        "data set": (
            {"x": tf.data.Dataset.from_tensor_slices((X, Y)).batch(8), "y": None},
            PIPELINE.format("_BatchDataset"),
        ),
        "generator": (
            {"x": ((X[:8], Y[:8]) for _ in range(10)), "y": None, "steps_per_epoch": 2},
            PIPELINE.format("generator"),
        ),
        "batch hook": (
            {"callbacks": [callbacks.LambdaCallback(on_train_batch_end=lambda batch, logs: None)]},
            r"LambdaCallback acts on every batch \(on_train_batch_end\)",
        ),
        "steps": ({"steps_per_epoch": 1}, "steps_per_epoch and validation_steps cut epochs short"),
        "validation": (
            {"validation_data": tf.data.Dataset.from_tensor_slices((X, Y)).batch(8)},
            "validation_data is a _BatchDataset, not an array in memory",
        ),
    }


@pytest.mark.parametrize("name", ["data set", "generator", "batch hook", "steps", "validation"])
def test_what_the_program_cannot_do_keras_does(name, make, data, anew):
    changed, reason = fallbacks(*data)[name]
    options = {"x": data[0], "y": data[1], "epochs": 2, "batch_size": 8, "shuffle": False} | changed
    with pytest.warns(tfkit.FitFallbackWarning, match=rf"^{reason}, so model\.fit trained the model instead"):
        history = tfkit.fit(make(), **options)
    assert len(history.history["loss"]) == 2
    if name != "generator":
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # said once
            tfkit.fit(make(), **options)


def test_eager_models_and_logs_of_ones_own_are_left_to_keras(make, data, anew):
    with pytest.warns(tfkit.FitFallbackWarning, match="run_eagerly=True"):
        tfkit.fit(make(run_eagerly=True), *data)

    class Chatty(keras.Sequential):
        def train_step(self, batch):
            return {**super().train_step(batch), "answer": 42.0}

    model = Chatty([keras.Input((4,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse", jit_compile=False)
    with pytest.warns(tfkit.FitFallbackWarning, match="train_step returns answer, loss, which are not the model's"):
        assert tfkit.fit(model, *data).history["answer"] == [42.0]


def test_an_operation_that_xla_lacks_is_run_without_it(data):
    """Under `jit_compile=None`; asked for by name, XLA's refusal is shown."""

    class Unsorted(keras.layers.Layer):
        def call(self, x):
            return x + 0 * tf.cast(tf.unique(tf.reshape(x, [-1]))[1][0], x.dtype)

    model = keras.Sequential([keras.Input((4,)), Unsorted(), keras.layers.Dense(1)])
    model.compile("sgd", "mse", jit_compile=False)
    history = tfkit.fit(model, *data, epochs=20_000, batch_size=23, callbacks=[StopAtOnce()])
    assert history.epoch == [0]


class StopAtOnce(callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        self.model.stop_training = True


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"epochs": 0}, "expected epochs to be an integer of 1 or more, received 0"),
        ({"batch_size": 2.5}, "expected batch_size to be an integer"),
        ({"initial_epoch": -1}, "expected initial_epoch to be an integer"),
        ({"shuffle": "yes"}, "expected shuffle to be one of True, False, 'batch', received 'yes'"),
        ({"verbose": "loud"}, "expected verbose to be one of 'auto', 0, 1, 2, received 'loud'"),
        ({"seed": -1}, "expected seed to be an integer of 0 or more"),
        ({"y": np.zeros((22, 1))}, r"expected as many examples in each of x, y and sample_weight, received \[22, 23\]"),
        ({"x": np.zeros((0, 4)), "y": np.zeros((0, 1))}, "expected one example or more, received none"),
        ({"validation_split": 1.0}, "expected a validation_split between 0 and 1 that leaves examples"),
        ({"validation_split": 0.2, "validation_freq": 0}, "expected validation_freq to be an integer of 1 or more"),
        ({"class_weight": {0: 2.0}, "sample_weight": np.ones(23)}, "expected either class_weight or sample_weight"),
    ],
)
def test_wrong_arguments_are_named(make, data, changed, message):
    with pytest.raises(ValueError, match=message):
        tfkit.fit(make(), **{"x": data[0], "y": data[1]} | changed)


def test_models_that_cannot_be_trained_are_named(make, data):
    with pytest.raises(ValueError, match="expected a Keras model, received a TwoLayerNet"):
        tfkit.fit(tfkit.TwoLayerNet(4, 2, 1, seed=0), *data)
    with pytest.raises(ValueError, match=r"expected a compiled model, received one that is not; call model\.compile"):
        tfkit.fit(keras.Sequential([keras.layers.Dense(1)]), *data)


def test_mistakes_in_the_data_are_told_in_keras_words(make, data):
    with pytest.raises(ValueError, match=r"expected x of shape|incompatible with the layer"):
        tfkit.fit(make(), data[0][:, :3], data[1])


def test_progress(capsys):
    EpochProgress(0, first=0, last=4).show(1, {"loss": 1.0})
    assert capsys.readouterr().out == ""
    line = EpochProgress(1, first=0, last=4)
    line.show(1, {"loss": 1.0, "accuracy": 0.25})
    line.show(4, {"loss": 0.5})
    line.close()
    first, second = capsys.readouterr().out.split("\r")[1:]
    assert first == "epoch 1/4 · accuracy: 0.25 · loss: 1"
    assert second == "epoch 4/4 · loss: 0.5".ljust(len(first)) + "\n"


def test_progress_of_a_training(make, data, capsys):
    tfkit.fit(make(), *data, epochs=3, seed=0, verbose=2)
    assert [line.split(" · ")[0] for line in capsys.readouterr().out.splitlines()] == [
        f"epoch {e}/3" for e in (1, 2, 3)
    ]
