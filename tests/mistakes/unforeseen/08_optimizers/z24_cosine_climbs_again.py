"""z24_cosine_climbs_again: does not stop at the end, so the cosine goes up again.

question: 08.11
means: climbs again after the end
cause: missing-function, one-case
"""

import math


def cosine_decay(learning_rate, step, total):
    return 0.5 * learning_rate * (1 + math.cos(math.pi * step / total))
