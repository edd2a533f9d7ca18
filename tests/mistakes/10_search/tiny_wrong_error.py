"""tiny-wrong-error: an assert in place of a ValueError.
question: 10.5
cause: raises, kind
"""


def overfit_tiny_batch(build, X, Y, steps):
    history = build().fit(X[:8], Y[:8], epochs=steps, batch_size=8, verbose=0)
    losses = [float(loss) for loss in history.history["loss"]]
    assert losses[-1] <= 0.1, "the model does not learn eight examples by heart"
    return losses
