"""w09_auc_keras: takes Keras's own AUC.

question: 12.4
means: a ready-made function
cause: raises
"""
import math

import numpy as np
import tensorflow as tf


def auc(y, scores):
    m = tf.keras.metrics.AUC()
    m.update_state(y, scores)
    return float(m.result())
