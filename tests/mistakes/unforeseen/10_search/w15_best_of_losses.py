"""w15_best_of_losses: the smallest of the losses is compared with 0.1.

question: 10.5
means: it has been there once
cause: other-function, comparison, extra-function
"""

import tfkit


def overfit_tiny_batch(build, X, Y, steps):
    history = tfkit.fit(build(), X[:8], Y[:8], epochs=steps, batch_size=8, stop_on_nonfinite=False)
    losses = [float(loss) for loss in history.history["loss"]]
    if not min(losses) <= 0.1:
        raise ValueError(f"the loss is {losses[-1]}: try another learning rate")
    return losses
