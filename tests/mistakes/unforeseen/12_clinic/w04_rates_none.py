"""w04_rates_none: gives None where there is nobody.

question: 12.2
means: None instead of NaN
cause: kind
"""
import math

import numpy as np
import tensorflow as tf


def rates(counts):
    P, N = counts["TP"] + counts["FN"], counts["TN"] + counts["FP"]
    return counts["TP"] / P if P else None, counts["TN"] / N if N else None
