"""w30_train_loss: uses the training loss.

question: 05.8
means: wrong key
cause: wrong-source
"""
import keras
import numpy as np
import tensorflow as tf


def best_epoch(history):
    return int(np.nanargmin(history["loss"])) + 1
