import keras
import numpy as np
import pytest

from tfkit import InverseSqrtDecay, linear_scaling


def test_without_warm_up_it_is_the_slides_formula_shifted_by_one():
    schedule = InverseSqrtDecay(0.3)
    for step in (0, 1, 7, 1000):
        assert float(schedule(step)) == pytest.approx(0.3 / np.sqrt(step + 1), rel=1e-6)


def test_with_equal_steps_it_is_the_transformers():
    """Vaswani et al., eq. 3: d^-0.5 min(t^-0.5, t w^-1.5), t from 1 in the warm-up; its peak is (d w)^-0.5."""
    d, w = 512, 40
    schedule = InverseSqrtDecay((d * w) ** -0.5, decay_steps=w, warmup_steps=w)
    for t in (1, 2, 39, 40, 41, 100, 10_000):
        step = t - 1 if t <= w else t
        assert float(schedule(step)) == pytest.approx(d**-0.5 * min(t**-0.5, t * w**-1.5), rel=1e-5)


def test_an_optimizer_follows_it_step_by_step():
    variable = keras.Variable([0.0])
    optimizer = keras.optimizers.SGD(InverseSqrtDecay(1.0, decay_steps=2, warmup_steps=3))
    places = [0.0]
    for _ in range(6):
        optimizer.apply_gradients([(keras.ops.ones(1), variable)])
        places.append(float(variable[0]))
    expected = [1 / 3, 2 / 3, 1.0, 1.0, 1 / np.sqrt(1.5), 1 / np.sqrt(2)]
    np.testing.assert_allclose(-np.diff(places), expected, rtol=1e-5)


def test_it_is_saved_with_a_model(tmp_path):
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    model.compile(keras.optimizers.Adam(InverseSqrtDecay(0.01, 5, 7)), "mse")
    model.fit(np.ones((4, 2)), np.ones((4, 1)), verbose=0)
    model.save(tmp_path / "net.keras")
    again = keras.models.load_model(tmp_path / "net.keras").optimizer
    assert isinstance(again._learning_rate, InverseSqrtDecay)
    assert again._learning_rate.get_config() == InverseSqrtDecay(0.01, 5, 7).get_config()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0.0,), "expected initial_learning_rate to be a number above 0, received 0.0"),
        (("0.1",), "received '0.1'"),
        ((float("nan"),), "received nan"),
        ((0.1, 0), "expected decay_steps to be an integer of 1 or more, received 0"),
        ((0.1, 1, -1), "expected warmup_steps to be an integer of 1 or more, received -1"),
    ],
)
def test_wrong_numbers_are_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        InverseSqrtDecay(*arguments)


def test_linear_scaling():
    assert linear_scaling(0.1, 8192, 256) == pytest.approx(3.2)
    assert linear_scaling(0.1, 64, 256) == pytest.approx(0.025)
    with pytest.raises(ValueError, match="expected batch_size to be an integer of 1 or more, received 0"):
        linear_scaling(0.1, 0, 256)
    with pytest.raises(ValueError, match="expected learning_rate to be a number above 0, received -1"):
        linear_scaling(-1, 1, 256)


def test_keras_has_the_other_schedules():
    """What the module's docstring points to exists, and means what it says."""
    schedules = keras.optimizers.schedules
    linear = schedules.PolynomialDecay(1.0, 10, 0.0, power=1)
    assert float(linear(4)) == pytest.approx(0.6)
    steps = schedules.ExponentialDecay(1.0, 10, 0.1, staircase=True)
    assert [float(steps(step)) for step in (9, 10)] == pytest.approx([1.0, 0.1])
    assert float(schedules.CosineDecayRestarts(1.0, 10, 1.0, 1.0)(10)) == pytest.approx(1.0)
