"""w35_tta_vote: a vote of labels.

question: 11.12
means: majority
cause: rounding
"""
import math

import keras
import numpy as np
import tensorflow as tf


def predict_tta(model, views):
    P = np.stack([model.predict(view, verbose=0) for view in views])
    return np.eye(P.shape[-1])[P.argmax(axis=-1)].mean(axis=0)
