"""w39_snapshot_by_epoch: the rate changes with the epochs.

question: 11.14
means: LearningRateScheduler
cause: wrong-count
"""
import math

import keras
import numpy as np
import tensorflow as tf


def snapshot_ensemble(model, X, Y, cycles, epochs, learning_rate, batch_size):
    rate = lambda epoch: float(learning_rate / 2 * (1 + np.cos(np.pi * (epoch % epochs) / epochs)))
    snapshots = []
    for _ in range(cycles):
        pace = keras.callbacks.LearningRateScheduler(rate)
        model.fit(X, Y, epochs=epochs, batch_size=batch_size, callbacks=[pace], verbose=0)
        snapshots.append(model.get_weights())
    return snapshots
