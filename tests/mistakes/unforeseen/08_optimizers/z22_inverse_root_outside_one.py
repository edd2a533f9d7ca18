"""z22_inverse_root_outside_one: adds the 1 to the root and not under it.

question: 08.10
means: one added outside the root
cause: inside-root, parentheses
"""

import math


def inverse_sqrt(learning_rate, step, every):
    return learning_rate / (1 + math.sqrt(step / every))
