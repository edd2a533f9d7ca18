"""w07_get_weights_inplace: get_weights gives copies, writing into them changes nothing.

question: 05.2
means: believes get_weights returns the variables
cause: missing-step
"""
import keras
import numpy as np
import tensorflow as tf


def copy_params(model, params):
    weights = model.get_weights()
    weights[0][:] = params["W1"]
    weights[1][:] = params["b1"][0]
    weights[2][:] = params["W2"]
    weights[3][:] = params["b2"][0]
