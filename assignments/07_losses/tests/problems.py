"""The inputs of the tests: predictions, labels and masks that tell mistakes apart, and the slopes that are right.

The number of examples is a prime of at least 5, all sizes differ and none is a product of others. Labels are
unbalanced, weights and strengths differ from one size to the next, and one of the masks is empty.

A slope is asked of a tape that watches the submission's own loss: whoever writes a loss that is right and has no
slope, or NaN for one, is told so.
"""

from __future__ import annotations

import numpy as np
from common.precision import TwoPrecisions
from common.tapes import tape_slopes

from autograder.testing import Sizes, Tensor, array_of, assert_close, cached_property, check


class Losses(TwoPrecisions):
    """Numbers (M, k), probabilities, logits and labels of several kinds, and masks (M, h, w)."""

    sizes = (Sizes(M=7, k=3, h=5, w=4), Sizes(M=11, k=5, h=3, w=7))
    edges = (
        Sizes(M=7, k=1, h=1, w=4, other=1),
        Sizes(M=1, k=3, h=5, w=1, other=1),
        Sizes(M=5, k=5, h=5, w=5, other=1),  # as many outputs as examples
    )
    words = {"M": "examples", "k": "outputs", "h": "rows of a mask", "w": "columns of a mask"}  # noqa: RUF012

    @cached_property
    def Y_hat(self):
        return self.array(2 * self.rng("Y_hat").normal(size=(self.M, self.k)) + 1)

    @cached_property
    def Y(self):
        return self.array(self.rng("Y").normal(size=(self.M, self.k)))

    @cached_property
    def P(self):
        """Probabilities of a yes."""
        return self.array(self.rng("P").uniform(0.05, 0.95, size=(self.M, self.k)))

    @cached_property
    def labels_yes(self):
        """Labels 0 and 1 of k questions, most of them 0; the first row has both."""
        labels = (self.rng("yes").uniform(size=(self.M, self.k)) < 0.3).astype(float)
        labels[0] = np.arange(self.k) % 2
        labels[-1, -1] = 1
        return self.array(labels)

    @cached_property
    def Z(self):
        """Logits, in the middle, where sigmoid and softmax bend."""
        return self.array(1.5 * self.rng("Z").normal(size=(self.M, self.k)))

    @cached_property
    def large(self):
        """Logits of all sizes, also of 1000 and of exactly 0."""
        chosen = np.array([-1000.0, 1000.0, 0.0, -95.0, 95.0, -3.0, 2.0])
        size = self.M * self.k
        return self.array(self.rng("large").permutation(np.resize(chosen, size)).reshape(self.M, self.k))

    @cached_property
    def large_rows(self):
        """Logits of 1000 in one row, and small ones in another."""
        rows = self.rng("rows").normal(size=(self.M, self.k))
        scale = np.resize([1000.0, 1.0, -1000.0, 300.0], self.M)[:, None]
        shift = np.resize([0.0, -1000.0, 1000.0, 5.0], self.M)[:, None]
        return self.array(scale * np.sign(rows) + rows + shift)

    @cached_property
    def labels(self):
        """Class numbers, more small ones than large ones; every class is there, as far as there are examples."""
        labels = np.minimum(self.rng("labels").geometric(0.5, size=self.M) - 1, self.k - 1)
        labels[: self.k] = np.arange(min(self.k, self.M))[::-1]
        return Tensor(self.rng("order").permutation(labels).astype(np.int32))

    @cached_property
    def one_hot(self):
        return self.array(np.eye(self.k)[self.labels.array])

    @cached_property
    def softmaxed(self):
        """Probabilities of classes."""
        return self.array(_softmax(array_of(self.Z).astype(np.float64)))

    @cached_property
    def positive(self):
        return self.array(self.rng("positive").uniform(0.6, 3.0, size=self.k))

    @cached_property
    def negative(self):
        return self.array(self.rng("negative").uniform(0.1, 0.5, size=self.k))

    @cached_property
    def pixels(self):
        """Probabilities of pixels, most of them small; the empty mask is predicted empty."""
        pixels = self.rng("pixels").uniform(0.02, 0.98, size=(self.M, self.h, self.w)) ** 3
        if self.M > 1:
            pixels[-1] = 0
        return self.array(pixels)

    @cached_property
    def masks(self):
        """Masks of different areas, the last one empty where there are others."""
        shares = self.rng("shares").uniform(0.05, 0.3, size=(self.M, 1, 1))
        masks = (self.rng("masks").uniform(size=(self.M, self.h, self.w)) < shares).astype(float)
        masks[:, 0, 0] = 1
        if self.M > 1:
            masks[-1] = 0
        return self.array(masks)

    @cached_property
    def smoothing(self):
        return self.own(0.75, 1.5)

    @cached_property
    def params(self):
        rng = self.rng("params")
        shapes = {"W1": (self.w, self.h), "b1": (1, self.h), "W2": (self.h, self.k), "b2": (1, self.k)}
        return {name: self.array(rng.normal(size=shape)) for name, shape in shapes.items()}

    @cached_property
    def strength(self):
        return self.own(19, 27) / 64

    @cached_property
    def mix(self):
        return self.own(11, 5) / 16

    def assert_slopes(self, student, name, *cases, finite=False):
        """That a tape gives the right slope of a loss by its first argument in each case."""
        assert_slopes(student, name, cases, finite)


def assert_slopes(student, name, cases, finite=False):
    """That a tape gives the right slope of a loss by its first argument in each case; or a `finite` one, no more."""
    for given, received in zip(cases, tape_slopes(student, name, cases), strict=True):
        of_what = f"the slope of `{name}`"
        told = f"{of_what} is None: a tape cannot follow the function from the prediction to the loss"
        check(received is not None, told, code="off-the-tape")
        came, right = array_of(received), SLOPES[name](*(_wide(one) for one in given))
        if finite:
            right = np.where(np.isfinite(came), came, 0).astype(np.float64)
        assert_close(received, right, of_what, given=right.astype(array_of(given[0]).dtype))


def _wide(value):
    array = array_of(value)
    return array.astype(np.float64) if getattr(array, "dtype", None) == np.float32 else array


def _sigmoid(Z):
    return np.where(Z >= 0, 1, np.exp(-np.abs(Z))) / (1 + np.exp(-np.abs(Z)))


def _softmax(Z):
    shifted = np.exp(Z - Z.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)


def _weighted(Z, Y, positive, negative):
    return (negative * (1 - Y) * _sigmoid(Z) - positive * Y * _sigmoid(-Z)) / len(Y)


def _dice(P, Y, smoothing):
    overlap, areas = ((2 * P * Y).sum((1, 2), keepdims=True), (P + Y).sum((1, 2), keepdims=True))
    return ((overlap + smoothing) / (areas + smoothing) ** 2 - 2 * Y / (areas + smoothing)) / len(P)


def _probabilities(P, Y):
    with np.errstate(divide="ignore", invalid="ignore"):
        return (P - Y) / (P * (1 - P)) / len(Y)


# the gradient of each loss by its first argument
SLOPES = {
    "mse": lambda Y_hat, Y: 2 * (Y_hat - Y) / len(Y),
    "mae": lambda Y_hat, Y: np.sign(Y_hat - Y) / len(Y),
    "binary_cross_entropy": _probabilities,
    "binary_cross_entropy_from_logits": lambda Z, Y: (_sigmoid(Z) - Y) / len(Y),
    "weighted_binary_cross_entropy": _weighted,
    "categorical_cross_entropy": lambda Z, Y: (_softmax(Z) - Y) / len(Y),
    "sparse_categorical_cross_entropy": lambda Z, labels: (_softmax(Z) - np.eye(Z.shape[1])[labels]) / len(Z),
    "slide_cross_entropy": lambda P, Y: -Y / np.maximum(P, 2.0**-23) / len(Y),
    "dice_loss": _dice,
}
