"""z29_warmup_first_is_zero: counts from 0, so the first step gets nothing and the full rate comes a step late.

question: 08.13
means: first step has rate 0
cause: off-by-one, missing-term
"""


def warmup(learning_rate, step, steps):
    return learning_rate * min(1.0, step / steps)
