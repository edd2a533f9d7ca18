"""n06_snapshot_unpaired: shuffles X alone.

question: 11.14
means: examples and targets get out of step
cause: 
"""

import math

import numpy as np


def snapshot_ensemble(model, X, Y, cycles, epochs, learning_rate, batch_size):
    rng, starts = np.random.default_rng(0), range(0, len(X), batch_size)
    T, step, snapshots = epochs * len(starts), 0, []
    for _ in range(cycles):
        for _ in range(epochs):
            mixed = rng.permutation(X)
            for start in starts:
                model.optimizer.learning_rate = learning_rate / 2 * (1 + math.cos(math.pi * (step % T) / T))
                model.train_on_batch(mixed[start : start + batch_size], Y[start : start + batch_size])
                step += 1
        snapshots.append(model.get_weights())
    return snapshots
