"""Several views of one image at test time, and the mean of what a model says about them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from tfkit._arguments import check_positive_integer
from tfkit.nets.ensembles import average_predictions


def ten_crop(images: ArrayLike, size: int | tuple[int, int]) -> np.ndarray:
    """Return ten fixed views of each image: four corners and the centre, and the same mirrored left to right.

    Mirroring must not change the class: a left lung is not a right one.

    Example:

    >>> images = np.arange(16.0).reshape(1, 4, 4, 1)
    >>> views = ten_crop(images, 2)
    >>> views.shape
    (10, 1, 2, 2, 1)
    >>> views[4, 0, :, :, 0].tolist(), views[9, 0, :, :, 0].tolist()
    ([[5.0, 6.0], [9.0, 10.0]], [[6.0, 5.0], [10.0, 9.0]])

    Args:
        images: Images, shape `(M, height, width, channels)`.
        size: Height and width of the views in pixels; one number if they are equal.

    Returns:
        An array `(10, M, height, width, channels)` of the images' type: top left, top right, bottom left, bottom
        right, centre, and these five mirrored.

    Raises:
        ValueError: If the images have another number of axes, or are smaller than the views.

    Reference:
        Krizhevsky, Sutskever and Hinton, "ImageNet classification with deep convolutional neural networks", 2012.
    """
    array = _images(images)
    height, width = (size, size) if isinstance(size, (int, np.integer)) else size
    check_positive_integer("the height of size", height)
    check_positive_integer("the width of size", width)
    down, right = array.shape[1] - height, array.shape[2] - width
    if down < 0 or right < 0:
        raise ValueError(f"expected views no larger than the images {array.shape[1:3]}, received {(height, width)}")
    corners = [(0, 0), (0, right), (down, 0), (down, right), (down // 2, right // 2)]
    crops = np.stack([array[:, top : top + height, left : left + width] for top, left in corners])
    return np.concatenate([crops, crops[:, :, :, ::-1]])


def predict_with_augmentation(
    model: Any,
    images: ArrayLike,
    views: Callable[[np.ndarray], ArrayLike] | Sequence[Callable[[np.ndarray], ArrayLike]],
) -> np.ndarray:
    """Return the model's mean prediction over several views of each image.

    Views are fixed: the same image gets the same prediction tomorrow, and in other company. Let the images as they
    are (or their centre) be one of the views. Predictions that are images themselves, such as masks, would have to
    be turned back before they are averaged, which is not done here.

    Example:

    >>> import keras
    >>> model = keras.Sequential([keras.Input((2, 2, 1)), keras.layers.GlobalAveragePooling2D()])
    >>> images = np.arange(16.0).reshape(1, 4, 4, 1)
    >>> predict_with_augmentation(model, images, lambda images: ten_crop(images, 2))
    array([[7.5]])
    >>> crop = lambda images: images[:, :2, :2]
    >>> mirrored = lambda images: images[:, :2, 1::-1]
    >>> predict_with_augmentation(model, images, [crop, mirrored])
    array([[2.5]])

    Args:
        model: A Keras model.
        images: Images, shape `(M, height, width, channels)`.
        views: A function from images to all views, shape `(views, M, ...)`, such as `ten_crop`; or a list of
            functions from images to one view, `(M, ...)`, each.

    Returns:
        The mean prediction, shape `(M, ...)`, float64.

    Raises:
        ValueError: If there are no views, a view has another number of images, all views are the same, or a view is
            random.

    Reference:
        Review session, "Maximizing test-time performance".
    """
    array = _images(images)

    def apply(batch: np.ndarray) -> list[np.ndarray]:
        made: Any = views(batch) if callable(views) else [view(batch) for view in views]
        return [np.asarray(view) for view in made]

    made = apply(array)
    if not made or any(view.ndim == 0 or len(view) != len(array) for view in made):
        shapes = [view.shape for view in made]
        raise ValueError(f"expected views of shape (views, {len(array)}, ...), received views of shapes {shapes}")
    if any(not np.array_equal(once, again) for once, again in zip(made, apply(array), strict=True)):
        raise ValueError(
            "expected fixed views, received one that is different each time; draw its random numbers once, "
            "outside the function"
        )
    if len(made) > 1 and all(np.array_equal(made[0], view) for view in made[1:]):
        raise ValueError(
            "expected views that differ, received the same images each time; Keras's augmentation layers do "
            "nothing with training=False"
        )
    return average_predictions([np.asarray(model.predict(view, verbose=0)) for view in made])


def _images(images: ArrayLike) -> np.ndarray:
    array = np.asarray(images)
    if array.ndim != 4 or array.size == 0 or array.dtype.kind not in "fiub":
        raise ValueError(
            f"expected images of shape (M, height, width, channels), received {array.shape}; "
            "add a first axis to a single image, and a last axis to grey images"
        )
    return array
