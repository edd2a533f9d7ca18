"""w05_b_mean: biases reduced to their first entry broadcast over the layer.

question: 05.2
means: b[0][0] in place of b[0]
"""
import keras
import numpy as np
import tensorflow as tf


def copy_params(model, params):
    old = model.get_weights()
    b1 = np.zeros_like(old[1]) + params["b1"][0][0]
    b2 = np.zeros_like(old[3]) + params["b2"][0][0]
    model.set_weights([params["W1"], b1, params["W2"], b2])
