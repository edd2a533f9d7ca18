import keras
import numpy as np
import pytest
import tensorflow as tf

from tfkit import SoftDice, numeric_gradient, soft_dice


@pytest.fixture
def masks(rng):
    """Three images of 5 × 4 pixels and two channels."""
    y = (rng.random((3, 5, 4, 2)) < 0.3).astype(float)
    return y, rng.uniform(0.05, 0.95, size=y.shape)


def by_hand(y, p, s, images):
    """The definition, by loops: I, S and the ratio of each image (or of all) and each channel."""
    groups = [[m] for m in range(len(y))] if images else [list(range(len(y)))]
    losses = []
    for group in groups:
        channels = []
        for c in range(y.shape[-1]):
            overlap = sum(y[m, i, j, c] * p[m, i, j, c] for m in group for i in range(5) for j in range(4))
            total = sum(y[m, i, j, c] + p[m, i, j, c] for m in group for i in range(5) for j in range(4))
            channels.append(1 - (2 * overlap + s) / (total + s))
        losses.append(np.mean(channels))
    return losses if images else losses[0]


@pytest.mark.parametrize("per_image", [True, False])
@pytest.mark.parametrize("smoothing", [1e-3, 1.0, 10.0])
def test_it_is_the_definition(masks, per_image, smoothing):
    y, p = masks
    loss = soft_dice(y, p, per_image=per_image, smoothing=smoothing)
    np.testing.assert_allclose(loss, by_hand(y, p, smoothing, per_image), rtol=1e-12)


def test_image_by_image_is_not_the_batch(masks):
    y, p = masks
    assert float(np.mean(soft_dice(y, p))) != pytest.approx(float(soft_dice(y, p, per_image=False)), rel=1e-4)


def test_its_gradient_is_the_formula_and_the_differences(masks):
    """∂L/∂p = -(2 y (S + s) - (2 I + s)) / (S + s)²."""
    y, p = masks[0][:1, :, :, :1], masks[1][:1, :, :, :1]
    with tf.GradientTape() as tape:
        tape.watch(point := tf.constant(p))
        loss = tf.reduce_sum(soft_dice(y, point, smoothing=2.0))
    intersection, total = np.sum(y * p), np.sum(y + p)
    formula = -(2 * y * (total + 2) - (2 * intersection + 2)) / (total + 2) ** 2
    gradient = tape.gradient(loss, point)
    np.testing.assert_allclose(gradient, formula, rtol=1e-10)
    differences = numeric_gradient(lambda q: float(soft_dice(y, q, smoothing=2.0)[0]), p)
    np.testing.assert_allclose(gradient, differences, rtol=1e-6, atol=1e-10)


def test_empty_masks_predicted_empty_cost_nothing_and_keras_makes_them_cost_one():
    empty = np.zeros((2, 4, 4, 1), dtype=np.float32)
    for per_image in (True, False):
        assert float(np.max(soft_dice(empty, empty, per_image=per_image))) == 0
    assert float(keras.losses.Dice()(empty, empty)) == pytest.approx(1)
    assert float(np.max(soft_dice(empty, np.ones_like(empty)))) > 0.9


def test_without_empty_masks_the_batch_agrees_with_keras(masks):
    y, p = (array[..., :1].astype(np.float32) for array in masks)
    ours = float(soft_dice(y, p, per_image=False, smoothing=1e-7))
    assert ours == pytest.approx(float(keras.losses.Dice()(y, p)), rel=1e-5)


def test_background_hides_what_became_of_the_lesion():
    lesion = np.zeros((1, 10, 10, 1))
    lesion[:, 4, 4] = 1
    truth = np.concatenate([1 - lesion, lesion], axis=-1)
    blind = np.concatenate([np.ones_like(lesion), np.zeros_like(lesion)], axis=-1)
    with_background = float(soft_dice(truth, blind, smoothing=1e-6)[0])
    without = float(soft_dice(truth, blind, smoothing=1e-6, background=False)[0])
    assert with_background == pytest.approx(0.5, abs=0.01) and without == pytest.approx(1, abs=1e-5)


def test_a_model_learns_masks_with_it_and_keeps_it_in_its_file(tmp_path, rng):
    keras.utils.set_random_seed(0)
    masks = np.zeros((32, 8, 8, 1), dtype="float32")
    for image in masks:
        row, column = rng.integers(0, 5, size=2)
        image[row : row + 3, column : column + 3] = 1
    images = masks + 0.3 * rng.normal(size=masks.shape).astype("float32")
    model = keras.Sequential([keras.Input((8, 8, 1)), keras.layers.Conv2D(1, 3, padding="same", activation="sigmoid")])
    loss = SoftDice(smoothing=0.5)
    model.compile(keras.optimizers.Adam(0.1), loss, jit_compile=False)
    losses = model.fit(images, masks, epochs=15, batch_size=8, verbose=0).history["loss"]
    assert losses[-1] < 0.2 < losses[0]
    model.save(tmp_path / "net.keras")
    assert keras.models.load_model(tmp_path / "net.keras").loss.get_config() == loss.get_config()


def test_labels_may_be_whole_numbers_or_booleans(masks):
    y, p = masks
    np.testing.assert_array_equal(soft_dice(y.astype(bool), p), soft_dice(y.astype(np.uint8), p))


def test_half_precision_can_count_the_pixels():
    ones = tf.ones((1, 300, 300, 1), tf.float16)
    assert float(soft_dice(ones, ones)[0]) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(
    ("true", "pred", "options", "message"),
    [
        (np.zeros((2, 4, 4)), np.zeros((2, 4, 4, 1)), {}, "expected y_true and y_pred of the same shape"),
        (np.zeros((2, 4, 4, 1)), np.zeros((2, 4, 4, 3)), {}, "one-hot encode class numbers"),
        (np.zeros((4, 1)), np.zeros((4, 1)), {}, "add an axis for channels"),
        (np.zeros((2, 4, 4, 1)), np.full((2, 4, 4, 1), 7.0), {}, "apply a sigmoid or softmax to logits first"),
        (np.zeros((2, 4, 4, 1)), np.full((2, 4, 4, 1), np.nan), {}, "received values from nan to nan"),
        (np.zeros((2, 4, 4, 1)), np.zeros((2, 4, 4, 1), int), {}, "received int64; do not round them"),
        (np.zeros((2, 4, 4, 1)), np.zeros((2, 4, 4, 1)), {"background": False}, "nothing would be left"),
        (
            np.zeros((2, 4, 4, 1)),
            np.zeros((2, 4, 4, 1)),
            {"smoothing": 0.0},
            "smoothing to be a number above 0",
        ),
        (np.zeros((2, 4, 4, 1)), np.zeros((2, 4, 4, 1)), {"smoothing": "1"}, "to be a number above 0, received '1'"),
    ],
)
def test_what_does_not_fit_is_named(true, pred, options, message):
    with pytest.raises(ValueError, match=message):
        soft_dice(true, pred, **options)
