"""w36_tta_labels: class numbers.

question: 11.12
means: argmax at the end
cause: shape
"""
import math

import keras
import numpy as np
import tensorflow as tf


def predict_tta(model, views):
    return np.argmax(np.mean([model.predict(view, verbose=0) for view in views], axis=0), axis=1)
