"""du_unique: np.unique exact on columns.

question: 06.16
means: no tolerance
cause: rounding
"""
import math

import keras
import numpy as np
import tensorflow as tf


def different_units(W):
    return np.unique(W.numpy(), axis=1).shape[1]
