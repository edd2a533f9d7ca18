"""w04_swapped_order: weights first, then biases.

question: 05.2
means: order of the list is wrong, biases already flat
cause: raises
"""
import keras
import numpy as np
import tensorflow as tf


def copy_params(model, params):
    model.set_weights([params["W1"], params["W2"], params["b1"].flatten(), params["b2"].flatten()])
