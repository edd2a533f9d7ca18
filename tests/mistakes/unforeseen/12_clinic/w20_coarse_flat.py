"""w20_coarse_flat: knows only two levels, and fails below.

question: 12.14
means: a dict below a dict is not followed
cause: raises, missing-step
"""
import math

import numpy as np
import tensorflow as tf


def coarse_from_fine(P, taxonomy):
    out = {}
    for name, below in taxonomy.items():
        if isinstance(below, dict):
            out[name] = 0
            for child, leaves in below.items():
                out[child] = P[:, leaves].sum(axis=1)
                out[name] = out[name] + out[child]
        else:
            out[name] = P[:, below].sum(axis=1)
    return out
