"""scales_uniform_root: Glorot uniform made sqrt(2/(n+m)) too, because "variance is 2/(n+m)".

question: 06.8
means: standard deviation instead of the limit
cause: wrong-count
"""
import math

import keras
import numpy as np
import tensorflow as tf


def weight_scales(n, m):
    return {"glorot_uniform": math.sqrt(2 / (n + m)), "glorot_normal": math.sqrt(2 / (n + m)), "he_normal": math.sqrt(2 / n)}
