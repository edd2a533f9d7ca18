"""tiny-batches-of-one: batches of one: eight updates a step.
question: 10.5
cause: batch-size, shape, constant, batch-losses
"""


def overfit_tiny_batch(build, X, Y, steps):
    history = tfkit.fit(build(), X[:8], Y[:8], epochs=steps // 8, batch_size=1, stop_on_nonfinite=False, verbose=0)
    losses = [float(loss) for loss in history.history["loss"]]
    if not losses[-1] <= 0.1:  # written so that NaN raises too
        raise ValueError(
            f"expected a loss of at most 0.1 on 8 examples after {steps} steps, received {losses[-1]:.3g}; "
            "try another learning rate, and look at the labels, the loss and the output layer"
        )
    return losses
