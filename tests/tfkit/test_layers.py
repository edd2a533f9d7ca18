import keras
import numpy as np
import pytest
import tensorflow as tf

from tfkit import Maxout, lsuv, numeric_gradient


@pytest.fixture
def maxout(rng):
    layer = Maxout(3, pieces=4, dtype="float64")
    layer.build((None, 5))
    layer.set_weights([rng.normal(size=(5, 12)), rng.normal(size=12)])
    return layer


@pytest.fixture
def batch(rng):
    return rng.normal(size=(64, 7))


def deep(activation="tanh", n=7):
    layers = [keras.layers.Dense(units, activation) for units in (16, 11, 13)]
    return keras.Sequential([keras.Input((n,)), *layers, keras.layers.Dense(3, "softmax")])


def test_it_is_the_maximum_over_the_pieces_of_each_unit(maxout, rng):
    X = rng.normal(size=(6, 5))
    kernel, bias = (np.asarray(weights) for weights in maxout.get_weights())
    one_by_one = [[max(x @ kernel[:, 4 * u + p] + bias[4 * u + p] for p in range(4)) for u in range(3)] for x in X]
    np.testing.assert_allclose(maxout(X), one_by_one, rtol=1e-12)


def test_its_gradient_agrees_with_differences(maxout, rng):
    X, kernel = rng.normal(size=(6, 5)), np.asarray(maxout.get_weights()[0])

    def total(weights):
        return np.sum((X @ weights + np.asarray(maxout.bias)).reshape(6, 3, 4).max(axis=-1) ** 2)

    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.square(maxout(X)))
    gradient = tape.gradient(loss, maxout.kernel.value)
    np.testing.assert_allclose(gradient, numeric_gradient(total, kernel), atol=1e-6)


def test_two_pieces_make_an_absolute_value_and_one_a_dense_layer(rng):
    X = rng.normal(size=(9, 1)).astype("float32")
    absolute = Maxout(1, 2, use_bias=False)
    absolute.build((None, 1))
    absolute.set_weights([np.array([[1.0, -1.0]])])
    np.testing.assert_array_equal(absolute(X), np.abs(X))
    single = Maxout(4, 1)
    single.build((None, 1))
    dense = keras.layers.Dense(4)
    dense.build((None, 1))
    dense.set_weights(single.get_weights())
    np.testing.assert_allclose(single(X), dense(X), rtol=1e-6)


def test_pieces_start_different_even_with_an_initialiser_instance():
    layer = Maxout(2, 3, kernel_initializer=keras.initializers.GlorotUniform(seed=1))
    layer.build((None, 8))
    columns = layer.get_weights()[0].T
    assert len(np.unique(columns.round(6), axis=0)) == 6


def test_a_model_with_it_trains_and_comes_back_from_a_file(tmp_path, rng):
    keras.utils.set_random_seed(0)
    layer = Maxout(8, pieces=3, kernel_regularizer="l2", name="max")
    model = keras.Sequential([keras.Input((2,)), layer, keras.layers.Dense(1)])
    X = rng.uniform(-1, 1, size=(64, 2))
    model.compile(keras.optimizers.Adam(0.03), "mse", jit_compile=False)
    losses = model.fit(X, np.abs(X[:, :1]), epochs=15, verbose=0).history["loss"]
    assert losses[-1] < losses[0] / 2
    model.save(tmp_path / "net.keras")
    again = keras.models.load_model(tmp_path / "net.keras")
    assert again.get_layer("max").get_config() == layer.get_config()
    np.testing.assert_array_equal(again(X), model(X))


def test_leading_axes_are_kept(maxout):
    assert maxout(np.zeros((2, 6, 5))).shape == (2, 6, 3)
    assert maxout.compute_output_shape((None, 6, 5)) == (None, 6, 3)


@pytest.mark.parametrize(("units", "pieces"), [(0, 2), (2, 0), (2.5, 2), (True, 2)])
def test_sizes_are_positive_integers(units, pieces):
    with pytest.raises(ValueError, match="to be an integer of 1 or more"):
        Maxout(units, pieces)


def test_the_number_of_features_must_be_known():
    with pytest.raises(ValueError, match="expected inputs with a known number of features"):
        Maxout(2).build((None, None))


@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid"])
def test_every_pre_activation_has_variance_one(batch, activation):
    model = deep(activation)
    reached = lsuv(model, batch, seed=0)
    assert list(reached) == [layer.name for layer in model.layers]
    H, act = batch, {"tanh": np.tanh, "relu": lambda Z: np.maximum(Z, 0), "sigmoid": lambda Z: 1 / (1 + np.exp(-Z))}
    for layer in model.layers:  # by hand, in NumPy
        W, b = (np.asarray(weights, dtype=np.float64) for weights in layer.get_weights())
        Z = H @ W + b
        assert Z.var() == pytest.approx(1, abs=0.01)
        assert not b.any()
        H = act[activation](Z)


def test_kernels_are_multiples_of_orthogonal_ones_and_differ(batch):
    model = deep()
    lsuv(model, batch, seed=0)
    W = np.asarray(model.layers[1].kernel)  # (16, 11): orthogonal columns of one length
    gram = W.T @ W
    np.testing.assert_allclose(gram, gram[0, 0] * np.eye(11), atol=1e-5 * gram[0, 0])
    same = keras.Sequential([keras.Input((8,)), keras.layers.Dense(8), keras.layers.Dense(8)])
    lsuv(same, batch[:, [0, 1, 2, 3, 4, 5, 6, 0]], seed=0)
    first, second = (np.asarray(layer.kernel) for layer in same.layers)
    assert abs(np.sum(first * second)) < 0.9 * np.linalg.norm(first) * np.linalg.norm(second)


def test_a_seed_repeats_and_another_does_not(batch):
    kernels = []
    for seed in (1, 1, 2):
        model = deep()
        lsuv(model, batch, seed=seed)
        kernels.append(np.asarray(model.layers[0].kernel))
    np.testing.assert_array_equal(kernels[0], kernels[1])
    assert not np.array_equal(kernels[0], kernels[2])


def test_convolutions_maxout_and_what_lies_between(rng):
    images = 3 * rng.normal(size=(16, 8, 8, 2))
    layers = [
        keras.layers.Conv2D(5, 3, activation="relu", padding="same"),
        keras.layers.MaxPooling2D(),
        keras.layers.Dropout(0.5),
        keras.layers.Flatten(),
        Maxout(6),
        keras.layers.Dense(3, use_bias=False),
    ]
    model = keras.Sequential([keras.Input((8, 8, 2)), *layers])
    assert lsuv(model, images, seed=0) == {layers[i].name: pytest.approx(1, abs=0.01) for i in (0, 4, 5)}
    Z = tf.nn.conv2d(images.astype("float32"), layers[0].kernel.value, 1, "SAME")
    assert float(np.var(Z)) == pytest.approx(1, abs=0.01)
    pieces = layers[4].pre_activation(keras.Model(model.inputs[0], layers[3].output)(images))
    assert float(np.var(pieces)) == pytest.approx(1, abs=0.01)
    assert layers[0].activation is keras.activations.relu


def test_deep_signals_neither_fade_nor_grow(batch):
    layers = [keras.layers.Dense(32, "tanh") for _ in range(20)]
    model = keras.Sequential([keras.Input((7,)), *layers])
    lsuv(model, batch, seed=0)
    assert 0.5 < float(np.std(model(batch))) < 0.8


def test_lsuv_what_cannot_be_scaled_is_named(batch):
    shared = keras.layers.Dense(7)
    x = keras.Input((7,))
    for model, given, message in [
        (keras.Sequential([keras.layers.Dense(2)]), batch, "begin a Sequential model with keras.Input"),
        (keras.Sequential([keras.Input((7,)), keras.layers.ReLU()]), batch, "received one without"),
        (keras.Model(x, shared(shared(x))), batch, "expected each layer to be used once, received 'dense"),
        (keras.Sequential([keras.Input((7,)), deep()]), batch, "received the model 'sequential"),
        (deep(), np.zeros((4, 7)), "received variance 0.0; is the batch all zeros"),
        (deep(), batch[:1], "two finite examples or more"),
        (deep(), np.full((4, 7), np.nan), "two finite examples or more"),
    ]:
        with pytest.raises(ValueError, match=message):
            lsuv(model, given, seed=0)
    with pytest.raises(ValueError, match="expected tolerance to be a number above 0"):
        lsuv(deep(), batch, seed=0, tolerance=0)
    with pytest.raises(ValueError, match="expected seed"):
        lsuv(deep(), batch, seed=None)
