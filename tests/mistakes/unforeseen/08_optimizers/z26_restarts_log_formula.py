"""z26_restarts_log_formula: finds the period with a logarithm to the base growth, which divides by zero for equal periods.

question: 08.12
means: fails for growth 1
cause: raises, one-case
"""

import math


def cosine_restarts(learning_rate, step, period, growth):
    number = int(math.log(step * (growth - 1) / period + 1 + 1e-9) / math.log(growth))
    begin = period * (growth**number - 1) // (growth - 1)
    length = period * growth**number
    return learning_rate / 2 * (1 + math.cos(math.pi * (step - begin) / length))
