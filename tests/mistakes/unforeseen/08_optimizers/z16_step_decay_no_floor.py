"""z16_step_decay_no_floor: divides without rounding down, so the rate falls in each step.

question: 08.7
means: exponent not rounded down
cause: rounding, missing-function
"""


def step_decay(learning_rate, step, steps_per_epoch, factor, every):
    epoch = step / steps_per_epoch
    return learning_rate * factor ** (epoch / every)
