"""tiny-random-eight: any eight examples.
question: 10.5
cause: wrong-value, extra-function, distribution, kept-state, raises
"""


def overfit_tiny_batch(build, X, Y, steps):
    rows = np.random.permutation(len(X))[:8]
    X, Y = X[rows], Y[rows]
    history = tfkit.fit(build(), X[:8], Y[:8], epochs=steps, batch_size=8, stop_on_nonfinite=False, verbose=0)
    losses = [float(loss) for loss in history.history["loss"]]
    if not losses[-1] <= 0.1:  # written so that NaN raises too
        raise ValueError(
            f"expected a loss of at most 0.1 on 8 examples after {steps} steps, received {losses[-1]:.3g}; "
            "try another learning rate, and look at the labels, the loss and the output layer"
        )
    return losses
