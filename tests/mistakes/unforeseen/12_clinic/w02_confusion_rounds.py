"""w02_confusion_rounds: rounds the scores instead of using the threshold.

question: 12.1
means: threshold not used
cause: not-used, hard-coded
"""
import math

import numpy as np
import tensorflow as tf


def confusion(y, scores, threshold):
    pred = np.round(scores)
    return {
        "TP": int(((pred == 1) & (y == 1)).sum()),
        "FP": int(((pred == 1) & (y == 0)).sum()),
        "TN": int(((pred == 0) & (y == 0)).sum()),
        "FN": int(((pred == 0) & (y == 1)).sum()),
    }
