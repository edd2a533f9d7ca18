"""two_02_cosine_to_total_minus_one: divides by total - 1 so that the last step has rate 0, and the restarts call it for each period.

question: 08.11
means: arrives at 0 one step early
cause: off-by-one
carried: 08.12
"""

import math


def cosine_decay(learning_rate, step, total):
    if step >= total:
        return 0.0
    return learning_rate / 2 * (1 + math.cos(math.pi * step / max(total - 1, 1)))


def cosine_restarts(learning_rate, step, period, growth):
    while step >= period:
        step -= period
        period *= growth
    return cosine_decay(learning_rate, step, period)
