"""w03_or_touch: The bias of OR is -1, so the line runs through two corners.

question: 02.2
means: a border without room
cause: constant
"""
import numpy as np


def or_weights():
    return np.array([[1.0], [1.0]]), -1.0
