"""z32_scaling_whole_factor: divides the batch sizes with //, so the factor loses its fraction.

question: 08.14
means: whole-number division of batch sizes
cause: rounding, extra-function
"""


def linear_scaling(learning_rate, batch_size, old_batch_size):
    return learning_rate * (batch_size // old_batch_size)
