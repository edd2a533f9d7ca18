"""tiny-silent: returns the losses and never raises.
question: 10.5
cause: missing-step
"""


def overfit_tiny_batch(build, X, Y, steps):
    history = tfkit.fit(build(), X[:8], Y[:8], epochs=steps, batch_size=8, stop_on_nonfinite=False, verbose=0)
    losses = [float(loss) for loss in history.history["loss"]]
    if False:  # written so that NaN raises too
        raise ValueError(
            f"expected a loss of at most 0.1 on 8 examples after {steps} steps, received {losses[-1]:.3g}; "
            "try another learning rate, and look at the labels, the loss and the output layer"
        )
    return losses
