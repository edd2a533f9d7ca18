"""The lecture's slide, step by step: tape on the left, Keras on the right, NumPy underneath."""

import itertools

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfkit import (
    NumpyNet,
    SequentialNet,
    TwoLayerNet,
    load_boston_housing,
    numeric_gradient,
    relative_error,
    standardize,
)

pytestmark = pytest.mark.turns(3)
NETWORKS = (NumpyNet, TwoLayerNet, SequentialNet)
TOLERANCE = {"float32": 1e-6, "float64": 1e-12}
COMBINATIONS = [
    pytest.param(activation, output, dtype, id=f"{activation}-{output}-{dtype}")
    for activation, output, dtype in itertools.product(
        ("sigmoid", "tanh", "relu"), ("linear", "sigmoid", "softmax"), TOLERANCE
    )
]


@pytest.fixture(scope="module", autouse=True)
def full_precision():
    """On a GPU, TensorFlow multiplies float32 matrices with ten bits of mantissa unless told otherwise."""
    before = tf.config.experimental.tensor_float_32_execution_enabled()
    tf.config.experimental.enable_tensor_float_32_execution(False)
    yield
    tf.config.experimental.enable_tensor_float_32_execution(before)


@pytest.fixture
def problem(request, params, examples):
    """The three networks with the same weights, a batch, and the tolerance of their type."""
    activation, output, dtype = request.param
    nets = [cls.from_params(params, activation=activation, output=output, dtype=dtype) for cls in NETWORKS]
    return nets, examples[0], examples[1][output], TOLERANCE[dtype]


def parametrize_problem(combinations=COMBINATIONS):
    return pytest.mark.parametrize("problem", [pytest.param(p.values, id=p.id) for p in combinations], indirect=True)


def assert_same(values, tolerance):
    """Compare dicts, numbers or arrays with the first of them."""
    first, *others = values
    for other in others:
        if isinstance(first, dict):
            assert list(first) == list(other) == ["W1", "b1", "W2", "b2"]
            for name in first:
                assert relative_error(first[name], other[name]) <= tolerance, name
        else:
            assert relative_error(first, other) <= tolerance


@parametrize_problem()
def test_1_same_outputs(problem):
    nets, X, _, tolerance = problem
    outputs = [net.forward(X) for net in nets]
    assert {np.asarray(output).dtype.name for output in outputs} == {nets[0].dtype}
    assert_same(outputs, tolerance)


@parametrize_problem()
def test_2_same_losses(problem):
    nets, X, Y, tolerance = problem
    losses = [net.loss(X, Y) for net in nets]
    assert {np.shape(loss) for loss in losses} == {()}
    assert_same(losses, tolerance)


@parametrize_problem()
def test_3_same_gradients(problem):
    """NumPy by hand, tape, TensorFlow by hand, Keras by the tape, Keras's layers by hand."""
    nets, X, Y, tolerance = problem
    roads = [method(X, Y) for net in nets for method in (net.gradients, net.backward)]
    for name, value in nets[0].params.items():
        assert {tuple(road[name].shape) for road in roads} == {value.shape}
    assert_same(roads, tolerance)


@pytest.mark.parametrize("output", ["linear", "sigmoid", "softmax"])
@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize("cls", NETWORKS)
def test_4_gradients_match_differences_of_the_loss(cls, activation, output, params, examples):
    X, Y = examples[0], examples[1][output]
    net = cls.from_params(params, activation=activation, output=output, dtype="float64")

    def loss(nudged):
        net.params = nudged
        return float(net.loss(X, Y))

    numeric = numeric_gradient(loss, params)
    net.params = params
    for name, gradient in net.gradients(X, Y).items():
        assert relative_error(gradient, numeric[name]) < 1e-8, name


@parametrize_problem()
def test_5_same_history_and_weights_after_training(problem):
    """Batches of 3 out of 7: the last batch of each of the four epochs is short."""
    nets, X, Y, tolerance = problem
    start = nets[0].params
    histories = [net.fit(X, Y, epochs=4, batch_size=3, seed=11, learning_rate=0.1) for net in nets]
    assert [history.epoch for history in histories] == [[0, 1, 2, 3]] * 3
    assert_same([history.losses for history in histories], tolerance)
    assert_same([net.params for net in nets], tolerance)
    assert relative_error(start["W2"], nets[0].params["W2"]) > 1e-3


@pytest.mark.parametrize("dtype", TOLERANCE)
def test_any_keras_optimizer_trains_both_columns_alike(dtype, params, examples):
    X, Y = examples[0], examples[1]["softmax"]
    nets = [cls.from_params(params, output="softmax", dtype=dtype) for cls in (TwoLayerNet, SequentialNet)]
    histories = [net.fit(X, Y, 4, 3, seed=2, optimizer=keras.optimizers.Adam(0.05)) for net in nets]
    assert_same([history.losses for history in histories], TOLERANCE[dtype])
    assert_same([net.params for net in nets], TOLERANCE[dtype])


def test_training_in_two_parts_is_training_at_once(params, examples):
    X, Y = examples[0], examples[1]["linear"]
    for cls in (TwoLayerNet, SequentialNet):
        once, twice = (cls.from_params(params) for _ in range(2))
        optimizers = [keras.optimizers.SGD(0.05, momentum=0.9) for _ in range(2)]
        losses = once.fit(X, Y, 4, 3, seed=np.random.default_rng(0), optimizer=optimizers[0]).losses
        rng = np.random.default_rng(0)
        halves = [twice.fit(X, Y, 2, 3, seed=rng, optimizer=optimizers[1]).losses for _ in range(2)]
        assert losses == halves[0] + halves[1]


def test_same_seed_gives_every_network_the_same_start():
    start, *others = [cls(5, 4, 3, seed=7, dtype="float64").params for cls in NETWORKS]
    for other in others:
        assert all((start[name] == other[name]).all() for name in start)


def test_weights_go_round_in_a_circle_unchanged(params):
    net = NumpyNet.from_params(params)
    for cls in (TwoLayerNet, SequentialNet, NumpyNet):
        net = cls.from_params(net.params)
    assert net.dtype == "float64"
    assert all((net.params[name] == params[name]).all() for name in params)


def test_networks_have_the_lectures_types_by_default():
    assert [cls(2, 2, 1, seed=0).dtype for cls in NETWORKS] == ["float64", "float32", "float32"]


@pytest.mark.parametrize("cls", (TwoLayerNet, SequentialNet))
def test_gradients_flow_to_the_inputs(cls, params, examples):
    """A tape of one's own sees through `forward`, which saliency maps and adversarial examples need."""
    X = tf.constant(examples[0])
    net = cls.from_params(params, dtype="float64")
    with tf.GradientTape() as tape:
        tape.watch(X)
        total = tf.reduce_sum(net.forward(X))
    numeric = numeric_gradient(lambda x: np.sum(NumpyNet.from_params(params).forward(x)), examples[0])
    assert relative_error(tape.gradient(total, X), numeric) < 1e-8


@pytest.mark.parametrize("cls", (TwoLayerNet, SequentialNet))
def test_verbs_work_inside_a_compiled_function_of_ones_own(cls, params, examples):
    X, Y = tf.constant(examples[0]), tf.constant(examples[1]["linear"])
    net = cls.from_params(params)
    any_batch = [tf.TensorSpec([None, 5], tf.float64), tf.TensorSpec([None, 3], tf.float64)]
    for verb in (net.loss, net.gradients, net.backward):
        compiled = tf.function(verb, input_signature=any_batch, autograph=False)
        assert_same([verb(X, Y), compiled(X, Y)], 1e-12)


@pytest.mark.parametrize("cls", NETWORKS)
def test_lists_keep_all_digits_of_float64(cls, params):
    """A list becomes a float32 tensor first, unless it is told otherwise."""
    net = cls.from_params(params)
    assert relative_error(net.forward([[0.1] * 5]), net.forward(np.full((1, 5), 0.1))) == 0


@pytest.mark.parametrize("dtype", ["float32", np.float32, np.dtype("float32"), tf.float32])
def test_types_have_many_names(dtype):
    assert TwoLayerNet(2, 2, 1, seed=0, dtype=dtype).dtype == "float32"


@pytest.mark.parametrize("cls", NETWORKS)
def test_hopeless_confidence_keeps_its_loss_and_gradient(cls):
    """Probabilities would be rounded to 0: loss 16 if clipped, infinity if not, no gradient."""
    params = {"W1": [[1.0]], "b1": [[0.0]], "W2": [[1000.0, -1000.0]], "b2": [[0.0, 0.0]]}
    X = np.array([[1.0]])
    for output, Y in (("sigmoid", [[0.0, 1.0]]), ("softmax", [[0.0, 1.0]])):
        net = cls.from_params(params, activation="relu", output=output)
        assert float(net.loss(X, np.array(Y))) == pytest.approx(2000)
        assert np.asarray(net.gradients(X, np.array(Y))["b2"]).tolist() == [[1.0, -1.0]]


def test_the_slide_on_boston():
    boston = load_boston_housing()
    (X,) = standardize(boston.X)
    nets = [cls(12, 3, 1, seed=0, dtype="float64") for cls in NETWORKS]
    histories = [net.fit(X, boston.Y, epochs=5, batch_size=50, seed=0, learning_rate=1e-2) for net in nets]
    assert_same([history.losses for history in histories], 1e-12)
    assert histories[0].losses[-1] < histories[0].losses[0] / 5


@pytest.fixture(params=NETWORKS, ids=lambda cls: cls.__name__)
def net(request, params):
    return request.param.from_params(params, output="softmax")


@pytest.mark.parametrize("verb", ["loss", "gradients", "backward", "fit"])
def test_wrong_shapes_are_named(net, verb, examples):
    X, Y = examples[0], examples[1]["softmax"]
    settings = {"epochs": 1, "batch_size": 2, "seed": 0, "learning_rate": 0.1} if verb == "fit" else {}
    call = getattr(net, verb)
    with pytest.raises(ValueError, match=r"expected X of shape \(M, n_features\) = \(5, 5\), received \(5, 7\)"):
        call(X.T, Y, **settings)
    with pytest.raises(ValueError, match=r"expected Y of shape \(M, n_outputs\) = \(7, 3\), received \(7,\)"):
        call(X, Y.argmax(axis=1), **settings)
    with pytest.raises(ValueError, match=r"expected Y of shape .*received \(3, 7\); was it transposed"):
        call(X, Y.T, **settings)
    with pytest.raises(ValueError, match=r"expected X with one row for each example, two axes, received shape \(5,\)"):
        call(X[0], Y, **settings)
    with pytest.raises(ValueError, match="expected one example or more, received none"):
        call(X[:0], Y[:0], **settings)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"epochs": 0}, "expected epochs to be an integer of 1 or more"),
        ({"batch_size": 2.0}, "expected batch_size to be an integer"),
        ({"learning_rate": 0}, "expected learning_rate to be a number above 0"),
        ({"learning_rate": float("nan")}, "expected learning_rate to be a number above 0"),
        ({"learning_rate": None}, "expected either learning_rate or optimizer, received neither"),
        ({"seed": None}, "expected seed to be an integer"),
    ],
)
def test_wrong_settings_are_named(net, settings, message, examples):
    good = {"epochs": 1, "batch_size": 2, "seed": 0, "learning_rate": 0.1}
    with pytest.raises(ValueError, match=message):
        net.fit(examples[0], examples[1]["softmax"], **(good | settings))


def test_wrong_labels_are_named(net, examples):
    X, Y = examples[0], examples[1]["softmax"]
    settings = {"epochs": 1, "batch_size": 2, "seed": 0, "learning_rate": 0.1}
    with pytest.raises(ValueError, match="expected one-hot rows in Y for a softmax output, received row 4 with sum 2"):
        net.fit(X, np.where(np.arange(7)[:, None] == 4, [[1, 0, 1]], Y), **settings)
    with pytest.raises(ValueError, match=r"expected labels Y in \[0, 1\] for a softmax output"):
        net.fit(X, 2 * Y, **settings)
    with pytest.raises(ValueError, match="expected finite numbers in X, received NaN"):
        net.fit(X * [1, 1, np.nan, 1, 1], Y, **settings)


def test_wrong_optimizers_are_named(examples):
    X, Y = examples[0], examples[1]["linear"]
    sgd = keras.optimizers.SGD(0.1)
    with pytest.raises(ValueError, match="NumpyNet has plain gradient descent only"):
        NumpyNet(5, 4, 3, seed=0).fit(X, Y, 1, 2, seed=0, optimizer=sgd)
    with pytest.raises(ValueError, match="expected either learning_rate or optimizer, received both"):
        TwoLayerNet(5, 4, 3, seed=0).fit(X, Y, 1, 2, seed=0, optimizer=sgd, learning_rate=0.1)
    for cls in (TwoLayerNet, SequentialNet):
        with pytest.raises(ValueError, match=r"expected a Keras optimizer .*received the text 'adam'"):
            cls(5, 4, 3, seed=0).fit(X, Y, 1, 2, seed=0, optimizer="adam")
