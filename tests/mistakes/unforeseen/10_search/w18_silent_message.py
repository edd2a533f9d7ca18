"""w18_silent_message: the message says only that it failed.

question: 10.5
means: no loss, no advice
cause: missing-function, one-case, thrown-away
"""

import tfkit


def overfit_tiny_batch(build, X, Y, steps):
    history = tfkit.fit(build(), X[:8], Y[:8], epochs=steps, batch_size=8, stop_on_nonfinite=False)
    losses = [float(loss) for loss in history.history["loss"]]
    if not losses[-1] <= 0.1:
        raise ValueError("not learned")
    return losses
