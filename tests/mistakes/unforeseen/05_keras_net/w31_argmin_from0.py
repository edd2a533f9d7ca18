"""w31_argmin_from0: argmin, from 0, with NaN.

question: 05.8
means: two mistakes: NaN and from 0
cause: off-by-one
"""
import keras
import numpy as np
import tensorflow as tf


def best_epoch(history):
    return int(np.argmin(history["val_loss"]))
