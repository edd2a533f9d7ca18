"""x08_min_index: list.index(min): NaN in first place stays

question: 05.8
means: python min with NaN
cause: not-finite
"""
import keras
import numpy as np
import tensorflow as tf


def best_epoch(history):
    return history["val_loss"].index(min(history["val_loss"])) + 1
