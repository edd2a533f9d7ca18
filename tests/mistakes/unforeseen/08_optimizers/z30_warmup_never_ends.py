"""z30_warmup_never_ends: forgets the minimum with 1.

question: 08.13
means: goes on rising after the warm-up
cause: missing-function, one-case
"""


def warmup(learning_rate, step, steps):
    return learning_rate * (step + 1) / steps
