"""w34_drop_nan: NaNs are filtered out first, so positions shift.

question: 05.8
means: filter shifts the index
cause: not-finite
"""
import keras
import numpy as np
import tensorflow as tf


def best_epoch(history):
    losses = [x for x in history["val_loss"] if not np.isnan(x)]
    return losses.index(min(losses)) + 1
