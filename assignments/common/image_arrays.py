"""Checks of arrays of images: what a call returned, and how images move."""

import math

import numpy as np

from autograder.testing import Remote, Tensor, array_of, check, kind_of


def generator(seed):
    return Remote("numpy.random.default_rng", seed)


def tensor(values):
    return Tensor(np.asarray(values, np.float32))


def array_from(received, shape, what):
    """The array that a call returned, of the right shape."""
    came = array_of(received)
    told = f"expected {what}, an array of shape {shape}; you return {kind_of(received)}"
    check(isinstance(came, np.ndarray), told, code="kind")
    check(came.shape == shape, f"{what}: the array has the shape {came.shape}; expected {shape}", code="shape")
    return came


def moved(images, down, right):
    """Images moved by whole numbers of pixels, each by its own; zeros come in."""
    result = np.zeros_like(images)
    h, w = images.shape[1:3]
    for image, target, i, j in zip(images, result, down, right, strict=True):
        target[max(i, 0) : h + min(i, 0), max(j, 0) : w + min(j, 0)] = image[
            max(-i, 0) : h - max(i, 0), max(-j, 0) : w - max(j, 0)
        ]
    return result


# With all shifts equally likely, chi-squared has one degree of freedom less than there are shifts: beyond mean plus 8
# standard deviations lie 8e-8 (24 degrees) or 6e-9 (48) of all right answers (scipy.stats.chi2.sf).
def _far(cells):
    return cells - 1 + 8 * math.sqrt(2 * (cells - 1))


def check_shifts(student, one, count, most, law, dtype=np.float64):
    """That images are moved, each by whole numbers of pixels of its own; with `law`, that all are equally likely."""
    rng = one.rng(f"pixels {count} {most}")
    images = rng.uniform(1, 2, size=(count, 4, 5, 2)).astype(dtype)
    seed = int(rng.integers(1, 1000))
    call = student.shift_images.call(images, most, generator(seed))
    came = array_from(call.value, images.shape, "the moved images")
    check(came.dtype == dtype, f"images are {np.dtype(dtype)}, and yours come back as {came.dtype}", code="dtype")
    same = np.array_equal(array_of(call.arguments[0]), images)
    check(same, "the images that were given have changed", code="changes-argument")
    reach = range(-min(most + 2, 3), min(most + 2, 3) + 1)
    shifts = [(i, j) for i in reach for j in reach]
    found = np.full((count, 2), 99)
    for i, j in shifts:
        fits = np.isclose(came, moved(images, [i] * count, [j] * count), atol=1e-6).all(axis=(1, 2, 3))
        found[fits & (found[:, 0] == 99)] = i, j
    for image in np.flatnonzero(found[:, 0] == 99)[:1]:
        _tell_other(images[image], came[image], int(image), shifts)
    if most == 0:
        check(not found.any(), "with most = 0 images move", code="off-by-one")
        return
    largest = int(np.abs(found).max())
    check(largest <= most, f"with most = {most} an image moves by {largest} pixels", code="off-by-one")
    if (found == found[0]).all():
        # one shift for all of them may be none by chance
        others = [array_of(student.shift_images(images, most, generator(seed + more))) for more in range(1, 6)]
        moves = found.any() or not all(np.array_equal(other, images) for other in others)
        check(moves, "no image has moved", code="missing-step")
        told = f"all images move alike, here {_words(*found[0])}; expected a shift of its own for each"
        check(False, told, code="same-draws")
    if not law:
        return
    for axis, name in enumerate(("down or up", "right or left")):
        check(found[:, axis].any(), f"no image moves {name}", code="missing-step")
    check(not (found[:, 0] == found[:, 1]).all(), "every image moves as far down as to the right", code="same-draws")
    for axis, names in enumerate((("up", "down"), ("to the left", "to the right"))):
        for end, name in zip((-most, most), names, strict=True):
            never = not (found[:, axis] == end).any()
            told = f"of {count} images none moves {most} {name}; expected shifts from -{most} to {most}, both included"
            check(not never, told, code="off-by-one")
    cells = (2 * most + 1) ** 2
    counts = np.array(
        [(found == (i, j)).all(axis=1).sum() for i in range(-most, most + 1) for j in range(-most, most + 1)]
    )
    distance = float(((counts - count / cells) ** 2).sum() / (count / cells))
    told = f"the {cells} shifts are not equally likely: of {count} images {counts.min()} to {counts.max()} move by each"
    check(distance < _far(cells), told, code="distribution")
    again = array_of(student.shift_images(images, most, generator(seed)))
    check(np.array_equal(again, came), "the same generator moves the images in another way", code="seed")
    other = array_of(student.shift_images(images, most, generator(seed + 1)))
    check(
        not np.array_equal(other, came), "every generator moves the images in the same way: is rng used?", code="seed"
    )


def _words(down, right):
    return f"{abs(down)} {'down' if down >= 0 else 'up'} and {abs(right)} {'right' if right >= 0 else 'left'}"


def _tell_other(image, came, number, shifts):
    """What became of an image that was not moved as it should be."""
    for i, j in shifts:
        rolled = np.roll(image, (i, j), axis=(0, 1))
        told = f"Image {number} moves {_words(i, j)}, and what leaves it on one side comes in at the other"
        check(not np.allclose(came, rolled, atol=1e-6), f"{told}; expected zeros", code="wrong-value")
        padded = np.pad(image, ((3, 3), (3, 3), (0, 0)), mode="edge")[3 - i : 7 - i, 3 - j : 8 - j]
        told = f"Image {number} moves {_words(i, j)}, and its border is repeated in the gap"
        check(not np.allclose(came, padded, atol=1e-6), f"{told}; expected zeros", code="wrong-value")
        for name, flipped in (("left to right", image[:, ::-1]), ("upside down", image[::-1])):
            there = np.allclose(came, moved(flipped[None], [i], [j])[0], atol=1e-6)
            check(not there, f"Image {number} is mirrored {name}: digits are shifted only", code="extra-function")
    check(False, f"Image {number} is not the given one, moved by whole pixels, with zeros in the gap")
