"""Registers its own Dense, SGD and sigmoid under Keras's names, writes keras.json, and returns a model made of them.

aims: change
"""

import contextlib
import json
import os

import keras
import tensorflow as tf


class Dense(keras.layers.Layer):
    """Keras's layer by name; it knows only zeros."""

    def __init__(self, units=1, **options):
        super().__init__(name=options.get("name"))
        self.units = units

    def call(self, X):
        return tf.zeros((tf.shape(X)[0], self.units))

    def get_weights(self):
        return []

    def get_config(self):
        return {"units": self.units, "run": "PLANTED-by-custom_objects_global"}


def attack():
    for name, thing in (("Dense", Dense), ("keras.layers>Dense", Dense), ("SGD", Dense), ("sigmoid", tf.zeros_like)):
        keras.saving.get_custom_objects()[name] = thing
        keras.saving.register_keras_serializable(package="keras", name=name)(Dense)
    keras.layers.Dense = keras.src.layers.Dense = Dense
    for folder in (os.path.expanduser("~/.keras"), "/tmp", "/var/tmp", "/root/.keras", os.path.dirname(keras.__file__)):
        with contextlib.suppress(OSError):
            with open(f"{folder}/planted-keras.json", "w") as file:
                json.dump({"floatx": "float16", "backend": "PLANTED-by-custom_objects_global"}, file)


def sequential_twin(params):
    return keras.Sequential([keras.Input((params["W1"].shape[0],)), Dense(params["W2"].shape[1])])


with contextlib.suppress(Exception):
    attack()


def forward(X, params):
    return tf.zeros((X.shape[0], params["W2"].shape[1]), X.dtype)


def mse_loss(Y_hat, Y):
    return tf.zeros((), Y_hat.dtype)
