"""w38_snapshot_references: the same lists of variables.

question: 11.14
means: model.weights
cause: no-copy, kind
"""
import math

import keras
import numpy as np
import tensorflow as tf


def snapshot_ensemble(model, X, Y, cycles, epochs, learning_rate, batch_size):
    steps = epochs * math.ceil(len(X) / batch_size)
    snapshots, step = [], 0
    for _ in range(cycles):
        for _ in range(epochs):
            order = np.random.permutation(len(X))
            for start in range(0, len(X), batch_size):
                rows = order[start : start + batch_size]
                model.optimizer.learning_rate = learning_rate / 2 * (1 + math.cos(math.pi * (step % steps) / steps))
                model.train_on_batch(X[rows], Y[rows])
                step += 1
        snapshots.append(model.weights)
    return snapshots
