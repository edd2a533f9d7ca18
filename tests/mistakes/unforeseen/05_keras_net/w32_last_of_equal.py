"""w32_last_of_equal: loop with <=: last among equals; NaN compared as first.

question: 05.8
means: <= instead of <, NaN at the start stays
cause: comparison
"""
import keras
import numpy as np
import tensorflow as tf


def best_epoch(history):
    losses = history["val_loss"]
    best = 0
    for i in range(1, len(losses)):
        if losses[i] <= losses[best]:
            best = i
    return best + 1
