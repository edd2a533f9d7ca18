"""w34_tta_images: the images are averaged.

question: 11.12
means: mean of the views
cause: order
"""
import math

import keras
import numpy as np
import tensorflow as tf


def predict_tta(model, views):
    return model.predict(views.mean(axis=0), verbose=0)
