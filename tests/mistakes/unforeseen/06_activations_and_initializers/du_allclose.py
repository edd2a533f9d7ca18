"""du_allclose: np.allclose with absolute 1e-5 default tolerances.

question: 06.16
means: absolute tolerance 1e-5 instead of relative to the largest
cause: constant
"""
import math

import keras
import numpy as np
import tensorflow as tf


def different_units(W):
    W = W.numpy()
    kept = []
    for c in W.T:
        if not any(np.allclose(c, k, rtol=0, atol=1e-5) for k in kept):
            kept.append(c)
    return len(kept)
