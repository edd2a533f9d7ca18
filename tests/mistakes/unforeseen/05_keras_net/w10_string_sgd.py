"""w10_string_sgd: optimizer='sgd': the learning rate is ignored.

question: 05.3
means: argument never used
cause: not-used
"""
import keras
import numpy as np
import tensorflow as tf


def compile_model(model, learning_rate):
    model.compile(optimizer="sgd", loss=lambda y, y_hat: tf.reduce_sum((y - y_hat) ** 2, axis=1))
