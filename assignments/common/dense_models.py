"""Keras models of Dense layers, described by their numbers: built in the process that is asked, in their precision."""

from autograder.testing import Remote


def dense_model(*layers):
    """A Sequential model, from kernel, bias and activation of each layer.

    It has the dtype of these arrays: where the reference is asked in float64, its model is one of float64.
    """

    def precision(of):
        return Remote("operator.attrgetter", "dtype.name").then("__call__", of)

    first = layers[0][0]
    described = [Remote("keras.Input", (first.shape[0],), dtype=precision(first))]
    for kernel, bias, activation in layers:
        options = {
            "activation": activation,
            "kernel_initializer": Remote("keras.initializers.Constant", kernel),
            "bias_initializer": Remote("keras.initializers.Constant", bias),
            "dtype": precision(kernel),
        }
        described.append(Remote("keras.layers.Dense", kernel.shape[1], **options))
    return Remote("keras.Sequential", described)
