import keras
import numpy as np
import pytest

from tfkit import predict_with_augmentation, ten_crop


@pytest.fixture
def images(rng):
    return rng.random((3, 6, 7, 2)).astype("float32")


@pytest.fixture
def model():
    keras.utils.set_random_seed(0)
    layers = [keras.layers.Flatten(), keras.layers.Dense(3, "softmax")]
    return keras.Sequential([keras.Input((4, 5, 2)), *layers])


def test_ten_views_pixel_by_pixel(images):
    views = ten_crop(images, (4, 5))
    places = [(0, 0), (0, 2), (2, 0), (2, 2), (1, 1)]
    for view, (top, left) in enumerate(places):
        for row in range(4):
            for column in range(5):
                pixel = images[:, top + row, left + column]
                np.testing.assert_array_equal(views[view, :, row, column], pixel)
                np.testing.assert_array_equal(views[view + 5, :, row, 4 - column], pixel)
    assert views.shape == (10, 3, 4, 5, 2) and views.dtype == images.dtype


def test_views_of_full_size_are_two(images):
    assert len(np.unique(ten_crop(images, (6, 7)).reshape(10, -1), axis=0)) == 2


def test_the_prediction_is_the_mean_over_views(images, model):
    expected = np.mean([model.predict(view, verbose=0) for view in ten_crop(images, (4, 5))], axis=0)
    mean = predict_with_augmentation(model, images, lambda batch: ten_crop(batch, (4, 5)))
    np.testing.assert_allclose(mean, expected, rtol=1e-6)
    np.testing.assert_allclose(mean.sum(axis=1), 1, rtol=1e-6)


def test_it_is_the_same_tomorrow_and_alone(images, model):
    views = [lambda batch: batch[:, :4, :5], lambda batch: batch[:, :4, 4::-1]]
    whole = predict_with_augmentation(model, images, views)
    np.testing.assert_array_equal(whole, predict_with_augmentation(model, images, views))
    np.testing.assert_allclose(whole[:1], predict_with_augmentation(model, images[:1], views), rtol=1e-6)


def test_augmentation_that_is_off_or_random_is_refused(images):
    net = keras.Sequential([keras.Input((6, 7, 2)), keras.layers.Flatten(), keras.layers.Dense(1)])
    flip = keras.layers.RandomFlip("horizontal", seed=0)
    off = [lambda batch: flip(batch, training=False)] * 3
    with pytest.raises(ValueError, match="nothing with training=False"):
        predict_with_augmentation(net, images, off)
    rotate = keras.layers.RandomRotation(0.3, seed=0)
    with pytest.raises(ValueError, match="expected fixed views, received one that is different each time"):
        predict_with_augmentation(net, images, [lambda batch: batch, lambda batch: rotate(batch, training=True)])


def test_what_does_not_fit_is_named(images, model):
    with pytest.raises(ValueError, match=r"no larger than the images \(6, 7\), received \(8, 8\)"):
        ten_crop(images, 8)
    with pytest.raises(ValueError, match=r"received \(6, 7, 2\); add a first axis to a single image"):
        ten_crop(images[0], 4)
    with pytest.raises(ValueError, match="expected the height of size to be an integer of 1 or more, received 0"):
        ten_crop(images, 0)
    with pytest.raises(ValueError, match="expected views of shape"):
        predict_with_augmentation(model, images, [])
    with pytest.raises(ValueError, match="expected views of shape"):
        predict_with_augmentation(model, images, [lambda batch: batch[:1]])
