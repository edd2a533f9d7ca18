"""z29_stopping_delta_wrong_sign: adds min_delta to the best loss, so a loss that is a little worse is a new best.

question: 09.9
means: min_delta allows a worse loss
cause: sign
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
        if val_loss < self.best_loss + self.min_delta:
            self.best_loss = val_loss
            self.best_epoch = self.epoch
            self.best_weights = [v.numpy().copy() for v in variables]
        return self.epoch - self.best_epoch >= self.patience

    def restore(self, variables):
        for variable, best in zip(variables, self.best_weights):
            variable.assign(best)
