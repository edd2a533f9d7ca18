"""w37_ensemble_weights: the weights are averaged.

question: 11.13
means: one model from many
cause: order
"""
import math

import keras
import numpy as np
import tensorflow as tf


def average_ensemble(models, X):
    merged = keras.models.clone_model(models[0])
    merged.set_weights([np.mean(group, axis=0) for group in zip(*(model.get_weights() for model in models))])
    return merged.predict(X, verbose=0)
