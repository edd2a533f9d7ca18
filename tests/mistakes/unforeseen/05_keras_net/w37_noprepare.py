"""w37_noprepare: validation images not prepared; no seed; sigmoid hidden layers.

question: 05.10
means: several
cause: other-activation
"""
import keras
import numpy as np
import tensorflow as tf


def train_digits(train, validation, units, learning_rate, epochs, seed):
    X, Y = prepare(*train, 10)
    X_val, Y_val = prepare(*validation, 10)
    model = build_deep_model(784, units, 10)
    compile_model(model, learning_rate)
    keep_best(model, X, Y, X_val, Y_val, epochs, 32)
    return model
