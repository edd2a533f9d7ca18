"""f06_or_copy: OR is a copy of AND.

question: 02.2
means: copy and paste
cause: constant
"""
import numpy as np


def or_weights():
    return np.array([[1.0], [1.0]]), -1.5
