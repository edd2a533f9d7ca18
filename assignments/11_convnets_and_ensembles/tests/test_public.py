"""The public tests of 11: what `autograder check 11_convnets_and_ensembles` runs.

Together they look at each sentence of a docstring once, its example first. Convolutions and poolings are compared with
the solution's, which agrees with TensorFlow's (`tests/assignments/test_convolutions.py`), models with what NumPy
computes from their weights.
"""

import numpy as np
from common.convolutions import READY, check_counts, check_sizes, check_winners, check_zeros, ends, pooled, unpadded
from common.image_arrays import check_shifts
from common.image_models import check_built, check_ensemble, check_moves, check_reads, check_views
from common.snapshots import check_shuffled, check_snapshots

from autograder.testing import assert_array, assert_gradients, question


def row(*pixels, width=None):
    """One image of one channel: one row of pixels, or several of that width."""
    return np.array(pixels, np.float64).reshape(1, -1, width or len(pixels), 1)


FILTER = np.array([1.0, 2.0, 3.0]).reshape(1, 3, 1, 1)


@question("11.1", points=1.25)
def test_output_size(student, problem):
    """Places of a filter along an axis: without padding and with it, where a stride divides and where not."""
    cases = [(32, 5, 1, "valid"), (28, 5, 1, "valid"), (7, 2, 2, "valid"), (7, 2, 2, "same")]
    cases += [(n, k, one.stride, padding) for one in problem for n, k, padding in ends(one)]
    check_sizes(student, [*cases, (11, 3, 4, "same"), (12, 3, 4, "same"), (10, 4, 3, "valid")])


@question("11.2", points=1.25)
def test_layer_counts(student, reference, problem):
    """What a layer costs: the lecture's two layers, and others."""
    cases = [((32, 32, 3), 5, 6, 1, "valid"), ((28, 28, 6), 5, 10, 1, "valid")]
    others = [((one.h, one.w, one.c), one.kh, one.f, one.stride) for one in problem]
    check_counts(student, reference, cases + [(*other, padding) for other in others for padding in ("valid", "same")])


@question("11.3", points=1.25)
def test_same_padding(student, reference, problem):
    """Zeros before and after: the odd one after; none where the filter fits."""
    cases = [(n, k, one.stride) for one in problem for n, k in ((one.h, one.kh), (one.w, one.kw))]
    check_zeros(student, reference, [(4, 3, 2), (28, 5, 1), (6, 2, 3), *cases])


@question("11.4", points=1.5, forbids=READY)
def test_conv2d(student, reference, problem):
    """Convolution without padding: all channels, several filters, a bias each, strides."""
    assert_array(student.conv2d, reference.conv2d, unpadded(problem))
    assert_array(student.conv2d, reference.conv2d, row(1, 2, 3, 4), FILTER, np.zeros(1), 1, "valid")


@question("11.4", points=1.75, forbids=READY)
def test_conv2d_same(student, reference, problem):
    """Convolution with padding: the odd zero comes at the end."""
    assert_array(student.conv2d, reference.conv2d, problem)
    assert_array(student.conv2d, reference.conv2d, row(1, 2, 3, 4), FILTER, np.ones(1), 2, "same")


@question("11.5", points=1.5, forbids=READY)
def test_conv2d_backward(student, reference, problem):
    """Gradients of a convolution without padding: images, filters, biases."""
    assert_gradients(student.conv2d_backward, reference.conv2d_backward, unpadded(problem))
    example = row(1, 10), row(1, 2, 3, 4), FILTER, 1, "valid"
    assert_gradients(student.conv2d_backward, reference.conv2d_backward, *example)


@question("11.5", points=1.75, forbids=READY)
def test_conv2d_backward_same(student, reference, problem):
    """Gradients of a convolution with padding: those of the zeros are cut off."""
    # filters and biases were asked for above: here the gradient by the images has to be right
    assert_array(student.conv2d_backward, reference.conv2d_backward, problem, without_points=("W", "b"))
    # no zeros above and below
    flat = row(1, 10, 100, 1000), row(1, 2, 3, 4), FILTER, 1, "same"
    assert_array(student.conv2d_backward, reference.conv2d_backward, *flat, without_points=("W", "b"))


@question("11.6", points=1.25, forbids=READY)
def test_max_pool(student, reference, problem):
    """Max pooling: each channel by itself, windows that overlap, numbers below 0."""
    assert_array(student.max_pool, reference.max_pool, pooled(problem))
    assert_array(student.max_pool, reference.max_pool, pooled(problem).extended(X=lambda one: -np.abs(one.tied) - 1))
    assert_array(student.max_pool, reference.max_pool, row(1, 2, 5, 4, 3, 0, width=3), 2, 1)


@question("11.7", points=1.25, forbids=READY)
def test_max_pool_backward(student, reference, problem):
    """Gradient of a max pooling: to the winners, and twice where two windows have the same."""
    check_winners(student, pooled(problem))
    assert_array(student.max_pool_backward, reference.max_pool_backward, pooled(problem))


@question("11.7", points=1.25, forbids=READY)
def test_max_pool_backward_ties(student, reference, problem):
    """Gradient of a max pooling: of equal winners the first gets it."""
    example = row(10, 1), row(1, 4, 4, 4, 3, 0, width=3), 2, 1
    check_winners(student, pooled(problem, tied=True))
    assert_array(student.max_pool_backward, reference.max_pool_backward, *example)
    assert_array(student.max_pool_backward, reference.max_pool_backward, pooled(problem, tied=True))


@question("11.8", points=1.25)
def test_build_cnn(student, problem):
    """The network: its layers, what they compute, probabilities at the end; without blocks too."""
    check_built(student, problem.first, (13, 10, 2), [5, 3], 4)
    check_built(student, problem.second, (3, 2, 1), [], 4)


@question("11.9", points=1)
def test_shift_images(student, problem):
    """Shifted images: each by its own, zeros come in, the images stay as they were."""
    check_shifts(student, problem.first, 40, 1, law=False)


@question("11.9", points=1)
def test_shift_images_law(student, problem):
    """Shifted images: all shifts from -most to most, equally likely; the generator decides."""
    check_shifts(student, problem.second, 1000, 2, law=True)


@question("11.10", points=1, after=("11.8", "11.9"))
def test_train_cnn(student, problem):
    """Training: the seed decides shifts, new ones in every epoch, and a random order; Adam, its rate and its steps."""
    check_moves(student, problem.first, most=1)


@question("11.10", points=1, after=("11.8", "11.9"))
def test_train_cnn_reads(student, problem):
    """Training: new digits are read although they are shifted; the images stay as they are."""
    check_reads(student, problem.first)


@question("11.11", points=1.25)
def test_ten_crop(student, reference, problem):
    """Ten crops: their places and their order, and five of them without mirroring."""
    cropped = problem.extended(images=lambda one: one.X, size=lambda one: one.kh - 1)
    assert_array(student.ten_crop, reference.ten_crop, cropped.extended(mirror=True))
    assert_array(student.ten_crop, reference.ten_crop, cropped.extended(mirror=False))
    assert_array(student.ten_crop, reference.ten_crop, np.arange(16.0).reshape(1, 4, 4, 1), 2, True)


@question("11.12", points=1.25)
def test_predict_tta(student, problem):
    """Several views: the mean of the probabilities."""
    check_views(student, problem.first, 3)


@question("11.13", points=1.25)
def test_average_ensemble(student, problem):
    """Several models: the mean of the probabilities."""
    check_ensemble(student, problem.first, 3)


@question("11.14", points=1.25)
def test_snapshot_ensemble(student, problem):
    """Snapshots: one for each cycle, the rate falls along half a cosine and begins anew."""
    check_snapshots(student, problem.first, epochs=5, batch_size=problem.first.M)


@question("11.14", points=1.25)
def test_snapshot_ensemble_steps(student, problem):
    """Snapshots: the rate falls with each batch, the short last one included; examples are shuffled."""
    check_snapshots(student, problem.second, epochs=3, batch_size=2)
    check_shuffled(student, problem.first)
