"""Networks trained together are the networks trained one by one."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
import tensorflow as tf

import tfkit
from tfkit import TwoLayerNet, relative_error, sweep
from tfkit.plots import plot_sweep

pytestmark = pytest.mark.turns(4)
FIT = {"epochs": 4, "batch_size": 3, "seed": 5}


@pytest.mark.parametrize("jit_compile", [False, True])
@pytest.mark.parametrize(
    ("activation", "output", "dtype"),
    [("sigmoid", "linear", "float32"), ("tanh", "sigmoid", "float64"), ("relu", "softmax", "float64")],
)
def test_each_network_trains_as_it_would_alone(activation, output, dtype, jit_compile, examples):
    X, Y = examples[0], examples[1][output]
    kind = {"activation": activation, "output": output, "dtype": dtype}
    nets = [TwoLayerNet(5, 4, 3, seed=seed, **kind) for seed in range(3)]
    rates = [0.01, 0.1, 0.5]
    start = [net.params for net in nets]
    result = sweep(nets, X, Y, **FIT, learning_rate=rates, jit_compile=jit_compile)
    tolerance = {"float32": 2e-6, "float64": 1e-12}[dtype]
    assert result.losses.shape == (3, 4)
    for k, net in enumerate(nets):
        assert all((net.params[name] == start[k][name]).all() for name in start[k])  # left alone
        alone = net.fit(X, Y, **FIT, learning_rate=rates[k])
        assert relative_error(result.losses[k], alone.losses) < tolerance
        for name, value in net.params.items():
            assert relative_error(result.networks[k].params[name], value) < tolerance, name
    assert result.best == int(np.argmin([losses[-1] for losses in result.losses]))


@pytest.mark.parametrize("jit_compile", [False, True])
def test_the_compiled_loop_trains_as_numpy_does(jit_compile, params, examples):
    """XLA or not, for `TwoLayerNet.fit` too."""
    X, Y = examples[0], examples[1]["softmax"]
    nets = [cls.from_params(params, output="softmax") for cls in (tfkit.NumpyNet, TwoLayerNet)]
    losses = [nets[0].fit(X, Y, **FIT, learning_rate=0.1).losses]
    losses.append(nets[1].fit(X, Y, **FIT, learning_rate=0.1, jit_compile=jit_compile).losses)
    assert relative_error(*losses) < 1e-12
    assert relative_error(nets[0].params["W1"], nets[1].params["W1"]) < 1e-12


def test_many_networks_are_no_reason_to_warn_of_retracing(examples, caplog):
    tf.get_logger().addHandler(caplog.handler)
    try:
        for seed in range(12):
            net = TwoLayerNet(5, 4, 3, seed=seed)
            net.fit(examples[0], examples[1]["linear"], 1, 7, seed=0, learning_rate=0.1)
    finally:
        tf.get_logger().removeHandler(caplog.handler)
    assert "retracing" not in caplog.text


def test_one_start_for_many_rates_and_one_rate_for_many_starts(examples):
    X, Y = examples[0], examples[1]["linear"]
    nets = [TwoLayerNet(5, 4, 3, seed=seed) for seed in range(3)]
    rates = sweep(nets[0], X, Y, **FIT, learning_rate=[0.1, 0.1, 0.2])
    starts = sweep(nets, X, Y, **FIT, learning_rate=0.1)
    assert (rates.losses[0] == rates.losses[1]).all() and (rates.losses[0] != rates.losses[2]).any()
    assert len({float(loss) for loss in starts.losses[:, -1]}) == 3
    assert relative_error(rates.losses[0], starts.losses[0]) < 1e-6
    assert starts.learning_rates.tolist() == [0.1] * 3


def test_a_network_that_diverges_disturbs_no_other(examples):
    X, Y = examples[0], examples[1]["linear"]
    net = TwoLayerNet(5, 4, 3, seed=0)
    result = sweep(net, X, Y, 60, 3, seed=5, learning_rate=[0.1, 1e9])
    assert not np.isfinite(result.losses[1, -1]) and result.best == 0
    assert relative_error(result.losses[0], net.fit(X, Y, 60, 3, seed=5, learning_rate=0.1).losses) < 1e-5


@pytest.mark.parametrize(
    ("nets", "rate", "message"),
    [
        ("abc", 0.1, "expected a TwoLayerNet or a list of them, received the text 'abc'"),
        ([], 0.1, r"expected a TwoLayerNet or a list of them, received an empty list"),
        (None, [0.1, -1.0], "expected learning rates above 0"),
        (None, [], "expected learning rates above 0"),
        (
            2,
            [0.1] * 3,
            "expected as many networks as learning rates, or only one of the two, received 2 and 3",
        ),
        ("mixed", 0.1, "expected networks of the same size, activation, output and dtype"),
    ],
)
def test_wrong_sweeps_are_named(nets, rate, message, examples):
    chosen = {
        None: TwoLayerNet(5, 4, 3, seed=0),
        2: [TwoLayerNet(5, 4, 3, seed=0)] * 2,
        "mixed": [TwoLayerNet(5, hidden, 3, seed=0) for hidden in (3, 4)],
    }.get(nets if isinstance(nets, (str, int)) or nets is None else "list", nets)
    with pytest.raises(ValueError, match=message):
        sweep(chosen, examples[0], examples[1]["linear"], **FIT, learning_rate=rate)


@pytest.fixture
def result():
    """Six rates, three networks each: the loss falls with the rate up to 0.1; beyond it some are lost."""
    rates = np.repeat([1e-4, 1e-3, 1e-2, 1e-1, 1.0, 10.0], 3)
    final = np.repeat([1.0, 0.5, 0.3, 0.2, 0.4, np.nan], 3) * np.tile([0.9, 1.0, 1.1], 6)
    final[13] = np.inf
    losses = np.stack([np.linspace(1.2, end, 20) if np.isfinite(end) else np.full(20, end) for end in final])
    return tfkit.SweepResult(rates, losses, [])


def test_picture_marks_the_best_rate_and_the_lost_ones(result):
    ax = plot_sweep(result)
    drawn = {line.get_label(): line for line in ax.get_lines()}
    assert list(drawn) == ["epoch 2", "epoch 20", "best rate: 0.1", "diverged"]
    np.testing.assert_allclose(drawn["epoch 20"].get_ydata(), [1.0, 0.5, 0.3, 0.2, np.nan, np.nan])
    assert drawn["diverged"].get_xdata().tolist() == [1.0, 10.0]
    assert (ax.get_xscale(), ax.get_yscale()) == ("log", "log")
    assert len(ax.collections) == 2  # bands
    plt.close("all")


def test_wrong_pictures_are_named(result):
    with pytest.raises(ValueError, match="expected epochs between 1 and 20, received"):
        plot_sweep(result, epochs=[21])
    with pytest.raises(ValueError, match="expected two learning rates or more"):
        plot_sweep(tfkit.SweepResult(np.array([0.1]), np.ones((1, 3)), []))
