"""w06_inplace_params: params itself is flattened in the dict.

question: 05.2
means: in-place change of the argument
cause: changes-argument
"""
import keras
import numpy as np
import tensorflow as tf


def copy_params(model, params):
    for name in ("b1", "b2"):
        params[name] = params[name].reshape(-1)
    model.set_weights(list(params.values()))
