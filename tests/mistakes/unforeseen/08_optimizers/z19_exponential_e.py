"""z19_exponential_e: takes e as the base and the factor as the speed of a decay.

question: 08.8
means: e to the minus factor times time
cause: other-function
"""

import math


def exponential_decay(learning_rate, step, factor, every):
    return learning_rate * math.exp(-factor * step / every)
