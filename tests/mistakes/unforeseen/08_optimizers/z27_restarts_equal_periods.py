"""z27_restarts_equal_periods: takes the step modulo the first period and never uses growth.

question: 08.12
means: growth ignored, all periods equal
cause: not-used, missing-step
"""

import math


def cosine_restarts(learning_rate, step, period, growth):
    t = step % period
    return learning_rate / 2 * (1 + math.cos(math.pi * t / period))
