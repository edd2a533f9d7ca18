"""x07_argmin: argmin + 1, NaN wins

question: 05.8
means: NaN forgotten
cause: not-finite
"""
import keras
import numpy as np
import tensorflow as tf


def best_epoch(history):
    return int(np.argmin(history["val_loss"])) + 1
