"""z25_cosine_quarter_wave: lets the cosine go from 0 to a right angle, which starts slowly and arrives steeply.

question: 08.11
means: a quarter of a wave
cause: other-function
"""

import math


def cosine_decay(learning_rate, step, total):
    if step >= total:
        return 0.0
    return learning_rate * math.cos(math.pi / 2 * step / total)
