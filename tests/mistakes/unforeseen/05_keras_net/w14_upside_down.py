"""w14_upside_down: everything multiplied where it should be divided.

question: 05.4
means: the gradient's factor is used as the rate's
cause: operands-swapped
"""
import keras
import numpy as np
import tensorflow as tf


def equal_rates(learning_rate, batch_size, k):
    return {"tape": learning_rate * batch_size / k, "keras": learning_rate / k}
