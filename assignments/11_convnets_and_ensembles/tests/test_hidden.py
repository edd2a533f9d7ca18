"""The hidden tests of 11: other sizes, values and seeds."""

import numpy as np
from common.convolutions import READY, check_counts, check_sizes, check_winners, check_zeros, ends, pooled, unpadded
from common.image_arrays import check_shifts
from common.image_models import check_blocks, check_built, check_ensemble, check_moves, check_views
from common.snapshots import check_shuffled, check_snapshots

from autograder.testing import assert_array, assert_gradients, question


@question("11.1", points=0.75)
def test_output_size_again(student, problem):
    """Places of a filter: other sizes, such as a filter as large as the image, or a stride larger than the filter."""
    cases = [(n, k, one.stride, padding) for one in problem.edges for n, k, padding in ends(one)]
    check_sizes(student, [*cases, (224, 11, 4, "valid"), (224, 7, 2, "same"), (1, 1, 1, "valid"), (5, 5, 3, "same")])


@question("11.2", points=0.75)
def test_layer_counts_again(student, reference):
    """What a layer costs: other layers, such as filters of one pixel."""
    cases = [((224, 224, 3), 11, 96, 4, "valid"), ((7, 5, 13), 1, 4, 1, "valid"), ((19, 23, 2), 3, 1, 2, "same")]
    check_counts(student, reference, cases)


@question("11.3", points=0.75)
def test_same_padding_again(student, reference, problem):
    """Zeros before and after: other sizes, such as a stride larger than the filter."""
    cases = [(n, k, one.stride) for one in problem.edges for n, k in ((one.h, one.kh), (one.w, one.kw))]
    check_zeros(student, reference, [*cases, (224, 7, 2), (9, 4, 1), (5, 5, 3), (1, 1, 1), (10, 6, 4)])


@question("11.4", points=1.75, forbids=READY)
def test_conv2d_again(student, reference, problem):
    """Convolution: other sizes, such as one image, one channel, filters of one pixel or as high as the image."""
    assert_array(student.conv2d, reference.conv2d, problem.edges)
    assert_array(student.conv2d, reference.conv2d, unpadded(problem.edges))


@question("11.5", points=1.75, forbids=READY)
def test_conv2d_backward_again(student, reference, problem):
    """Gradients of a convolution: other sizes, such as one image, one channel or filters of one pixel."""
    assert_array(student.conv2d_backward, reference.conv2d_backward, problem.edges, without_points=("W", "b"))
    assert_gradients(student.conv2d_backward, reference.conv2d_backward, unpadded(problem.edges))


@question("11.6", points=0.75, forbids=READY)
def test_max_pool_again(student, reference, problem):
    """Max pooling: other sizes, such as windows of one pixel, and strides larger than a window."""
    assert_array(student.max_pool, reference.max_pool, pooled(problem.edges))


@question("11.7", points=1.5, forbids=READY)
def test_max_pool_backward_again(student, reference, problem):
    """Gradient of a max pooling: other sizes, images after a ReLU."""
    check_winners(student, pooled(problem.edges, tied=True))
    assert_array(student.max_pool_backward, reference.max_pool_backward, pooled(problem.edges, tied=True))
    rectified = pooled(problem).extended(X=lambda one: np.maximum(one.X - 0.5, 0))
    assert_array(student.max_pool_backward, reference.max_pool_backward, rectified)


@question("11.8", points=0.75)
def test_build_cnn_again(student, problem):
    """The network: other images and blocks, such as one."""
    check_built(student, problem.second, (5, 8, 1), [4], 3)


@question("11.9", points=1)
def test_shift_images_again(student, problem):
    """Shifted images: other sizes, larger shifts and none, float32."""
    check_shifts(student, problem.first, 1500, 3, law=True, dtype=np.float32)
    check_shifts(student, problem.second, 1, 0, law=False)


@question("11.10", points=1, after=("11.8", "11.9"))
def test_train_cnn_again(student, problem):
    """Training: larger shifts, other images, blocks and another seed."""
    check_moves(student, problem.second, most=2)
    check_blocks(student, problem.second, [4, 3])


@question("11.11", points=0.75)
def test_ten_crop_again(student, reference, problem):
    """Ten crops: other sizes, such as views of one pixel or as high as the image, float32."""
    for one in problem.edges:
        assert_array(student.ten_crop, reference.ten_crop, one.X.astype(np.float32), 1, True)
        assert_array(student.ten_crop, reference.ten_crop, one.X, min(one.h, one.w), False)


@question("11.12", points=0.75)
def test_predict_tta_again(student, problem):
    """Several views: other numbers of views and images."""
    check_views(student, problem.second.extended(M=2, h=3, w=2, c=1), 5)


@question("11.13", points=0.75)
def test_average_ensemble_again(student, problem):
    """Several models: other models, and one alone."""
    check_ensemble(student, problem.second, 2)
    check_ensemble(student, problem.edges.first, 1)


@question("11.14", points=1.5)
def test_snapshot_ensemble_again(student, problem):
    """Snapshots: other cycles and batches, in a model that was trained before, examples shuffled."""
    check_snapshots(student, problem.second, epochs=3, batch_size=4, cycles=2, trained=True)
    check_shuffled(student, problem.second)
