"""w33_value: returns the lowest loss instead of the epoch.

question: 05.8
means: value for position
"""
import keras
import numpy as np
import tensorflow as tf


def best_epoch(history):
    return min(history["val_loss"])
