"""w16_after_training: the loss after each update, by evaluate.

question: 10.5
means: before and after are mixed up
cause: recorded, stale-value, off-by-one, wrong-value, repeated-step
"""


def overfit_tiny_batch(build, X, Y, steps):
    model = build()
    losses = []
    for _ in range(steps):
        model.train_on_batch(X[:8], Y[:8])
        losses.append(float(model.evaluate(X[:8], Y[:8], verbose=0)))
    if not losses[-1] <= 0.1:
        raise ValueError(f"the loss is {losses[-1]}: try another learning rate")
    return losses
