import keras
import numpy as np
import pytest

from tfkit import SnapshotEnsemble, average_predictions, snapshot_ensemble


@pytest.fixture
def data(rng):
    X = rng.normal(size=(60, 4)).astype("float32")
    return X, np.eye(3)[np.argmax(X[:, :3], axis=1)]


def network(seed=0, rate=0.1):
    keras.utils.set_random_seed(seed)
    layers = [keras.layers.Dense(8, "tanh"), keras.layers.Dense(3, "softmax")]
    model = keras.Sequential([keras.Input((4,)), *layers])
    model.compile(keras.optimizers.SGD(rate), "categorical_crossentropy", metrics=["accuracy"], jit_compile=False)
    return model


def test_models_and_their_predictions_give_the_same(data):
    X, _ = data
    models = [network(seed) for seed in (1, 2, 3)]
    predictions = [model.predict(X, verbose=0) for model in models]
    expected = np.sum(np.array(predictions, dtype=np.float64) * np.array([2, 1, 1])[:, None, None], axis=0) / 4
    np.testing.assert_allclose(average_predictions(models, X, weights=[2, 1, 1]), expected, rtol=1e-12)
    mixed = average_predictions([models[0], *predictions[1:]], X, weights=[2, 1, 1])
    np.testing.assert_allclose(mixed, expected, rtol=1e-12)


def test_ensembles_are_members_too(data):
    X, _ = data
    model, other = network(1), network(2)
    ensemble = SnapshotEnsemble(model, [model.get_weights(), other.get_weights()])
    expected = np.mean([m.predict(X, verbose=0) for m in (model, other, other, other)], axis=0)
    np.testing.assert_allclose(average_predictions([ensemble, other], X), expected, rtol=1e-6)


def test_the_class_is_chosen_after_the_mean():
    """Two of three vote for class 0; the third is sure of class 1, and the mean follows it."""
    members = [np.array([[0.55, 0.45]]), np.array([[0.55, 0.45]]), np.array([[0.05, 0.95]])]
    assert average_predictions(members).argmax() == 1
    assert [member.argmax() for member in members] == [0, 0, 1]


def test_one_live_model_is_no_ensemble(data):
    model = network()
    with pytest.raises(ValueError, match="received the same model twice; a list"):
        average_predictions([model, model], data[0])


@pytest.mark.parametrize(
    ("members", "options", "message"),
    [
        ([], {}, "received none or only one"),
        (np.ones((2, 3)), {}, "received none or only one"),
        ([np.ones((2, 3)), np.ones((3, 3))], {}, r"of the same shape, received \[\(2, 3\), \(3, 3\)\]"),
        ([np.array([0, 1])], {}, "received int64 labels; average first, then take argmax"),
        ([np.array([np.nan])], {}, "expected finite predictions from member 0"),
        ([["a"]], {}, "expected finite predictions from member 0"),
        ([np.ones(2), np.ones(2)], {"weights": [1]}, "expected 2 weights of 0 or more"),
        ([np.ones(2), np.ones(2)], {"weights": [0, 0]}, "expected 2 weights of 0 or more, not all 0"),
        ([np.ones(2), np.ones(2)], {"weights": [2, -1]}, "expected 2 weights of 0 or more"),
    ],
)
def test_average_what_does_not_fit_is_named(members, options, message):
    with pytest.raises(ValueError, match=message):
        average_predictions(members, **options)


def test_models_need_examples():
    with pytest.raises(ValueError, match="expected examples x"):
        average_predictions([network(1), network(2)])


@pytest.fixture(scope="module")
def trained():
    rng = np.random.default_rng(20)
    X = rng.normal(size=(60, 4)).astype("float32")
    Y = np.eye(3)[np.argmax(X[:, :3], axis=1)]
    model = network(rate=0.05)
    return X, model, snapshot_ensemble(model, X, Y, 3, 2, learning_rate=0.4, batch_size=25, validation_data=(X, Y))


def test_rates_follow_huangs_formula(trained):
    """Eq. 2: α₀/2 (cos(π mod(t - 1, T/M) / (T/M)) + 1), T/M = 6 steps: 2 epochs of 3 batches, the last short."""
    ensemble = trained[2]
    expected = [0.2 * (np.cos(np.pi * ((t - 1) % 6) / 6) + 1) for t in range(1, 19)]
    np.testing.assert_allclose(ensemble.learning_rates, expected, rtol=1e-6)


def test_kerass_own_schedule_agrees(trained):
    schedule = keras.optimizers.schedules.CosineDecayRestarts(0.4, first_decay_steps=6, t_mul=1.0, m_mul=1.0)
    np.testing.assert_allclose(trained[2].learning_rates, [float(schedule(t)) for t in range(18)], atol=1e-6)


def test_snapshots_are_copies_that_differ(trained):
    _, model, ensemble = trained
    first, second, third = (snapshot[0] for snapshot in ensemble.snapshots)
    assert not np.array_equal(first, second) and not np.array_equal(second, third)
    np.testing.assert_array_equal(third, model.get_weights()[0])


def test_predictions_are_those_of_models_with_these_weights(trained):
    X, model, ensemble = trained
    twin, own = network(9), model.get_weights()
    expected = []
    for snapshot in ensemble.snapshots:
        twin.set_weights(snapshot)
        expected.append(twin.predict(X, verbose=0))
    np.testing.assert_allclose(ensemble.predict(X), np.mean(expected, axis=0), rtol=1e-5)
    np.testing.assert_allclose(ensemble.predict(X, last=2), np.mean(expected[1:], axis=0), rtol=1e-5)
    for weights, left in zip(own, model.get_weights(), strict=True):
        np.testing.assert_array_equal(weights, left)


def test_the_history_covers_all_cycles_and_the_rate_comes_back(trained):
    _, model, ensemble = trained
    assert {len(values) for values in ensemble.history.values()} == {6}
    assert set(ensemble.history) >= {"loss", "val_loss", "accuracy", "val_accuracy"}
    assert float(model.optimizer.learning_rate) == pytest.approx(0.05)


def test_the_rate_comes_back_after_an_error_too(data):
    model = network(rate=0.05)
    with pytest.raises(ValueError):
        snapshot_ensemble(model, data[0][:, :2], data[1], 2, 1, learning_rate=0.4)
    assert float(model.optimizer.learning_rate) == pytest.approx(0.05)


def test_snapshots_what_does_not_fit_is_named(data, trained):
    X, Y = data
    bare = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])
    with pytest.raises(ValueError, match="expected a compiled model"):
        snapshot_ensemble(bare, X, Y, 2, 1)
    bare.compile(keras.optimizers.SGD(keras.optimizers.schedules.CosineDecay(0.1, 10)), "mse")
    with pytest.raises(ValueError, match="constant learning rate, received a schedule"):
        snapshot_ensemble(bare, X, Y, 2, 1)
    with pytest.raises(ValueError, match="expected cycles to be an integer of 1 or more, received 0"):
        snapshot_ensemble(network(), X, Y, 0, 1)
    with pytest.raises(ValueError, match="expected learning_rate to be a number above 0, received -1"):
        snapshot_ensemble(network(), X, Y, 1, 1, learning_rate=-1)
    with pytest.raises(ValueError, match="expected last to be at most 3"):
        trained[2].predict(X, last=4)
