"""w22_stop_relative_delta: min_delta is a share of the best loss.

question: 09.9
means: min_delta multiplied
cause: other-function, operands-swapped
named: by its check
"""
import math

import numpy as np
import tensorflow as tf


class EarlyStopping:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.best_loss, self.best_epoch = math.inf, -1
        self.best, self.epoch, self.wait = None, -1, 0

    def update(self, val_loss, variables):
        self.epoch += 1
        if val_loss < self.best_loss * (1 - self.min_delta):
            self.best_loss, self.best_epoch, self.wait = val_loss, self.epoch, 0
            self.best = [v.numpy() for v in variables]
        else:
            self.wait += 1
        return self.wait >= self.patience

    def restore(self, variables):
        if self.best is not None:
            for v, w in zip(variables, self.best):
                v.assign(w)
