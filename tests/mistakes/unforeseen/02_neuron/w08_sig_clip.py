"""w08_sig_clip: z is clipped to [-500, 500] first.

question: 02.4
means: copied from the web: clip before exp
cause: clipped
"""
import numpy as np


def sigmoid(z):
    z = np.clip(z, -500, 500)
    return 1 / (1 + np.exp(-z))
