"""w12_err_nosig: The sigmoid is forgotten (linear regression).

question: 02.5
means: formula from another lecture
cause: missing-activation
"""
import numpy as np


def error(x, y, w, b):
    f = w * x + b
    return float(0.5 * np.sum((f - y) ** 2))
