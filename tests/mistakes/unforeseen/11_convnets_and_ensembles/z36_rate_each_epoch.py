"""z36_rate_each_epoch: Sets the rate once an epoch with LearningRateScheduler, instead of before each batch.

question: 11.14
means: rate falls per epoch not step
cause: wrong-count
"""

import math

import keras


def snapshot_ensemble(model, X, Y, cycles, epochs, learning_rate, batch_size):
    snapshots = []
    schedule = keras.callbacks.LearningRateScheduler(
        lambda epoch: learning_rate / 2 * (1 + math.cos(math.pi * epoch / epochs))
    )
    for _ in range(cycles):
        model.fit(X, Y, batch_size=batch_size, epochs=epochs, callbacks=[schedule], verbose=0)
        snapshots.append(model.get_weights())
    return snapshots
