"""w03_both_sigmoid_noreturn: sigmoid on the output as well, relu in the hidden layer: two mistakes.

question: 05.1
means: copied a classifier from the web
cause: other-activation
"""
import keras
import numpy as np
import tensorflow as tf


def build_model(n, h, k):
    return keras.Sequential([
        keras.Input((n,)),
        keras.layers.Dense(h, activation="relu"),
        keras.layers.Dense(k, activation="sigmoid"),
    ])
