"""w40_snapshot_no_restart: one long decay.

question: 11.14
means: CosineDecay over everything
cause: missing-step
"""
import math

import keras
import numpy as np
import tensorflow as tf


def snapshot_ensemble(model, X, Y, cycles, epochs, learning_rate, batch_size):
    steps = cycles * epochs * math.ceil(len(X) / batch_size)
    model.optimizer.learning_rate = keras.optimizers.schedules.CosineDecay(learning_rate, steps)
    snapshots = []
    for _ in range(cycles):
        model.fit(X, Y, epochs=epochs, batch_size=batch_size, verbose=0)
        snapshots.append(model.get_weights())
    return snapshots
