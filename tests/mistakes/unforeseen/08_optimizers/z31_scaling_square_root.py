"""z31_scaling_square_root: scales with the root of the batch factor, a rule from papers on Adam.

question: 08.14
means: square root of the factor
cause: extra-function
"""

import math


def linear_scaling(learning_rate, batch_size, old_batch_size):
    return learning_rate * math.sqrt(batch_size / old_batch_size)
