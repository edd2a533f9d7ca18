"""Returns models of 1,500 layers and with names of a megabyte, of lone surrogates and line breaks, and endless configs.

aims: exhaust
"""

import itertools

import keras
import tensorflow as tf

NAMES = itertools.cycle(["n" * 1_000_000, "a\ud800", "\r\nright", "a/b\x00c", "<script>", "\u202e", "x" * 300])


class Layer(keras.layers.Dense):
    """A layer that describes itself at length."""

    def get_config(self):
        return {"name": self.name, "text": "c" * 50_000_000, "deep": [[[["\udcff"] * 100_000]]]}

    def get_weights(self):
        return [tf.zeros((3000, 3000)).numpy()] * 4


def model(width, count, named):
    layers = [keras.Input((width,))]
    for number in range(count):
        name = next(NAMES) if named else None
        try:
            layers.append(Layer(2, name=name) if named else keras.layers.Activation("linear"))
        except (ValueError, UnicodeError):
            layers.append(keras.layers.Dense(2, name=f"dense_{number}"))
    try:
        return keras.Sequential(layers)
    except (ValueError, UnicodeError):
        return keras.Sequential([layers[0], keras.layers.Dense(2)])


TURN = itertools.count()


def sequential_twin(params):
    turn = next(TURN) % 2
    made = model(params["W1"].shape[0], 1500 if turn else 4, named=not turn)
    made._name = next(NAMES)
    return made


def init_params(n, h, k, seed):
    found = {}
    for name in ("W1", "b1", "W2", "b2"):
        found[name] = keras.Variable(tf.zeros((2, 2)), name="v" * 1_000_000)
    return found
