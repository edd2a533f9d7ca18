"""z30_stopping_nan_is_better: asks whether the loss is not above the best, which NaN never is.

question: 09.9
means: NaN counts as better
cause: comparison, one-case
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

    def update(self, val_loss, variables):
        self.epoch += 1
        if val_loss >= self.best_loss - self.min_delta:
            return self.epoch - self.best_epoch >= self.patience
        self.best_loss, self.best_epoch = val_loss, self.epoch
        self.best_weights = [tf.identity(v) for v in variables]
        return False

    def restore(self, variables):
        for variable, best in zip(variables, self.best_weights):
            variable.assign(best)
