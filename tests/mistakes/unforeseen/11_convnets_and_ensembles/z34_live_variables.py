"""z34_live_variables: Keeps the model's variables instead of copies, so all snapshots are the last one.

question: 11.14
means: snapshots share the live variables
cause: no-copy
"""

import math

import keras


class Cosine(keras.callbacks.Callback):
    def __init__(self, rate, steps):
        super().__init__()
        self.rate, self.steps, self.t = rate, steps, 0

    def on_train_batch_begin(self, batch, logs=None):
        part = (self.t % self.steps) / self.steps
        self.model.optimizer.learning_rate = self.rate / 2 * (1 + math.cos(math.pi * part))
        self.t += 1


def snapshot_ensemble(model, X, Y, cycles, epochs, learning_rate, batch_size):
    cosine = Cosine(learning_rate, epochs * math.ceil(len(X) / batch_size))
    snapshots = []
    for _ in range(cycles):
        model.fit(X, Y, batch_size=batch_size, epochs=epochs, verbose=0, callbacks=[cosine])
        snapshots.append(model.weights)
    return snapshots
