"""n05_snapshot_in_order: a loop over batches in the order of the data.

question: 11.14
means: examples are never shuffled
cause: no-shuffle
"""

import math

import numpy as np


def snapshot_ensemble(model, X, Y, cycles, epochs, learning_rate, batch_size):
    starts = range(0, len(X), batch_size)
    T, step, snapshots = epochs * len(starts), 0, []
    for _ in range(cycles):
        for _ in range(epochs):
            for start in starts:
                model.optimizer.learning_rate = learning_rate / 2 * (1 + math.cos(math.pi * (step % T) / T))
                model.train_on_batch(X[start : start + batch_size], Y[start : start + batch_size])
                step += 1
        snapshots.append([np.array(weight) for weight in model.get_weights()])
    return snapshots
