"""What the tests of convolutions share: what is to be written by hand, the ends of an image, images to pool."""

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
