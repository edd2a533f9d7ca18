"""scales_he_m: He with fan-out sqrt(2/m), and glorot normal keeps slide value.

question: 06.8
means: two mistakes: m for n, root forgotten once
cause: missing-function
"""
import math

import keras
import numpy as np
import tensorflow as tf


def weight_scales(n, m):
    return {"glorot_uniform": math.sqrt(6 / (n + m)), "glorot_normal": 2 / (n + m), "he_normal": math.sqrt(2 / m)}
