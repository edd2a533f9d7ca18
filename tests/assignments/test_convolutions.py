"""What the reference of 11 computes by hand is what TensorFlow computes, and what nudging finds."""

from __future__ import annotations

import importlib.util
import itertools
import sys
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

from tfkit import numeric_gradient

PATH = Path(__file__).parents[2] / "assignments" / "11_convnets_and_ensembles" / "solution.py"
SPEC = importlib.util.spec_from_file_location("convnets", PATH)
assert SPEC and SPEC.loader
convnets = sys.modules["convnets"] = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(convnets)

SHAPES = [(size, kernel, stride) for size in (1, 4, 5, 7, 8) for kernel in (1, 2, 3, 5) for stride in (1, 2, 3, 5)]


@pytest.mark.parametrize("padding", ["valid", "same"])
def test_convolution_is_tensorflows_forward_and_backward(padding):
    rng = np.random.default_rng(0)
    for (h, kh, stride), (w, kw) in zip(SHAPES, itertools.cycle(((7, 3), (6, 2), (5, 4))), strict=False):
        if kh > h:
            continue
        X, W, b = rng.normal(size=(2, h, w, 3)), rng.normal(size=(kh, kw, 3, 2)), rng.normal(size=2)
        given = [tf.constant(one) for one in (X, W, b)]
        with tf.GradientTape() as tape:
            tape.watch(given)
            Y = tf.nn.conv2d(given[0], given[1], stride, padding.upper()) + given[2]
            D = rng.normal(size=Y.shape)
            loss = tf.reduce_sum(Y * D)
        assert np.allclose(convnets.conv2d(X, W, b, stride, padding), Y)
        assert convnets.output_size(h, kh, stride, padding) == Y.shape[1]
        grads = convnets.conv2d_backward(D, X, W, stride, padding)
        for name, expected in zip("XWb", tape.gradient(loss, given), strict=True):
            assert np.allclose(grads[name], expected), (h, kh, stride, name)


@pytest.mark.parametrize("tied", [False, True])
def test_pooling_is_tensorflows_ties_included(tied):
    rng = np.random.default_rng(1)
    for size, stride in ((1, 1), (2, 1), (2, 2), (3, 2), (2, 3), (5, 4)):
        X = rng.integers(-2, 3, size=(3, 8, 7, 2)).astype(float) if tied else rng.normal(size=(3, 8, 7, 2))
        pixels = tf.constant(X)
        with tf.GradientTape() as tape:
            tape.watch(pixels)
            Y = tf.nn.max_pool2d(pixels, size, stride, "VALID")
            D = rng.normal(size=Y.shape)
            loss = tf.reduce_sum(Y * D)
        assert np.array_equal(convnets.max_pool(X, size, stride), Y)
        assert np.allclose(convnets.max_pool_backward(D, X, size, stride), tape.gradient(loss, pixels))


@pytest.mark.parametrize("padding", ["valid", "same"])
def test_gradients_are_those_that_nudging_finds(padding):
    rng = np.random.default_rng(2)
    given = {"X": rng.normal(size=(2, 5, 6, 2)), "W": rng.normal(size=(3, 2, 2, 3)), "b": rng.normal(size=3)}
    D = rng.normal(size=convnets.conv2d(**given, stride=2, padding=padding).shape)
    grads = convnets.conv2d_backward(D, given["X"], given["W"], 2, padding)
    for name, value in given.items():

        def loss(nudged, name=name):
            return float(np.sum(D * convnets.conv2d(**{**given, name: nudged}, stride=2, padding=padding)))

        assert np.allclose(grads[name], numeric_gradient(loss, value), atol=1e-6)
    E = rng.normal(size=convnets.max_pool(given["X"], 3, 2).shape)
    nudged = numeric_gradient(lambda X: float(np.sum(E * convnets.max_pool(X, 3, 2))), given["X"])
    assert np.allclose(convnets.max_pool_backward(E, given["X"], 3, 2), nudged, atol=1e-6)


def test_the_lectures_shapes():
    first = convnets.layer_counts((32, 32, 3), 5, 6, 1, "valid")
    assert first == {"height": 28, "width": 28, "depth": 6, "products": 75, "parameters": 6 * 76}
    second = convnets.layer_counts((28, 28, 6), 5, 10, 1, "valid")
    assert (second["height"], second["width"], second["depth"], second["products"]) == (24, 24, 10, 150)
