"""z35_short_batch_forgotten: Counts len(X) // batch_size steps an epoch, so a short last batch is no step of the cycle.

question: 11.14
means: cycle length without the short batch
cause: off-by-one
"""

import math

import keras


def snapshot_ensemble(model, X, Y, cycles, epochs, learning_rate, batch_size):
    T = epochs * max(len(X) // batch_size, 1)
    step = 0

    def before(batch, logs=None):
        nonlocal step
        model.optimizer.learning_rate = learning_rate / 2 * (1 + math.cos(math.pi * (step % T) / T))
        step += 1

    kept = []
    for cycle in range(cycles):
        model.fit(
            X, Y, epochs=epochs, batch_size=batch_size, verbose=0,
            callbacks=[keras.callbacks.LambdaCallback(on_train_batch_begin=before)],
        )
        kept.append(model.get_weights())
    return kept
