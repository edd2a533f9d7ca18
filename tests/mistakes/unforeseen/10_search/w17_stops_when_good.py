"""w17_stops_when_good: ends as soon as the loss is small enough.

question: 10.5
means: saves time
cause: early-end, incomplete, wrong-count, shape
"""

import tfkit


def overfit_tiny_batch(build, X, Y, steps):
    model = build()
    losses = []
    while len(losses) < steps:
        history = tfkit.fit(model, X[:8], Y[:8], epochs=1, batch_size=8, stop_on_nonfinite=False)
        losses.append(float(history.history["loss"][0]))
        if losses[-1] < 0.1:
            return losses
    raise ValueError(f"the loss is {losses[-1]}: try another learning rate")
