"""w13_mse_class_sumreduction: MeanSquaredError(reduction='sum').

question: 05.3
means: reduction='sum' thought to sum over outputs
cause: wrong-count
"""
import keras
import numpy as np
import tensorflow as tf


def compile_model(model, learning_rate):
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss=keras.losses.MeanSquaredError(reduction="sum"))
