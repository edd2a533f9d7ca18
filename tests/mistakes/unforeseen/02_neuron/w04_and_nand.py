"""w04_and_nand: AND with the signs of NAND.

question: 02.2
means: wrong sign of everything
cause: sign
"""
import numpy as np


def and_weights():
    return np.array([[-1.0], [-1.0]]), 1.5
