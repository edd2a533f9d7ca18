"""z28_stopping_no_copies: puts the variables into a list, so the best weights go on changing.

question: 09.9
means: keeps the variables, not copies
cause: no-copy
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
        if val_loss < self.best_loss - self.min_delta:
            self.best_loss = val_loss
            self.best_epoch = self.epoch
            self.best_weights = list(variables)
        return self.epoch - self.best_epoch >= self.patience

    def restore(self, variables):
        for variable, best in zip(variables, self.best_weights):
            variable.assign(best)
