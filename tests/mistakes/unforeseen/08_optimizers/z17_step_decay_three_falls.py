"""z17_step_decay_three_falls: copies the ResNet plan with three falls, so the rate stays where it is after the third.

question: 08.7
means: falls three times at most
cause: one-case, early-end, hard-coded
"""


def step_decay(learning_rate, step, steps_per_epoch, factor, every):
    epoch = step // steps_per_epoch
    rate = learning_rate
    for milestone in (every, 2 * every, 3 * every):
        if epoch >= milestone:
            rate = rate * factor
    return rate
