"""w16_keys_swapped_floor: whole-number division for the tape.

question: 05.4
means: // instead of /
"""
import keras
import numpy as np
import tensorflow as tf


def equal_rates(learning_rate, batch_size, k):
    return {"tape": learning_rate * (k // batch_size), "keras": learning_rate * k}
