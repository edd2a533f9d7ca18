"""z31_stopping_not_in_a_row: never sets the number of bad epochs back to 0, so they need not come in a row.

question: 09.9
means: counts bad epochs, not in a row
cause: not-reset
"""

import math

import tensorflow as tf


class EarlyStopping:
    def __init__(self, patience: int, min_delta: float = 0.0) -> None:
        self.patience = patience
        self.min_delta = min_delta
        self.best_loss = math.inf
        self.best_epoch = -1
        self.best_weights: list[tf.Tensor] = []
        self.epoch = -1  # the one that `update` saw last
        self.bad = 0

    def update(self, val_loss, variables):
        self.epoch += 1
        if val_loss < self.best_loss - self.min_delta:
            self.best_loss, self.best_epoch = val_loss, self.epoch
            self.best_weights = [tf.identity(v) for v in variables]
        else:
            self.bad += 1
        return self.bad >= self.patience

    def restore(self, variables):
        for variable, best in zip(variables, self.best_weights):
            variable.assign(best)
