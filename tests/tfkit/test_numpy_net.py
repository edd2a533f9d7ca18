import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tfkit import NumpyNet, load_iris, numeric_gradient, relative_error, split, standardize
from tfkit.nets._parameters import batches, check_parameters, initial_parameters
from tfkit.nets.activations import (
    HIDDEN_ACTIVATIONS,
    relu_derivative,
    sigmoid,
    sigmoid_derivative,
    softmax,
    softmax_derivative,
)
from tfkit.nets.losses import PAIRINGS

logits = arrays(np.float64, (3, 4), elements=st.floats(-1000, 1000))


@given(logits)
def test_sigmoid_is_stable_and_symmetric(Z):
    P = sigmoid(Z)
    assert ((P >= 0) & (P <= 1)).all()
    np.testing.assert_allclose(P + sigmoid(-Z), 1, rtol=1e-15)


@given(logits, st.floats(-1000, 1000))
def test_softmax_is_a_distribution_that_ignores_a_shift(Z, shift):
    np.testing.assert_allclose(softmax(Z).sum(axis=1), 1, rtol=1e-12)
    np.testing.assert_allclose(softmax(Z), softmax(Z + shift), rtol=1e-9, atol=1e-300)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_extreme_logits_raise_no_warning(dtype):
    Z = np.array([[-1000, 0, 1000]], dtype=dtype)
    with np.errstate(all="raise", under="ignore"):  # exp(-1000) is 0, as it should be
        for name, (activation, derivative) in HIDDEN_ACTIVATIONS.items():
            assert activation(Z).dtype == derivative(Z).dtype == dtype, name
        for name, pairing in PAIRINGS.items():
            assert np.isfinite(pairing.loss(Z, np.array([[1, 0, 0]], dtype=dtype))), name
            assert pairing.delta(Z, np.array([[1, 0, 0]], dtype=dtype)).dtype == dtype, name
        assert np.isfinite(softmax_derivative(Z)).all()


@pytest.mark.parametrize("name", HIDDEN_ACTIVATIONS)
def test_derivatives_match_differences(name, rng):
    activation, derivative = HIDDEN_ACTIVATIONS[name]
    Z = rng.normal(size=(3, 4))
    assert relative_error(derivative(Z), numeric_gradient(lambda z: activation(z).sum(), Z)) < 1e-9


def test_softmax_jacobian_matches_differences(rng):
    Z = rng.normal(size=(1, 4))
    rows = [numeric_gradient(lambda z, i=i: softmax(z)[0, i], Z)[0] for i in range(4)]
    assert relative_error(softmax_derivative(Z)[0], np.array(rows)) < 1e-9


def test_derivative_of_a_saturated_sigmoid_keeps_its_digits():
    assert sigmoid_derivative(40.0) == pytest.approx(np.exp(-40.0), rel=1e-12)


def test_derivative_of_relu_at_the_kink_is_zero_as_in_tensorflow():
    assert relu_derivative(0.0) == 0


def test_worked_losses_of_the_lecture():
    for prediction, price, loss in ((11.5, 12, 0.25), (11.6, 14, 5.76), (11.5, 15, 12.25)):
        assert PAIRINGS["linear"].loss(np.array([[prediction]]), np.array([[price]])) == pytest.approx(loss)
    for probability, label, loss in ((0.7207, 1, 0.327), (0.7152, 0, 1.256)):
        logit = np.array([[np.log(probability / (1 - probability))]])
        assert PAIRINGS["sigmoid"].loss(logit, np.array([[label]])) == pytest.approx(loss, abs=1e-3)


@pytest.mark.parametrize("output", PAIRINGS)
def test_losses_from_logits_equal_losses_from_probabilities(output, examples, rng):
    Z, Y = rng.normal(size=(7, 3)), examples[1][output]
    P = PAIRINGS[output].activation(Z)
    per_output = {
        "linear": (P - Y) ** 2,
        "sigmoid": -(Y * np.log(np.where(output == "linear", 1, np.abs(P))) + (1 - Y) * np.log(np.abs(1 - P))),
        "softmax": -Y * np.log(np.abs(P)),
    }[output]
    assert PAIRINGS[output].loss(Z, Y) == pytest.approx(per_output.sum(axis=1).mean(), rel=1e-12)


@pytest.mark.parametrize("output", PAIRINGS)
def test_deltas_match_differences(output, examples, rng):
    Z, Y = rng.normal(size=(7, 3)), examples[1][output]
    pairing = PAIRINGS[output]
    assert relative_error(pairing.delta(Z, Y), numeric_gradient(lambda z: pairing.loss(z, Y), Z)) < 1e-8


@given(st.integers(1, 30), st.integers(1, 40), st.integers(0, 2**32))
def test_an_epoch_visits_every_example_once(M, batch_size, seed):
    rows = list(batches(M, batch_size, np.random.default_rng(seed)))
    assert [len(batch) for batch in rows[:-1]] == [batch_size] * (len(rows) - 1)
    np.testing.assert_array_equal(np.concatenate(rows), np.random.default_rng(seed).permutation(M))


def test_same_seed_same_network_another_seed_another():
    assert relative_error(NumpyNet(5, 4, 3, seed=1).W1, NumpyNet(5, 4, 3, seed=1).W1) == 0
    assert relative_error(NumpyNet(5, 4, 3, seed=1).W1, NumpyNet(5, 4, 3, seed=2).W1) > 0.1
    rng = np.random.default_rng(1)
    first, second = NumpyNet(5, 4, 3, seed=rng), NumpyNet(5, 4, 3, seed=rng)
    assert relative_error(first.W1, second.W1) > 0.1


def test_initial_weights_stay_within_glorots_limit():
    params = initial_parameters(300, 100, 2, seed=0)
    limit = np.sqrt(6 / 400)
    assert 0.99 * limit < np.abs(params["W1"]).max() < limit
    assert params["W1"].var() == pytest.approx(2 / 400, rel=0.02)
    assert not params["b1"].any() and not params["b2"].any()


def test_params_are_copies(params):
    net = NumpyNet.from_params(params)
    params["W1"][:] = 0
    net.params["W1"][:] = 0
    assert net.params["W1"].any()


def test_batch_size_above_the_number_of_examples_is_the_whole_batch(params, examples):
    X, Y = examples[0], examples[1]["linear"]
    nets = [NumpyNet.from_params(params) for _ in range(2)]
    losses = [net.fit(X, Y, 3, size, seed=0, learning_rate=0.1).losses for net, size in zip(nets, (7, 99), strict=True)]
    assert losses[0] == losses[1]


def test_the_epochs_loss_is_the_mean_over_examples(params, examples):
    """With M = 7 and batches of 4, the short batch has weight 3/7, not 1/2."""
    X, Y = examples[0], examples[1]["linear"]
    net, by_hand = NumpyNet.from_params(params), NumpyNet.from_params(params)
    history = net.fit(X, Y, epochs=1, batch_size=4, seed=5, learning_rate=0.1)
    order = np.random.default_rng(5).permutation(7)
    first, second = order[:4], order[4:]
    losses = [by_hand.loss(X[first], Y[first])]
    by_hand.params = {
        name: value - 0.1 * by_hand.backward(X[first], Y[first])[name] for name, value in by_hand.params.items()
    }
    losses.append(by_hand.loss(X[second], Y[second]))
    assert history.losses[0] == pytest.approx((4 * losses[0] + 3 * losses[1]) / 7, rel=1e-14)
    assert history.to_frame().loss.tolist() == history.losses


def test_training_goes_on_where_it_stopped(params, examples):
    X, Y = examples[0], examples[1]["linear"]
    once, twice = NumpyNet.from_params(params), NumpyNet.from_params(params)
    losses = once.fit(X, Y, 4, 3, seed=np.random.default_rng(0), learning_rate=0.05).losses
    rng = np.random.default_rng(0)
    halves = [twice.fit(X, Y, 2, 3, seed=rng, learning_rate=0.05).losses for _ in range(2)]
    assert losses == halves[0] + halves[1]


def test_it_learns_iris():
    iris = load_iris()
    train, test = split(iris, 0.2, seed=0, stratify=iris.Y)
    X_train, X_test = standardize(train.X, test.X)
    net = NumpyNet(4, 8, 3, seed=0, activation="tanh", output="softmax")
    history = net.fit(X_train, train.Y, epochs=100, batch_size=16, seed=0, learning_rate=0.1)
    accuracy = (net.forward(X_test).argmax(axis=1) == test.Y.argmax(axis=1)).mean()
    assert history.losses[-1] < 0.1 and accuracy > 0.9


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"activation": "sigmoidal"}, "expected activation to be one of 'sigmoid', 'tanh', 'relu'"),
        ({"output": "sofmax"}, "expected output to be one of 'linear', 'sigmoid', 'softmax'"),
        ({"dtype": "float16"}, "expected dtype to be one of 'float32', 'float64'"),
        (
            {"dtype": "double precision"},
            "expected dtype to be one of 'float32', 'float64', received 'double prec",
        ),
        ({"n_features": 0}, "expected n_features to be an integer of 1 or more, received 0"),
        ({"hidden": 2.5}, "expected hidden to be an integer"),
        ({"n_outputs": 1, "output": "softmax"}, "use output='sigmoid'"),
        ({"seed": None}, "expected seed to be an integer"),
        ({"seed": -1}, "expected seed to be an integer"),
    ],
)
def test_wrong_arguments_are_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        NumpyNet(**({"n_features": 5, "hidden": 4, "n_outputs": 3, "seed": 0} | arguments))


def test_parameters_that_do_not_fit_are_named(params):
    with pytest.raises(ValueError, match=r"expected W2 of shape \(hidden, n_outputs\) = \(4, 4\)|b2"):
        check_parameters(params | {"W2": params["W2"].T})
    with pytest.raises(ValueError, match=r"expected b1 of shape \(1, hidden\) = \(1, 4\), received \(4,\)"):
        check_parameters(params | {"b1": params["b1"][0]})
    with pytest.raises(ValueError, match="expected parameters named W1, b1, W2, b2, received W1"):
        check_parameters({"W1": params["W1"]})
    with pytest.raises(ValueError, match=r"sizes \(n, h, k\) = \(2, 4, 3\), received \(5, 4, 3\)"):
        NumpyNet(2, 4, 3, seed=0).params = params
