"""z28_restarts_growth_added: makes each period longer by growth steps, which for 2 and 2 gives the same second period.

question: 08.12
means: adds growth instead of multiplying
cause: other-function
"""

import math


def cosine_restarts(learning_rate, step, period, growth):
    start = 0
    while step >= start + period:
        start += period
        period += growth
    return learning_rate / 2 * (1 + math.cos(math.pi * (step - start) / period))
