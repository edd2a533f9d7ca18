"""z33_training_on: Calls the models in training mode, with dropout on and batch statistics.

question: 11.13
means: models called with training true
cause: flag
"""

import numpy as np


def average_ensemble(models, X):
    return np.mean([np.asarray(model(X, training=True)) for model in models], axis=0)
