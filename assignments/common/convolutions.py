"""What the tests of convolutions share: what is to be written by hand, the ends of an image, images to pool."""

import numpy as np

from autograder.testing import array_of, check

# ready-made convolutions, poolings and gradients: to be written here
READY = (
    "tensorflow.nn.conv2d",
    "tensorflow.nn.conv2d_transpose",
    "tensorflow.nn.convolution",
    "tensorflow.nn.depthwise_conv2d",
    "tensorflow.nn.max_pool",
    "tensorflow.nn.max_pool2d",
    "tensorflow.nn.pool",
    "tensorflow.raw_ops.Conv2D",
    "tensorflow.raw_ops.Conv2DBackpropFilter",
    "tensorflow.raw_ops.Conv2DBackpropInput",
    "tensorflow.raw_ops.MaxPool",
    "tensorflow.raw_ops.MaxPoolGrad",
    "tensorflow.GradientTape",
)


PADS = ("the zeros before", "the zeros after")


def ends(one):
    """Pixels of an image and of a filter, along both axes and with both paddings."""
    return [(n, k, padding) for n, k in ((one.h, one.kh), (one.w, one.kw)) for padding in ("valid", "same")]


def unpadded(problem):
    """The same images without padding, with a gradient of the size that comes out then."""
    return problem.extended(padding="valid", D=lambda one: one.upstream(one.kh, one.kw, one.f))


def pooled(problem, tied=False):
    """Images to pool, with the gradient of what comes out."""
    return problem.extended(
        padding="valid",
        X=lambda one: one.tied if tied else one.X,
        D=lambda one: one.upstream(one.size, one.size, one.c),
    )


def check_ties(student, problem):
    """That of equal winners only the first gets the gradient; who gets it instead is told."""
    for one in problem:
        came = array_of(student.max_pool_backward(one.D, one.X, one.size, one.stride))
        right = unpooled(one, lambda ties: ties & (np.cumsum(ties, axis=1) == 1))
        known = (
            ("repeated-step", lambda ties: ties, "each of them gets the whole gradient"),
            ("averaged", lambda ties: ties / ties.sum(axis=1, keepdims=True), "they share the gradient"),
            (
                "reversed",
                lambda ties: ties & (np.cumsum(ties[:, ::-1], axis=1)[:, ::-1] == 1),
                "the last of them gets it",
            ),
        )
        for code, shares, why in known:
            other = unpooled(one, shares)
            same = np.shape(came) == other.shape and np.allclose(came, other) and not np.allclose(other, right)
            check(not same, f"of several equal winners in one window {why}; expected only the first", code=code)


def unpooled(one, shares):
    """The gradient by pooled images; `shares` says who of those (M, pixels, c) that are the largest gets which part."""
    d_X = np.zeros_like(one.X)
    for i in range(one.D.shape[1]):
        for j in range(one.D.shape[2]):
            top, left = i * one.stride, j * one.stride
            place = np.s_[:, top : top + one.size, left : left + one.size]
            window = one.X[place]
            flat = window.reshape(one.M, -1, one.c)
            part = shares(flat == flat.max(axis=1, keepdims=True)) * one.D[:, i, j][:, None]
            d_X[place] += part.reshape(window.shape)
    return d_X
